import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The columns of a call's figures, in their order: name, figure of the call, figure of an attempt before its last one. */
const FIGURES: [name: string, ofCall: string, ofAttempt: string][] = [
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
const WHEN = `started_at + latency_ms * interval '1 millisecond' AS ended_at,
  date_trunc('hour', started_at, 'UTC') AS hour, (started_at AT TIME ZONE 'UTC')::date AS day`;

const CALLS = (unknown: string) => `
CREATE OR REPLACE VIEW invocation_figures AS
SELECT id, started_at, ${WHEN}, conversation_id, user_id, model_id, use_case, ${ownTime('latency_ms')},
  ${ownTime('first_text_ms')}, ${FIGURES.map(([name, ofCall]) => `${ofCall.replace('UNKNOWN', unknown)} AS ${name}`).join(', ')}
FROM model_invocations`;

/** The last attempt is in the columns of its call; one of an earlier release has no \`billed\`. */
const ATTEMPTS = `
CREATE VIEW earlier_attempt_figures AS
SELECT call.id, call.started_at, ${WHEN}, conversation_id, user_id, attempt.model_id, use_case,
  NULL::integer AS own_latency_ms, NULL::integer AS own_first_text_ms,
  ${FIGURES.map(([name, , ofAttempt]) => `${ofAttempt} AS ${name}`).join(', ')}
FROM model_invocations call CROSS JOIN LATERAL (
  SELECT each ->> 'modelId' AS model_id, each -> 'billed' AS billed
  FROM jsonb_array_elements(call.attempts) WITH ORDINALITY AS t (each, place)
  WHERE each ->> 'outcome' <> 'skipped' ORDER BY place DESC OFFSET 1) AS attempt
WHERE jsonb_typeof(attempt.billed) = 'object'`;

const UNROLLED = (attempts: string) => `
CREATE OR REPLACE VIEW unrolled_invocations AS
SELECT figures.* FROM (SELECT id, invocation_ids, started_ats FROM invocations_to_roll_up ORDER BY id LIMIT 5000) AS batch
CROSS JOIN LATERAL unnest(batch.invocation_ids, batch.started_ats) AS t (id, started_at)
CROSS JOIN LATERAL (
  (SELECT * FROM invocation_figures f WHERE f.id = t.id AND f.started_at = t.started_at LIMIT 1)
  ${attempts}) AS figures`;

const BEFORE = `(cost_usd IS NULL AND outcome <> 'failed')::int`;
/** A call that failed after it had begun is billed, too. */
const NOW = `(cost_usd IS NULL AND (outcome <> 'failed' OR input_tokens IS NOT NULL))::int`;

/** Adds what Bedrock bills of attempts that broke off to the figures of the models that made them. */
export class BillEveryAttempt1764991000000 implements MigrationInterface {
  readonly creates = ['earlier_attempt_figures'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(CALLS(NOW));
    await db.query(ATTEMPTS);
    await db.query(
      UNROLLED(
        'UNION ALL (SELECT * FROM earlier_attempt_figures a WHERE a.id = t.id AND a.started_at = t.started_at)',
      ),
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(UNROLLED(''));
    await db.query('DROP VIEW earlier_attempt_figures');
    await db.query(CALLS(BEFORE));
  }
}
