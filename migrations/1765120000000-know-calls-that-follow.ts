import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Beyond this many batches figures are incomplete, as in `unrolled_invocations`. */
const READ_LIVE = 5_000;

/** A separate sum, and no part of the key: the worker of the release before adds to the rows by their key. */
const COLUMNS = `
ALTER TABLE model_invocations ADD COLUMN follows boolean;
COMMENT ON COLUMN model_invocations.follows IS
  'True: the model of the use case was asked. False: the call named a model, or its conversation had a pin by hand; null: recorded by a release without it';
ALTER TABLE call_forms_daily ADD COLUMN fixed_calls bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN call_forms_daily.fixed_calls IS
  'Those of calls that named a model, or whose conversation had a pin by hand: no switch of the use case changes them. Those that a release before recorded or rolled up are not in it';`;

const callForms = (column = '') => `
CREATE OR REPLACE VIEW call_forms AS
SELECT id, started_at, (started_at AT TIME ZONE 'UTC')::date AS day, use_case, wire,
  coalesce(body_family, '') AS body_family, ARRAY(SELECT DISTINCT form FROM unnest(forms) AS form ORDER BY form) AS forms${column}
FROM model_invocations WHERE wire IS NOT NULL;`;

const byDay = ([rolledUp, live] = ['', '']) => `
CREATE OR REPLACE VIEW call_forms_by_day AS
SELECT day, use_case, wire, body_family, forms, calls${rolledUp} FROM call_forms_daily
UNION ALL
SELECT call.day, call.use_case, call.wire, call.body_family, call.forms, 1${live}
FROM (SELECT * FROM invocations_to_roll_up ORDER BY id LIMIT ${READ_LIVE}) AS batch
CROSS JOIN LATERAL unnest(batch.invocation_ids, batch.started_ats) AS t (id, started_at)
CROSS JOIN LATERAL (
  SELECT * FROM call_forms f WHERE f.id = t.id AND f.started_at = t.started_at LIMIT 1) AS call;`;

const COMMENTS = `
COMMENT ON VIEW call_forms IS 'calls as the roll-up counts them; those of a release without wires are not in it';
COMMENT ON VIEW call_forms_by_day IS 'the roll-up and what is not rolled up yet';`;

/** Counts the calls that a switch of their use case does not change, so that its preview leaves them out. */
export class KnowCallsThatFollow1765120000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(COLUMNS);
    await db.query(callForms(', (follows IS FALSE)::int AS fixed_calls'));
    await db.query(byDay([', fixed_calls', ', call.fixed_calls']));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP VIEW call_forms_by_day, call_forms');
    await db.query(`${callForms()}${byDay()}${COMMENTS}`);
    await db.query(`
      ALTER TABLE call_forms_daily DROP COLUMN fixed_calls;
      ALTER TABLE model_invocations DROP COLUMN follows;`);
  }
}
