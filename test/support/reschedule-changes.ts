import { hashOfChange } from '#libs/change-control/change-hash.js';
import type { RecordedOperation } from '#libs/change-control/change-operation.js';

/** Runs SQL as the owner of the tables. */
type Query = (sql: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

const CONTENTS = `SELECT r.id, json_agg(json_build_object('operation', o.operation, 'expectedVersion', o.expected_version)
    ORDER BY o.position) AS operations
  FROM change_requests r JOIN change_operations o ON o.change_id = r.id AND o.revision = r.revision
  WHERE r.id = ANY ($1::uuid[]) GROUP BY r.id`;
const MOVE = `WITH content AS (SELECT * FROM unnest($1::uuid[], $2::text[]) AS content (id, hash)),
  approved AS (INSERT INTO change_decisions (id, change_id, revision, hash, kind, actor, actor_groups, decided_at)
    SELECT gen_random_uuid(), d.change_id, d.revision, c.hash, d.kind, d.actor, d.actor_groups, d.decided_at FROM content c
    JOIN change_requests r ON r.id = c.id JOIN change_decisions d ON d.change_id = r.id AND d.revision = r.revision
    WHERE d.kind = 'approve')
  UPDATE change_requests r SET hash = c.hash, apply_at = $3 FROM content c WHERE r.id = c.id`;

interface Content {
  id: string;
  operations: RecordedOperation[];
}

/** Gives changes and their approvals another time, also one that has passed, which the api refuses. */
export async function rescheduleChanges(ids: readonly string[], applyAt: Date, query: Query): Promise<void> {
  const contents = (await query(CONTENTS, [ids])).rows as Content[];
  const hashes = contents.map(({ operations }) => hashOfChange(operations, applyAt));
  await query(MOVE, [contents.map(({ id }) => id), hashes, applyAt]);
}
