import type { MigrationInterface, QueryRunner } from 'typeorm';
import { BILLED, CALLS, FIGURES, UNKNOWN_COST, UNROLLED } from './1764991000000-bill-every-attempt.js';

const OUTCOMES = ['answered', 'refused', 'failed', 'cancelled'];

/**
 * `refused` includes the interventions: the release before adds up its own four outcomes only, so that no call is
 * missing in its sums, nor in the roll-ups of its workers. It records an intervention as a refusal with its stop reason.
 */
const REFUSED = `(outcome IN ('refused', 'guardrail_intervened'))::int`;
const INTERVENED = `(outcome = 'guardrail_intervened'
  OR outcome = 'refused' AND stop_reason IS NOT DISTINCT FROM 'guardrail_intervened')::int`;
const WITH_INTERVENTIONS: typeof FIGURES = [
  ...FIGURES.map(([name, ofCall, ofAttempt]): (typeof FIGURES)[number] => [
    name,
    name === 'refused' ? REFUSED : ofCall,
    ofAttempt,
  ]),
  ['guardrail_intervened', INTERVENED, '0'],
];

const COLUMNS = ['usage_hourly', 'usage_daily'].map(
  (table) => `
ALTER TABLE ${table} ADD COLUMN guardrail_intervened bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN ${table}.guardrail_intervened IS 'calls in which a guardrail stopped the prompt or changed the response';
COMMENT ON COLUMN ${table}.refused IS 'includes guardrail_intervened';`,
);

const USAGE = (names: string) => `
CREATE OR REPLACE VIEW usage_by_hour AS
SELECT hour, model_id, use_case, ${names} FROM usage_hourly
UNION ALL SELECT hour, model_id, use_case, ${names} FROM unrolled_invocations;
CREATE OR REPLACE VIEW usage_by_user AS
SELECT user_id, day, model_id, use_case, ${names} FROM usage_daily
UNION ALL SELECT user_id, day, model_id, use_case, ${names} FROM unrolled_invocations;`;
const namesOf = (figures: typeof FIGURES) => figures.map(([name]) => name).join(', ');

/** Not validated, which would read all calls while nobody can record one: they fulfil the narrower check of before. */
const outcomesAre = (outcomes: string[], validation = '') => `
ALTER TABLE model_invocations DROP CONSTRAINT model_invocations_outcome_check,
  ADD CONSTRAINT model_invocations_outcome_check
  CHECK (outcome IN (${outcomes.map((outcome) => `'${outcome}'`).join(', ')})) ${validation}`;

const BEFORE = [
  'DROP VIEW usage_by_user, usage_by_hour, unrolled_invocations, billed_figures, invocation_figures',
  `ALTER TABLE usage_hourly DROP COLUMN guardrail_intervened;
   ALTER TABLE usage_daily DROP COLUMN guardrail_intervened;
   COMMENT ON COLUMN usage_hourly.refused IS NULL;
   COMMENT ON COLUMN usage_daily.refused IS NULL`,
  CALLS(UNKNOWN_COST),
  BILLED(),
  UNROLLED(),
  USAGE(namesOf(FIGURES)),
  `COMMENT ON VIEW usage_by_hour IS 'the roll-up and what is not rolled up yet';
   COMMENT ON VIEW usage_by_user IS 'the roll-up and what is not rolled up yet; days are of UTC'`,
  `UPDATE model_invocations SET outcome = 'refused' WHERE outcome = 'guardrail_intervened'`,
  outcomesAre(OUTCOMES),
];

/** Makes the intervention of a guardrail a separate outcome, and counts it. */
export class CountGuardrailInterventions1764996000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const column of COLUMNS) await db.query(column);
    await db.query(CALLS(UNKNOWN_COST, WITH_INTERVENTIONS));
    await db.query(BILLED(WITH_INTERVENTIONS));
    await db.query(UNROLLED());
    await db.query(USAGE(namesOf(WITH_INTERVENTIONS)));
    await db.query(outcomesAre([...OUTCOMES, 'guardrail_intervened'], 'NOT VALID'));
  }

  async down(db: QueryRunner): Promise<void> {
    for (const statement of BEFORE) await db.query(statement);
  }
}
