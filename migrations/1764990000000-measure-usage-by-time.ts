import type { MigrationInterface, QueryRunner } from 'typeorm';
import { checkPending } from './pending-checks.js';

/** An api or worker of the release before fills none of these; the defaults stand for it. */
const COLUMNS = [
  'ALTER TABLE switch_events ADD COLUMN first_assignment boolean NOT NULL DEFAULT false',
  `COMMENT ON COLUMN switch_events.first_assignment IS
    'true: this switch created its conversation, which no model had answered before: nothing was saved or lost'`,
  `ALTER TABLE ai_conversations ADD COLUMN cache_read_tokens bigint NOT NULL DEFAULT 0,
    ADD COLUMN cache_write_tokens bigint NOT NULL DEFAULT 0`,
  `COMMENT ON COLUMN ai_conversations.input_tokens IS 'all input, cached tokens included'`,
  'ALTER TABLE bedrock_models ADD COLUMN token_factor numeric(6, 3) CHECK (token_factor > 0)',
  `COMMENT ON COLUMN bedrock_models.token_factor IS
    'tokens that this model counts of a text for each token that most models count; null: not known to differ, hence 1'`,
  `ALTER TABLE use_case_usage ADD COLUMN cache_read_tokens bigint NOT NULL DEFAULT 0,
    ADD COLUMN cache_write_tokens bigint NOT NULL DEFAULT 0, ADD COLUMN measured_since timestamptz`,
  `COMMENT ON COLUMN use_case_usage.measured_since IS 'the hour of the first call ever; null: not known, long enough'`,
  `UPDATE use_case_usage u SET measured_since = first.hour
   FROM (SELECT use_case, min(hour) AS hour FROM usage_hourly GROUP BY use_case) AS first WHERE first.use_case = u.use_case`,
];

/** Claude makes about 30 % more tokens of the same text from Opus 4.7 on. */
const FACTORS = [
  `SELECT set_config('orchestrator.actor', 'system:migration', true)`,
  `UPDATE bedrock_models SET token_factor = 1.3 WHERE foundation_model_id IN ('anthropic.claude-opus-4-7',
    'anthropic.claude-opus-4-8', 'anthropic.claude-sonnet-5', 'anthropic.claude-opus-5', 'anthropic.claude-fable-5')`,
  `SELECT set_config('orchestrator.actor', '', true)`,
];

/** The hours of the document's view are of UTC, whatever time zone a session has. */
const ANALYTICS = (hour: string) => `
CREATE OR REPLACE VIEW bedrock_model_switch_analytics AS
SELECT ${hour} AS hour,
       new_model_id,
       switch_type,
       switch_action,
       count(*) AS total_switches,
       count(*) FILTER (WHERE switch_type = 'auto') AS auto_switches,
       count(*) FILTER (WHERE switch_type = 'manual') AS manual_switches,
       array_agg(DISTINCT reason) FILTER (WHERE reason IS NOT NULL) AS reasons
FROM bedrock_model_switches
GROUP BY 1, 2, 3, 4`;

/** A first assignment has no estimate because there is nothing to estimate: it is not one that is missing. */
const SWITCH_FIGURES = (unknown: string) => `
CREATE OR REPLACE VIEW switch_figures AS
SELECT id, timestamp, date_trunc('hour', timestamp, 'UTC') AS hour, (timestamp AT TIME ZONE 'UTC')::date AS day,
       user_id, new_model_id, use_case, 1 AS switches, (switch_action = 'manual_switch')::int AS manual,
       (switch_action = 'auto_switch')::int AS auto, (switch_action = 'fallback_switch')::int AS fallback,
       coalesce(cost_impact_estimated, 0) AS estimated_usd, (${unknown})::int AS unknown_estimates,
       (scope = 'conversation')::int AS selections,
       (scope = 'conversation' AND switch_type = 'auto')::int AS auto_selections,
       CASE scope WHEN 'conversation' THEN timestamp END AS last_selected_at
FROM bedrock_model_switches`;

const UNKNOWN = 'cost_impact_estimated IS NULL';

/** Measures volumes with their duration and tokens by their kind, and marks first assignments. */
export class MeasureUsageByTime1764990000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of [...COLUMNS, ...FACTORS]) await db.query(statement);
    await checkPending(db);
    await db.query(ANALYTICS(`date_trunc('hour', timestamp, 'UTC')`));
    await db.query(
      SWITCH_FIGURES(`${UNKNOWN} AND cost_impact_assumption ->> 'basis' IS DISTINCT FROM 'first_assignment'`),
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(SWITCH_FIGURES(UNKNOWN));
    await db.query(ANALYTICS(`date_trunc('hour', timestamp)`));
    await db.query(`ALTER TABLE use_case_usage DROP COLUMN cache_read_tokens, DROP COLUMN cache_write_tokens,
      DROP COLUMN measured_since`);
    await db.query('ALTER TABLE bedrock_models DROP COLUMN token_factor');
    await db.query(
      'ALTER TABLE ai_conversations DROP COLUMN cache_read_tokens, DROP COLUMN cache_write_tokens',
    );
    await db.query('ALTER TABLE switch_events DROP COLUMN first_assignment');
    await db.query('COMMENT ON COLUMN ai_conversations.input_tokens IS NULL');
  }
}
