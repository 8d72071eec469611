import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Beyond this many batches figures are incomplete, as in `unrolled_invocations`. */
const READ_LIVE = 5_000;

const FORMS_COMMENT = `COMMENT ON COLUMN model_invocations.forms IS`;

const TABLE = `
CREATE TABLE call_forms_daily (
  day date NOT NULL,
  use_case text NOT NULL,
  wire text NOT NULL,
  body_family text NOT NULL,
  forms text[] NOT NULL,
  calls bigint NOT NULL,
  PRIMARY KEY (day, use_case, wire, body_family, forms)
);
COMMENT ON TABLE call_forms_daily IS
  'calls by the wire, the family of their body and their forms; days are of UTC. Those that a release before rolled up are not in it';
COMMENT ON COLUMN call_forms_daily.body_family IS 'Form of the body, such as converse or claude; empty: a chat';
COMMENT ON COLUMN call_forms_daily.forms IS
  'Names of the capabilities that the request has, without duplicates, in the order of their names';
${FORMS_COMMENT}
  'Names of the capabilities that the request has, with those that a call can go without; null: recorded by a release without it';`;

const VIEWS = `
CREATE VIEW call_forms AS
SELECT id, started_at, (started_at AT TIME ZONE 'UTC')::date AS day, use_case, wire,
  coalesce(body_family, '') AS body_family, ARRAY(SELECT DISTINCT form FROM unnest(forms) AS form ORDER BY form) AS forms
FROM model_invocations WHERE wire IS NOT NULL;
COMMENT ON VIEW call_forms IS 'calls as the roll-up counts them; those of a release without wires are not in it';

CREATE VIEW call_forms_by_day AS
SELECT day, use_case, wire, body_family, forms, calls FROM call_forms_daily
UNION ALL
SELECT call.day, call.use_case, call.wire, call.body_family, call.forms, 1
FROM (SELECT * FROM invocations_to_roll_up ORDER BY id LIMIT ${READ_LIVE}) AS batch
CROSS JOIN LATERAL unnest(batch.invocation_ids, batch.started_ats) AS t (id, started_at)
CROSS JOIN LATERAL (
  SELECT * FROM call_forms f WHERE f.id = t.id AND f.started_at = t.started_at LIMIT 1) AS call;
COMMENT ON VIEW call_forms_by_day IS 'the roll-up and what is not rolled up yet';`;

/** Rolls up the forms of calls, so that a preview of a switch counts those that the new model does not take. */
export class RollUpCallForms1765003000000 implements MigrationInterface {
  readonly creates = ['call_forms_daily', 'call_forms', 'call_forms_by_day'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLE);
    await db.query(VIEWS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP VIEW call_forms_by_day, call_forms;
      DROP TABLE call_forms_daily;
      ${FORMS_COMMENT}
        'Names of the capabilities that the request needs; null: recorded by a release without it';`);
  }
}
