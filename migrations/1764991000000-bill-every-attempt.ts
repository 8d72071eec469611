import type { MigrationInterface, QueryRunner } from 'typeorm';

const BEFORE = `(cost_usd IS NULL AND outcome <> 'failed')::int`;
/** A call that failed after it had begun is billed, too. */
export const UNKNOWN_COST = `(cost_usd IS NULL AND (outcome <> 'failed' OR input_tokens IS NOT NULL))::int`;

/** The columns of a call's figures, in their order: name, figure of the call, figure of an attempt before its last one. */
export const FIGURES: [name: string, ofCall: string, ofAttempt: string][] = [
  ['answered', `(outcome = 'answered')::int`, '0'],
  ['refused', `(outcome = 'refused')::int`, '0'],
  ['failed', `(outcome = 'failed')::int`, '0'],
  ['cancelled', `(outcome = 'cancelled')::int`, '0'],
  ['fallbacks', `coalesce(attempts -> 0 ->> 'modelId' <> model_id, false)::int`, '0'],
  ['estimated', 'estimated::int', `(billed -> 'estimated')::boolean::int`],
  ['input_tokens', 'coalesce(input_tokens, 0)', `(billed -> 'input')::int`],
  ['output_tokens', 'coalesce(output_tokens, 0)', `(billed -> 'output')::int`],
  ['cache_read_tokens', 'coalesce(cache_read_tokens, 0)', `(billed -> 'cacheRead')::int`],
  ['cache_write_tokens', 'coalesce(cache_write_tokens, 0)', `(billed -> 'cacheWrite')::int`],
  ['cost_usd', 'coalesce(cost_usd, 0)', `coalesce((billed ->> 'costUsd')::numeric(24, 15), 0)`],
  ['unknown_costs', 'UNKNOWN', `(billed ->> 'costUsd' IS NULL)::int`],
  ['latency_ms', `CASE WHEN outcome = 'answered' THEN latency_ms ELSE 0 END`, '0'],
  ['first_text_ms', `CASE WHEN outcome = 'answered' THEN coalesce(first_text_ms, 0) ELSE 0 END`, '0'],
  ['first_texts', `(outcome = 'answered' AND first_text_ms IS NOT NULL)::int`, '0'],
];
const ownTime = (column: string) =>
  `CASE WHEN outcome = 'answered' AND jsonb_array_length(attempts) <= 1 THEN ${column} END AS own_${column}`;
const WHEN = `started_at + call.latency_ms * interval '1 millisecond' AS ended_at,
  date_trunc('hour', started_at, 'UTC') AS hour, (started_at AT TIME ZONE 'UTC')::date AS day`;

export const CALLS = (unknown: string, figures = FIGURES) => `
CREATE OR REPLACE VIEW invocation_figures AS
SELECT id, started_at, ${WHEN}, conversation_id, user_id, model_id, use_case, ${ownTime('latency_ms')},
  ${ownTime('first_text_ms')}, ${figures.map(([name, ofCall]) => `${ofCall.replace('UNKNOWN', unknown)} AS ${name}`).join(', ')}
FROM model_invocations call`;

/** A row for the call, which has the last attempt, and one for each attempt before it that is billed. */
export const BILLED = (figures = FIGURES) => `
CREATE OR REPLACE VIEW billed_figures AS
SELECT id, started_at, ${WHEN}, conversation_id, user_id, figures.model_id, use_case, own_latency_ms, own_first_text_ms,
  ${figures.map(([name]) => `figures.${name}`).join(', ')}
FROM model_invocations call CROSS JOIN LATERAL (
  SELECT call.model_id, ${ownTime('latency_ms')}, ${ownTime('first_text_ms')},
    ${figures.map(([name, ofCall]) => `${ofCall.replace('UNKNOWN', UNKNOWN_COST)} AS ${name}`).join(', ')}
  UNION ALL
  SELECT each ->> 'modelId', NULL, NULL, ${figures.map(([, , ofAttempt]) => ofAttempt).join(', ')}
  FROM (
    SELECT each, each -> 'billed' AS billed FROM jsonb_array_elements(call.attempts) WITH ORDINALITY AS t (each, place)
    WHERE each ->> 'outcome' <> 'skipped' ORDER BY place DESC OFFSET 1) AS earlier
  WHERE jsonb_typeof(billed) = 'object') AS figures`;

/** The limit keeps the planner from reading all calls to find these. */
export const UNROLLED = (view = 'billed_figures', limit = 'OFFSET 0') => `
CREATE OR REPLACE VIEW unrolled_invocations AS
SELECT figures.* FROM (SELECT id, invocation_ids, started_ats FROM invocations_to_roll_up ORDER BY id LIMIT 5000) AS batch
CROSS JOIN LATERAL unnest(batch.invocation_ids, batch.started_ats) AS t (id, started_at)
CROSS JOIN LATERAL (
  SELECT * FROM ${view} f WHERE f.id = t.id AND f.started_at = t.started_at ${limit}) AS figures`;

/** Adds the billed usage of attempts that broke off to the figures of their models. */
export class BillEveryAttempt1764991000000 implements MigrationInterface {
  readonly creates = ['billed_figures'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(CALLS(UNKNOWN_COST));
    await db.query(BILLED());
    await db.query(UNROLLED());
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(UNROLLED('invocation_figures', 'LIMIT 1'));
    await db.query('DROP VIEW billed_figures');
    await db.query(CALLS(BEFORE));
  }
}
