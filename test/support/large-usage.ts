import { asAdmin } from './empty-database.js';
import { SWITCH_ROLL_UPS, USER_MONTHS } from './switch-roll-ups.js';

/* A year of calls: what roll-ups hold of them, the calls of the last weeks themselves, and the switches between. */

const MODELS = `ARRAY['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-micro-v1:0', 'eu.anthropic.claude-sonnet-4-6', 'eu.amazon.nova-pro-v1:0']`;
const USE_CASES = `ARRAY['clinical', 'health', 'operations', 'platform']`;
const FIGURES = '70, 0, 1, 1, 2, 0, 70000, 17000, 0, 0, 0.005, 0, 60000, 15000, 70';

const ROLL_UPS = [
  `INSERT INTO usage_hourly SELECT hour, model, use_case, ${FIGURES}
   FROM generate_series(date_trunc('hour', now()) - interval '1 year', now(), interval '1 hour') AS hour,
     unnest(${MODELS}) AS model, unnest(${USE_CASES}) AS use_case`,
  `INSERT INTO usage_daily SELECT 'user-' || (i * 37 + day::date - date '2020-01-01') % 5000, day, (${MODELS})[1 + i % 4],
     (${USE_CASES})[1 + i % 3], ${FIGURES}
   FROM generate_series(now() - interval '1 year', now(), interval '1 day') AS day, generate_series(1, 600) AS i`,
  // A few have most.
  `INSERT INTO usage_daily SELECT 'busy-' || i, day, (${MODELS})[1 + i % 4], (${USE_CASES})[1 + i % 3],
     20000 / i, 0, 1, 1, 2, 0, 70000, 17000, 0, 0, 5.0 / i, 0, 60000, 15000, 70
   FROM generate_series(now() - interval '1 year', now(), interval '1 day') AS day, generate_series(1, 100) AS i`,
  `INSERT INTO usage_latencies SELECT day, model, use_case, measure, bucket, 100
   FROM generate_series(now() - interval '1 year', now(), interval '1 day') AS day, unnest(${MODELS}) AS model,
     unnest(${USE_CASES}) AS use_case, unnest(ARRAY['answer', 'first_text']) AS measure, generate_series(30, 40) AS bucket`,
  `INSERT INTO usage_of_keys SELECT 'key-' || i, day, 1.5, 0
   FROM generate_series(now() - interval '1 year', now(), interval '1 day') AS day, generate_series(1, 200) AS i`,
  `INSERT INTO call_forms_daily (day, use_case, wire, body_family, forms, calls)
   SELECT day, use_case, 'bedrock', family, ARRAY['form-' || n, 'tools'], 100
   FROM generate_series(now() - interval '1 year', now(), interval '1 day') AS day, unnest(${USE_CASES}) AS use_case,
     unnest(ARRAY['claude', 'converse']) AS family, generate_series(1, 20) AS n`,
];

const CALLS = [
  `INSERT INTO ai_conversations (id, user_id, use_case)
   SELECT 'conv-' || i, 'user-' || i % 5000, (${USE_CASES})[1 + i % 4] FROM generate_series(1000, 30999) AS i`,
  `INSERT INTO ai_conversation_follows (conversation_id, user_id, use_case, after_seq)
   SELECT id, user_id, use_case, 0 FROM ai_conversations WHERE id LIKE 'conv-____%'`,
  `INSERT INTO model_invocations (id, started_at, request_id, conversation_id, use_case, user_id, actor, model_id, outcome,
     stop_reason, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, estimated, cost_usd, attempts,
     latency_ms, first_text_ms, streamed)
   SELECT gen_random_uuid(), now() - interval '20 days' * (100000 - i) / 100000, 'request', 'conv-' || 1000 + i % 30000,
     (${USE_CASES})[1 + i % 4], 'user-' || i % 5000, 'service:chat', 'eu.amazon.nova-lite-v1:0', 'answered',
     'end_turn', 1000, 250, 0, 0, false, 0.000156, '[]', 800, 200, true FROM generate_series(1, 100000) AS i`,
  `INSERT INTO invocations_to_roll_up (invocation_ids, started_ats, in_conversations)
   SELECT array_agg(id), array_agg(started_at), false
   FROM (SELECT id, started_at, row_number() OVER () AS n FROM model_invocations ORDER BY started_at DESC LIMIT 200) AS newest
   GROUP BY n / 20`,
];

const SWITCHES = [
  `INSERT INTO switch_events (id, scope, conversation_id, use_case, seq, user_id, actor, switch_action, switch_type,
     previous_model_id, new_model_id, notification_shown, notification_title, notification_message, request_id, occurred_at)
   SELECT gen_random_uuid(), 'conversation', 'conv-' || 1000 + i % 30000, (${USE_CASES})[1 + i % 4], 1 + i / 30000,
     'user-' || i % 5000, 'service:chat', 'manual_switch', 'manual', 'eu.amazon.nova-micro-v1:0', 'eu.amazon.nova-lite-v1:0',
     true, 'title', 'message', 'request', now() - interval '1 year' * (50000 - i) / 50000
   FROM generate_series(0, 49999) AS i`,
  `INSERT INTO bedrock_model_switches (id, user_id, conversation_id, previous_model_id, new_model_id, switch_action,
     notification_shown, notification_title, notification_message, switch_type, timestamp, cost_impact_estimated, scope,
     use_case, seq, actor, request_id, cost_impact_horizon, cost_impact_assumption)
   SELECT id, user_id, conversation_id, previous_model_id, new_model_id, switch_action, notification_shown,
     notification_title, notification_message, switch_type, occurred_at, -0.000768, scope, use_case, seq, actor, request_id,
     '12 exchanges', '{"exchanges": 12}' FROM switch_events`,
  'INSERT INTO switch_savings SELECT id, 3, 0.1, 0 FROM switch_events',
  ...SWITCH_ROLL_UPS,
];

const TABLES =
  'usage_hourly, usage_daily, usage_latencies, usage_of_keys, call_forms_daily, ai_conversations, ai_conversation_follows, model_invocations, switch_events, bedrock_model_switches, switch_savings, switches_hourly, switches_daily, user_months';
export const USAGE_TABLES =
  /^(usage_|call_forms|user_months|model_invocations|ai_conversation|switch_|switches_|bedrock_model_switches)/;

/** Checking a million references would take longer than everything that is measured. */
const UNCHECKED = 'SET session_replication_role = replica; SET synchronous_commit = off';

/** Fills a seeded database and brings the planner's statistics up to date. */
export async function fillWithAYearOfCalls(database: string): Promise<void> {
  const parts = [ROLL_UPS, CALLS, SWITCHES];
  await Promise.all(parts.map((part) => asAdmin(database, [UNCHECKED, ...part].join(';\n'))));
  await asAdmin(database, USER_MONTHS);
  await asAdmin(database, `VACUUM ANALYZE ${TABLES}`);
}
