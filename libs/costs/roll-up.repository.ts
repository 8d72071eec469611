import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { runLongStatement } from '#libs/platform/database/long-statement.js';

/** A model's measured time to the first text. */
export interface MeasuredSpeed {
  modelId: string;
  firstTextMs: number;
}

const FIGURES = [
  'answered',
  'refused',
  'guardrail_intervened',
  'failed',
  'cancelled',
  'fallbacks',
  'estimated',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'cost_usd',
  'unknown_costs',
  'latency_ms',
  'first_text_ms',
  'first_texts',
];

/** Adds calls to a roll-up, and creates missing rows. */
const addTo = (table: string, key: string) => `
  INSERT INTO ${table} (${key}, ${FIGURES.join(', ')})
  SELECT ${key}, ${FIGURES.map((name) => `sum(${name})`).join(', ')} FROM billed GROUP BY ${key}
  ON CONFLICT (${key}) DO UPDATE SET ${FIGURES.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(', ')}`;

const tokensAt = (kind: string, price = `p.${kind}_price_per_1k`) =>
  `CASE WHEN c.${kind}_tokens > 0 THEN c.${kind}_tokens * ${price} ELSE 0 END`;
/** A model without a cache price would have read the tokens as plain input. */
const cachedTokensAt = (kind: string) =>
  tokensAt(kind, `coalesce(p.${kind}_price_per_1k, p.input_price_per_1k)`);
const COST_BEFORE = [
  ...['input', 'output'].map((kind) => tokensAt(kind)),
  ...['cache_read', 'cache_write'].map(cachedTokensAt),
].join(' + ');
/** The call is one that base prices are for, on the model that used it and on the previous one `p`. */
const AT_BASE_PRICES = `NOT EXISTS (
    SELECT FROM model_invocations m WHERE m.id = c.id AND m.started_at = c.started_at
      AND (m.service_tier IS NOT NULL OR m.cache_write_1h_tokens > 0))
  AND (c.input_tokens + c.cache_read_tokens + c.cache_write_tokens
    > (p.price_dimensions #>> '{longContext,aboveInputTokens}')::bigint) IS NOT TRUE`;
/** Ratio of the token factors of the previous model and this one. */
const FACTOR = `(SELECT coalesce(before.token_factor, 1) / coalesce(used.token_factor, 1)
    FROM bedrock_models before, bedrock_models used WHERE before.model_id = e.previous_model_id AND used.model_id = c.model_id)`;

/**
 * The switch that chose the model of call `c`: the last one that reached its conversation (or, without one, its use
 * case) before the call ended, if the call ran on the model that it switched to. `previous_cost_usd` is what the call
 * would have cost without it, at the prices of that time; null: not known. The base prices of a model do not tell what
 * another tier, a cache that lasts an hour or a long prompt costs on it. What a first assignment chose saves nothing.
 */
const GOVERNING_SWITCH = `
  SELECT e.id AS switch_id,
         CASE e.scope WHEN 'conversation' THEN ceil((b.cost_impact_assumption ->> 'exchanges')::numeric) END AS horizon,
         CASE WHEN ${AT_BASE_PRICES} THEN (${COST_BEFORE}) * ${FACTOR} / 1000 END AS previous_cost_usd
  FROM (
    (SELECT own.* FROM switch_events own
     WHERE own.conversation_id = c.conversation_id AND own.occurred_at <= c.ended_at
     ORDER BY own.occurred_at DESC, own.seq DESC LIMIT 1)
    UNION ALL
    (SELECT shared.* FROM ai_conversation_follows f CROSS JOIN LATERAL (
       SELECT * FROM switch_events s WHERE s.conversation_id IS NULL AND s.use_case = f.use_case AND s.seq > f.after_seq
         AND s.seq <= coalesce(f.until_seq, ${Number.MAX_SAFE_INTEGER}) AND s.occurred_at <= c.ended_at
       ORDER BY s.seq DESC LIMIT 1) shared
     WHERE f.conversation_id = c.conversation_id)
    UNION ALL
    (SELECT s.* FROM switch_events s WHERE c.conversation_id IS NULL AND s.conversation_id IS NULL
       AND s.use_case = c.use_case AND s.occurred_at <= c.ended_at ORDER BY s.seq DESC LIMIT 1)
    ORDER BY occurred_at DESC LIMIT 1) AS e
  LEFT JOIN bedrock_model_switches b ON b.id = e.id
  LEFT JOIN LATERAL (
    SELECT input_price_per_1k, output_price_per_1k, cache_read_price_per_1k, cache_write_price_per_1k, price_dimensions
    FROM bedrock_model_prices WHERE model_id = e.previous_model_id AND valid_from <= c.started_at
    ORDER BY valid_from DESC LIMIT 1) AS p ON true
  WHERE c.answered = 1 AND e.new_model_id = c.model_id AND NOT e.first_assignment
    AND (e.scope = 'conversation' OR c.started_at < e.occurred_at + interval '30 days')`;

