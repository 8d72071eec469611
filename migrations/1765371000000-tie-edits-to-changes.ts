import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A change to the model that was effective already: nobody's model changes, so that no switch is recorded. */
const WITHOUT_SWITCH = `r.what = 'active_model' AND r.switch_seq IS NULL AND EXISTS (
  SELECT FROM change_requests a JOIN change_operations o ON o.change_id = a.id AND o.revision = a.revision
  WHERE a.state = 'applied' AND a.id::text = r.request_id AND o.operation ->> 'kind' = 'switch-use-case'
    AND o.operation ->> 'useCase' = r.use_case AND o.operation -> 'modelId' = r.after)`;

/** An edit is also reviewed if it is what an applied change says. */
const viewOf = (reviewed: string) => `
CREATE OR REPLACE VIEW unreviewed_moves AS
SELECT r.id, r.use_case, r.what, r.actor, r.request_id, r.before, r.after, r.edited_at
FROM reviewed_edits r
LEFT JOIN switch_events e ON r.what = 'active_model' AND e.conversation_id IS NULL AND e.use_case = r.use_case
  AND e.seq = r.switch_seq AND to_jsonb(e.new_model_id) = r.after
LEFT JOIN change_requests c ON c.state = 'applied' AND r.use_case = ANY (c.use_cases)
  AND c.id::text = CASE WHEN r.what = 'active_model' THEN e.change_id::text ELSE r.request_id END
WHERE CASE WHEN r.what = 'active_model' THEN e.basis IN ('safety_move', 'report') OR (e.basis IN ('change', 'break_glass') AND c.id IS NOT NULL)
  ELSE c.id IS NOT NULL END IS NOT TRUE${reviewed}`;

/** Ties the edit of an active model that made no switch to its change. */
export class TieEditsToChanges1765371000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(viewOf(` AND NOT (${WITHOUT_SWITCH})`));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(viewOf(''));
  }
}
