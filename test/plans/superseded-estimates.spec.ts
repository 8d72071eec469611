import type { QueryRunner } from 'typeorm';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillWithAYear } from '../support/large-history.js';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
let runner: QueryRunner;
beforeAll(async () => {
  system = await TestSystem.start({ overrides: { OUTBOX_LIMIT: '1000000' } });
  await fillWithAYear(new URL(system.environment.env.DATABASE_URL).pathname.slice(1));
  runner = system.api.get(DataSource).createQueryRunner();
  await runner.startTransaction();
});
afterAll(async () => {
  await runner.rollbackTransaction();
  await runner.release();
  await system.close();
});

/** Reads of this transaction: EXPLAIN shows no statement of a trigger. */
const reads = (): Promise<{ table: string; scans: number; rows: number }[]> =>
  runner.query(
    `SELECT relname AS table, seq_scan::int AS scans, (seq_tup_read + idx_tup_fetch)::int AS rows
     FROM pg_stat_xact_user_tables
     WHERE relname IN ('switch_events', 'bedrock_model_switches', 'audit_seals', 'switch_savings') ORDER BY 1`,
  );

it.each([
  [
    'switches that are appended',
    `INSERT INTO audit_seals (position, kind, subject_id, commitment, hash)
     SELECT 1000000 + id, kind, subject_id, sha256(''), sha256('') FROM audit_unsealed ORDER BY id LIMIT 100`,
  ],
  [
    'calls that are rolled up',
    `INSERT INTO switch_savings SELECT subject_id, 1, 0, 0 FROM audit_seals ORDER BY position DESC LIMIT 100`,
  ],
])('what estimates lose by %s is found by indexes, from these alone', async (_, statement) => {
  const before = await reads();
  await runner.query(statement);
  const read = (await reads()).map(({ table, scans, rows }) => {
    const earlier = before.find((of) => of.table === table) ?? { scans: 0, rows: 0 };
    return { table, scans: scans - earlier.scans, rows: rows - earlier.rows };
  });
  const [events] = read.filter(({ table }) => table === 'switch_events');
  expect(events!.rows).toBeGreaterThan(100);
  expect(read.filter(({ scans, rows }) => scans > 0 || rows > 100 * 20)).toEqual([]);
});
