import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers of a copy of the catalogue from before the review, which other instances drop within seconds. */
const OLD_COPIES = `interval '1 minute'`;
/** Outcomes with a response of a model. */
const ANSWERED = `outcome IN ('answered', 'refused', 'guardrail_intervened')`;
const NEITHER = `coalesce(model_role, 'other') = 'other'`;

/** The rows before it get 'unknown' without being written, so that the indexes do not have them. */
const ROLES = `
ALTER TABLE model_invocations
  ADD COLUMN control text,
  ADD COLUMN model_role text DEFAULT 'unknown';
ALTER TABLE model_invocations ALTER COLUMN model_role DROP DEFAULT;
COMMENT ON COLUMN model_invocations.control IS
  'Control of the use case, direct or reviewed, by the catalogue that selected the model; null: no model was called, or recorded by a release without it';
COMMENT ON COLUMN model_invocations.model_role IS
  'Role of the model in the use case by the same catalogue: active, candidate or other; unknown: recorded before this column';
CREATE INDEX model_invocations_unreviewed ON model_invocations (started_at)
  WHERE control = 'reviewed' AND ${NEITHER} AND ${ANSWERED};
CREATE INDEX model_invocations_other_model ON model_invocations (use_case, started_at)
  WHERE ${NEITHER} AND ${ANSWERED};`;

/** Kept by a trigger, so that an edit by SQL has it too and nobody sets it. */
const SINCE = `
ALTER TABLE use_cases ADD COLUMN reviewed_since timestamptz;
COMMENT ON COLUMN use_cases.reviewed_since IS 'start of its review; null: it is not reviewed';
UPDATE use_cases SET reviewed_since = now() WHERE control = 'reviewed';
CREATE FUNCTION note_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.reviewed_since := CASE WHEN NEW.control <> 'reviewed' THEN NULL
    WHEN TG_OP = 'UPDATE' AND OLD.control = 'reviewed' THEN OLD.reviewed_since
    ELSE clock_timestamp() END;
  RETURN NEW;
END $$;
CREATE TRIGGER note_review BEFORE INSERT OR UPDATE OF control, reviewed_since ON use_cases
  FOR EACH ROW EXECUTE FUNCTION note_review();`;

const SHOWN = ['id', 'started_at', 'use_case', 'model_id', 'model_role', 'control', 'outcome', 'wire']
  .concat(['request_id', 'conversation_id', 'user_id', 'actor', 'key_owner'])
  .map((column) => `i.${column}`)
  .join(', ');

/**
 * Two branches, each of which reads an index that has no row of a call by an active model or a candidate. OFFSET keeps the
 * planner from reading the calls of direct use cases, where other models may answer.
 */
const VIEW = `
CREATE VIEW unreviewed_calls AS
SELECT ${SHOWN} FROM model_invocations i
WHERE control = 'reviewed' AND ${NEITHER} AND ${ANSWERED}
UNION ALL
SELECT ${SHOWN} FROM use_cases u CROSS JOIN LATERAL (
  SELECT * FROM model_invocations
  WHERE use_case = u.name AND started_at >= u.reviewed_since AND ${NEITHER} AND ${ANSWERED}
    AND (control IS NULL OR (control = 'direct' AND started_at >= u.reviewed_since + ${OLD_COPIES}))
  OFFSET 0) i
WHERE u.reviewed_since IS NOT NULL;
COMMENT ON VIEW unreviewed_calls IS
  'calls of reviewed use cases that another model than the active one or a candidate has answered, by their own record or against the review of the use case; there are none';`;

/** Records the role of the model that answers, and lists what was answered in reviewed use cases by another. */
export class ListUnreviewedCalls1765370000000 implements MigrationInterface {
  readonly creates = ['unreviewed_calls'];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of [ROLES, SINCE, VIEW]) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP VIEW unreviewed_calls;
      DROP TRIGGER note_review ON use_cases;
      DROP FUNCTION note_review;
      ALTER TABLE use_cases DROP COLUMN reviewed_since;
      ALTER TABLE model_invocations DROP COLUMN control, DROP COLUMN model_role;`);
  }
}