/**
 * Moves calls from the queue to the roll-ups and adds them to conversations, in one crash-safe transaction. A switch of
 * a conversation counts as many calls as its estimate covered.
 */
const ROLL_UP = `
WITH taken AS (
  DELETE FROM invocations_to_roll_up WHERE id IN (
    SELECT id FROM (
      SELECT id, sum(cardinality(invocation_ids)) OVER (ORDER BY id) AS up_to
      FROM (SELECT * FROM invocations_to_roll_up ORDER BY id LIMIT $1) AS oldest) AS counted
    WHERE up_to <= $1)
  RETURNING invocation_ids, started_ats, in_conversations),
calls AS (
  SELECT c.*, taken.in_conversations, s.switch_id, s.horizon,
         s.previous_cost_usd - CASE c.unknown_costs WHEN 0 THEN c.cost_usd END AS saved
  FROM taken CROSS JOIN LATERAL unnest(invocation_ids, started_ats) AS t (id, started_at)
  CROSS JOIN LATERAL (
    SELECT * FROM invocation_figures f WHERE f.id = t.id AND f.started_at = t.started_at LIMIT 1) AS c
  LEFT JOIN LATERAL (${GOVERNING_SWITCH}) AS s ON true),
billed AS (
  SELECT figures.*, call.key_owner FROM taken CROSS JOIN LATERAL unnest(invocation_ids, started_ats) AS t (id, started_at)
  CROSS JOIN LATERAL (
    SELECT key_owner FROM model_invocations m WHERE m.id = t.id AND m.started_at = t.started_at OFFSET 0) AS call
  CROSS JOIN LATERAL (
    SELECT * FROM billed_figures f WHERE f.id = t.id AND f.started_at = t.started_at OFFSET 0) AS figures),
hourly AS (${addTo('usage_hourly', 'hour, model_id, use_case')}),
daily AS (${addTo('usage_daily', 'user_id, day, model_id, use_case')}),
keys AS (
  INSERT INTO usage_of_keys (key_owner, day, cost_usd, unknown_costs)
  SELECT key_owner, day, sum(cost_usd), sum(unknown_costs) FROM billed WHERE key_owner IS NOT NULL GROUP BY key_owner, day
  ON CONFLICT (key_owner, day) DO UPDATE SET cost_usd = usage_of_keys.cost_usd + excluded.cost_usd,
    unknown_costs = usage_of_keys.unknown_costs + excluded.unknown_costs),
reasons AS (
  INSERT INTO unknown_costs_daily (day, model_id, use_case, reason, calls)
  SELECT (call.started_at AT TIME ZONE 'UTC')::date, each ->> 'modelId', call.use_case,
         each #>> '{billed,costUnknown}', count(*)
  FROM taken CROSS JOIN LATERAL unnest(invocation_ids, started_ats) AS t (id, started_at)
  CROSS JOIN LATERAL (
    SELECT * FROM model_invocations m WHERE m.id = t.id AND m.started_at = t.started_at OFFSET 0) AS call
  CROSS JOIN LATERAL jsonb_array_elements(call.attempts) AS each
  WHERE each #>> '{billed,costUnknown}' IS NOT NULL GROUP BY 1, 2, 3, 4
  ON CONFLICT (day, model_id, use_case, reason) DO UPDATE SET calls = unknown_costs_daily.calls + excluded.calls),
forms AS (
  INSERT INTO call_forms_daily (day, use_case, wire, body_family, forms, calls, fixed_calls)
  SELECT day, use_case, wire, body_family, forms, count(*), sum(fixed_calls)
  FROM taken CROSS JOIN LATERAL unnest(invocation_ids, started_ats) AS t (id, started_at)
  CROSS JOIN LATERAL (
    SELECT * FROM call_forms f WHERE f.id = t.id AND f.started_at = t.started_at OFFSET 0) AS call
  GROUP BY 1, 2, 3, 4, 5
  ON CONFLICT (day, use_case, wire, body_family, forms) DO UPDATE SET calls = call_forms_daily.calls + excluded.calls,
    fixed_calls = call_forms_daily.fixed_calls + excluded.fixed_calls),
latencies AS (
  INSERT INTO usage_latencies (day, model_id, use_case, measure, bucket, calls)
  SELECT day, model_id, use_case, measure, ceil(ln(greatest(ms, 1)) / ln(1.2)), count(*)
  FROM calls CROSS JOIN LATERAL (VALUES ('answer', own_latency_ms), ('first_text', own_first_text_ms)) AS m (measure, ms)
  WHERE ms IS NOT NULL GROUP BY 1, 2, 3, 4, 5
  ON CONFLICT (day, model_id, use_case, measure, bucket) DO UPDATE SET calls = usage_latencies.calls + excluded.calls),
savings AS (
  INSERT INTO switch_savings (switch_id, calls, saved_usd, unknown_savings)
  SELECT switch_id, count(*), coalesce(sum(saved), 0), count(*) FILTER (WHERE saved IS NULL)
  FROM (
    SELECT switch_id, saved, horizon, row_number() OVER (PARTITION BY switch_id ORDER BY started_at, id)
             + coalesce((SELECT v.calls FROM switch_savings v WHERE v.switch_id = c.switch_id), 0) AS nth
    FROM calls c WHERE switch_id IS NOT NULL) AS counted
  WHERE horizon IS NULL OR nth <= horizon GROUP BY switch_id
  ON CONFLICT (switch_id) DO UPDATE SET calls = switch_savings.calls + excluded.calls,
    saved_usd = switch_savings.saved_usd + excluded.saved_usd,
    unknown_savings = switch_savings.unknown_savings + excluded.unknown_savings)
SELECT (SELECT count(*)::int FROM taken) AS batches, (
  SELECT json_agg(e) FROM (
    SELECT conversation_id AS id, count(*) AS exchanges, max(started_at) AS last_at, sum(output_tokens) AS output,
           sum(input_tokens + cache_read_tokens + cache_write_tokens) AS input,
           sum(cache_read_tokens) AS cache_read, sum(cache_write_tokens) AS cache_write
    FROM calls WHERE answered = 1 AND conversation_id IS NOT NULL AND NOT in_conversations
    GROUP BY conversation_id) AS e) AS exchanged`;

