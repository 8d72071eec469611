/** The months that a platform which is a year old made partitions for, as `make_invocation_partition` makes them. */
const partitionsSql = `
DO $$
DECLARE
  month timestamptz;
  name text;
BEGIN
  FOR month IN SELECT generate_series(date_trunc('month', now()) - interval '12 months', date_trunc('month', now()) - interval '1 month', interval '1 month') LOOP
    name := 'model_invocations_' || to_char(month, 'YYYY_MM');
    EXECUTE format('CREATE TABLE %I (LIKE model_invocations INCLUDING ALL)', name);
    EXECUTE format('ALTER TABLE %I OWNER TO orchestrator_owner', name);
    EXECUTE format('ALTER TABLE model_invocations ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, month, month + interval '1 month');
  END LOOP;
END $$`;

const FIGURES =
  'answered, refused, failed, cancelled, fallbacks, estimated, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost_usd, unknown_costs, latency_ms, first_text_ms, first_texts';
const sums = FIGURES.split(', ')
  .map((name) => `sum(${name})`)
  .join(', ');

/** Calls, and what the worker has made of them but of the newest. */
export const CALLS_SQL: string[] = [
  partitionsSql,
  `INSERT INTO model_invocations (id, started_at, request_id, conversation_id, use_case, user_id, actor, on_behalf_of,
     model_id, outcome, error_kind, stop_reason, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens,
     estimated, cost_usd, price_version, attempts, latency_ms, first_text_ms, streamed)
   SELECT bench.id(2, i), time, bench.id(9, i)::text, 'conv-' || conversation, use_case, user_id, 'service:chat', user_id,
     model, outcome, CASE outcome WHEN 'failed' THEN 'throttled' END, CASE outcome WHEN 'answered' THEN 'end_turn' END,
     input, output, input * 0, input * 0, outcome = 'cancelled',
     CASE WHEN outcome = 'failed' OR bench.dice(i, 33) >= 0.03 THEN input * 0.000003 + output * 0.000015 END, 5,
     CASE WHEN bench.dice(i, 34) < 0.03 THEN jsonb_build_array(
         jsonb_build_object('modelId', 'eu.amazon.nova-2-lite-v1:0', 'outcome', 'failed', 'errorKind', 'throttled', 'ms', 90),
         jsonb_build_object('modelId', model, 'outcome', outcome, 'errorKind', NULL, 'ms', latency))
       ELSE jsonb_build_array(jsonb_build_object('modelId', model, 'outcome', outcome, 'errorKind', NULL, 'ms', latency)) END,
     latency, CASE outcome WHEN 'answered' THEN latency / 4 END, i % 5 > 0
   FROM (
     SELECT i, time, conversation, use_case, user_id, bench.model_of(use_case, bench.dice(i, 31)) AS model,
       CASE WHEN bench.dice(i, 32) < 0.02 THEN 'failed' WHEN bench.dice(i, 32) < 0.03 THEN 'refused'
         WHEN bench.dice(i, 32) < 0.04 THEN 'cancelled' ELSE 'answered' END AS outcome,
       CASE WHEN bench.dice(i, 32) >= 0.02 THEN 200 + (-1500 * ln(1 - bench.dice(i, 35)))::int END AS input,
       CASE WHEN bench.dice(i, 32) >= 0.02 THEN 20 + (-400 * ln(1 - bench.dice(i, 36)))::int END AS output,
       200 + (-1200 * ln(1 - bench.dice(i, 37)))::int AS latency
     FROM bench.events OFFSET 0) AS e`,
  `INSERT INTO invocations_to_roll_up (invocation_ids, started_ats)
   SELECT array_agg(id), array_agg(started_at)
   FROM (SELECT id, started_at, row_number() OVER (ORDER BY started_at DESC) AS n FROM model_invocations
         WHERE started_at > (SELECT max(started_at) FROM model_invocations) - interval '1 hour' ORDER BY started_at DESC LIMIT 100) AS newest
   GROUP BY n / 5`,
  'CREATE VIEW bench.rolled_up AS SELECT f.* FROM invocation_figures f WHERE started_at < (SELECT min(started) FROM invocations_to_roll_up, unnest(started_ats) AS started)',
  `INSERT INTO usage_hourly (hour, model_id, use_case, ${FIGURES})
   SELECT hour, model_id, use_case, ${sums} FROM bench.rolled_up GROUP BY 1, 2, 3`,
  `INSERT INTO usage_daily (user_id, day, model_id, use_case, ${FIGURES})
   SELECT user_id, day, model_id, use_case, ${sums} FROM bench.rolled_up GROUP BY 1, 2, 3, 4 ORDER BY day`,
  `INSERT INTO usage_latencies (day, model_id, use_case, measure, bucket, calls)
   SELECT day, model_id, use_case, measure, ceil(ln(greatest(ms, 1)) / ln(1.2)), count(*)
   FROM bench.rolled_up CROSS JOIN LATERAL (VALUES ('answer', own_latency_ms), ('first_text', own_first_text_ms)) AS m (measure, ms)
   WHERE ms IS NOT NULL GROUP BY 1, 2, 3, 4, 5`,
];
