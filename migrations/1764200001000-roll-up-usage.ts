import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Figures of the roll-ups: name, type of the sum, and the figure of one call. */
const FIGURES = [
  ['answered', 'bigint', `(outcome = 'answered')::int`],
  ['refused', 'bigint', `(outcome = 'refused')::int`],
  ['failed', 'bigint', `(outcome = 'failed')::int`],
  ['cancelled', 'bigint', `(outcome = 'cancelled')::int`],
  ['fallbacks', 'bigint', `coalesce(attempts -> 0 ->> 'modelId' <> model_id, false)::int`],
  ['estimated', 'bigint', 'estimated::int'],
  ['input_tokens', 'bigint', 'coalesce(input_tokens, 0)'],
  ['output_tokens', 'bigint', 'coalesce(output_tokens, 0)'],
  ['cache_read_tokens', 'bigint', 'coalesce(cache_read_tokens, 0)'],
  ['cache_write_tokens', 'bigint', 'coalesce(cache_write_tokens, 0)'],
  ['cost_usd', 'numeric(30, 15)', 'coalesce(cost_usd, 0)'],
  // Bedrock does not bill failed calls.
  ['unknown_costs', 'bigint', `(cost_usd IS NULL AND outcome <> 'failed')::int`],
  ['latency_ms', 'bigint', `CASE WHEN outcome = 'answered' THEN latency_ms ELSE 0 END`],
  ['first_text_ms', 'bigint', `CASE WHEN outcome = 'answered' THEN coalesce(first_text_ms, 0) ELSE 0 END`],
  ['first_texts', 'bigint', `(outcome = 'answered' AND first_text_ms IS NOT NULL)::int`],
];
const names = FIGURES.map(([name]) => name).join(', ');
const columns = FIGURES.map(([name, type]) => `${name} ${type} NOT NULL`).join(', ');
const ofCall = FIGURES.map(([name, , figure]) => `${figure} AS ${name}`).join(', ');
/** Latency of the model itself, without the time of earlier attempts. */
const own = (column: string) =>
  `CASE WHEN outcome = 'answered' AND jsonb_array_length(attempts) <= 1 THEN ${column} END AS own_${column}`;

/** Bounds the cost of reading calls that wait for the roll-up: beyond this many batches figures are incomplete. */
const READ_LIVE = 5_000;

const CALLS = `
CREATE VIEW invocation_figures AS
SELECT id, started_at, started_at + latency_ms * interval '1 millisecond' AS ended_at,
  date_trunc('hour', started_at, 'UTC') AS hour, (started_at AT TIME ZONE 'UTC')::date AS day,
  conversation_id, user_id, model_id, use_case, ${own('latency_ms')}, ${own('first_text_ms')}, ${ofCall}
FROM model_invocations;

CREATE VIEW unrolled_invocations AS
SELECT call.* FROM (SELECT * FROM invocations_to_roll_up ORDER BY id LIMIT ${READ_LIVE}) AS batch
CROSS JOIN LATERAL unnest(batch.invocation_ids, batch.started_ats) AS t (id, started_at)
CROSS JOIN LATERAL (
  SELECT * FROM invocation_figures f WHERE f.id = t.id AND f.started_at = t.started_at LIMIT 1) AS call;`;

const ROLL_UPS = `
CREATE TABLE usage_hourly (
  hour timestamptz NOT NULL, model_id text NOT NULL, use_case text NOT NULL, ${columns},
  PRIMARY KEY (hour, model_id, use_case)
);
CREATE TABLE usage_daily (
  user_id text NOT NULL, day date NOT NULL, model_id text NOT NULL, use_case text NOT NULL, ${columns},
  PRIMARY KEY (user_id, day, model_id, use_case)
);
CREATE INDEX usage_daily_day ON usage_daily (day);
COMMENT ON COLUMN usage_hourly.cost_usd IS 'of the calls whose cost is known; unknown_costs counts the others';
COMMENT ON COLUMN usage_hourly.fallbacks IS 'calls that ended on another model than the first in line';

CREATE TABLE usage_latencies (
  day date NOT NULL, model_id text NOT NULL, use_case text NOT NULL,
  measure text NOT NULL CHECK (measure IN ('answer', 'first_text')),
  bucket smallint NOT NULL,
  calls bigint NOT NULL,
  PRIMARY KEY (day, model_id, use_case, measure, bucket)
);
COMMENT ON COLUMN usage_latencies.bucket IS 'from 1.2^(bucket - 1) to 1.2^bucket milliseconds, of calls answered at the first attempt';

CREATE TABLE switch_savings (
  switch_id uuid PRIMARY KEY REFERENCES switch_events,
  calls bigint NOT NULL,
  saved_usd numeric(30, 15) NOT NULL,
  unknown_savings bigint NOT NULL
);
COMMENT ON TABLE switch_savings IS 'what a switch has saved within its horizon, by the calls it brought to its model';

CREATE VIEW usage_by_hour AS
SELECT hour, model_id, use_case, ${names} FROM usage_hourly
UNION ALL SELECT hour, model_id, use_case, ${names} FROM unrolled_invocations;
CREATE VIEW usage_by_user AS
SELECT user_id, day, model_id, use_case, ${names} FROM usage_daily
UNION ALL SELECT user_id, day, model_id, use_case, ${names} FROM unrolled_invocations;
COMMENT ON VIEW usage_by_hour IS 'the roll-up and what is not rolled up yet';
COMMENT ON VIEW usage_by_user IS 'the roll-up and what is not rolled up yet; days are of UTC';`;

/** Creates the roll-ups of calls by hour and by user and day, so that a read costs no more than its result. */
export class RollUpUsage1764200001000 implements MigrationInterface {
  readonly creates = [
    'invocation_figures',
    'unrolled_invocations',
    'usage_hourly',
    'usage_daily',
    'usage_latencies',
    'switch_savings',
    'usage_by_hour',
    'usage_by_user',
  ];

  async up(db: QueryRunner): Promise<void> {
    await db.query(CALLS);
    await db.query(ROLL_UPS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP VIEW usage_by_user, usage_by_hour, unrolled_invocations, invocation_figures');
    await db.query('DROP TABLE switch_savings, usage_latencies, usage_daily, usage_hourly');
  }
}