/**
 * Last statement of its transaction, so that a switch waits only for this one. Conversations are locked in the order of
 * their ids, which prevents a deadlock. Their version stays: the number of exchanges changes no model.
 */
const EXCHANGE = `
WITH e AS (
  SELECT * FROM json_to_recordset($1)
    AS given (id text, exchanges integer, last_at timestamptz, input bigint, output bigint, cache_read bigint, cache_write bigint)),
locked AS (
  SELECT id FROM ai_conversations WHERE id IN (SELECT id FROM e) ORDER BY id FOR NO KEY UPDATE)
UPDATE ai_conversations c SET exchange_count = c.exchange_count + e.exchanges,
  input_tokens = c.input_tokens + e.input, output_tokens = c.output_tokens + e.output,
  cache_read_tokens = c.cache_read_tokens + e.cache_read, cache_write_tokens = c.cache_write_tokens + e.cache_write,
  last_exchange_at = greatest(c.last_exchange_at, e.last_at)
FROM e JOIN locked USING (id) WHERE c.id = e.id`;

/** The median: the bucket in which half of the calls are reached, by its middle. */
const SPEEDS = `
SELECT DISTINCT ON (model_id) model_id AS "modelId", round(power(1.2, bucket - 0.5))::int AS "firstTextMs"
FROM (
  SELECT model_id, bucket, sum(sum(calls)) OVER (PARTITION BY model_id ORDER BY bucket) AS up_to,
         sum(sum(calls)) OVER (PARTITION BY model_id) AS all_calls
  FROM usage_latencies WHERE day >= ($1::timestamptz AT TIME ZONE 'UTC')::date - 1 AND measure = 'first_text'
  GROUP BY model_id, bucket) AS m
WHERE all_calls >= $2 AND up_to * 2 >= all_calls
ORDER BY model_id, bucket`;

/** A month that came before its partition has calls in the default one, which move first: about 30 s for a million. */
const MOVED_WITHIN_SECONDS = 600;

@Injectable()
export class RollUpRepository {
  constructor(private readonly db: DataSource) {}

  /**
   * Rolls up the oldest batches, of at most so many calls together.
   * @returns how many batches it took; 0 also where another worker is at it
   */
  async rollUp(mostCalls: number): Promise<number> {
    return this.db.transaction(async (tx) => {
      const [{ free }] = await tx.query(
        `SELECT pg_try_advisory_xact_lock(hashtextextended('roll-up-usage:' || current_schema(), 0)) AS free`,
      );
      if (!free) return 0;
      const [{ batches, exchanged }] = await tx.query(ROLL_UP, [mostCalls]);
      if (exchanged) await tx.query(EXCHANGE, [JSON.stringify(exchanged)]);
      return batches;
    });
  }

  /** Medians of yesterday and today (UTC), of the models that answered often enough. */
  async speeds(now: Date, leastCalls: number): Promise<MeasuredSpeed[]> {
    return this.db.query(SPEEDS, [now, leastCalls]);
  }

  /** The partition of a month from now on; it may be there already. */
  async makePartition(monthsAhead: number): Promise<void> {
    await runLongStatement(this.db, {
      sql: 'SELECT make_invocation_partition($1)',
      parameters: [monthsAhead],
      seconds: MOVED_WITHIN_SECONDS,
    });
  }
}
