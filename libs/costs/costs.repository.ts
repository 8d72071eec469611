import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MEASURED_USAGE } from '#libs/catalogue/measured-usage.js';
import { runLongStatement } from '#libs/platform/database/long-statement.js';
import type { PreparedStatement } from '#libs/platform/database/pipelined-transaction.js';
import { query, type Transaction } from '#libs/platform/database/transactions.js';
import type { CostBasis } from './cost-impact.js';

/** Switch for a cost impact. */
export interface SwitchedModels {
  scope: 'conversation' | 'use_case';
  conversationId: string | null;
  useCase: string;
  /** True: the switch created its conversation. */
  firstAssignment: boolean;
  previousPriceVersion: number | null;
  newPriceVersion: number | null;
}

const PRICE = `SELECT json_build_object('inputPer1k', trim_scale(p.input_price_per_1k)::text,
  'outputPer1k', trim_scale(p.output_price_per_1k)::text, 'cacheReadPer1k', trim_scale(p.cache_read_price_per_1k)::text,
  'cacheWritePer1k', trim_scale(p.cache_write_price_per_1k)::text, 'tokenFactor', coalesce(m.token_factor, 1))
  FROM bedrock_model_prices p JOIN bedrock_models m USING (model_id) WHERE p.version`;

/** One statement for all, primary keys only. */
const BASES: PreparedStatement = {
  name: 'cost-bases',
  text: `
SELECT json_build_object(
  'scope', scope,
  'previous', (${PRICE} = "previousPriceVersion"),
  'next', (${PRICE} = "newPriceVersion"),
  'conversation', (SELECT json_build_object('exchanges', exchange_count,
      'inputTokens', input_tokens - cache_read_tokens - cache_write_tokens, 'outputTokens', output_tokens,
      'cacheReadTokens', cache_read_tokens, 'cacheWriteTokens', cache_write_tokens)
    FROM ai_conversations WHERE id = "conversationId"),
  'measured', (SELECT ${MEASURED_USAGE} FROM use_case_usage s WHERE s.use_case = name AND s.exchanges > 0),
  'configured', json_build_object('inputTokens', input_tokens_per_exchange, 'outputTokens', output_tokens_per_exchange,
      'exchangesPer30Days', exchanges_per_30_days, 'exchangesPerConversation', exchanges_per_conversation)) AS basis
FROM json_to_recordset($1) AS switched (place int, scope text, "conversationId" text, "useCase" text,
  "previousPriceVersion" bigint, "newPriceVersion" bigint) JOIN use_cases ON name = "useCase" ORDER BY place`,
};

/** Normalised tokens: divided by the factor of the model that counted them. */
const tokens = (kind: string) => `round(sum(h.${kind}_tokens / coalesce(m.token_factor, 1))) AS ${kind}`;
/**
 * Calls of the hours within the last 30 days, and since when there are any. The length of a conversation is that of its
 * whole life; where no conversation is known it is the configured one.
 */
const MEASURE = `
WITH lengths AS (
  SELECT use_case, percentile_cont(0.5) WITHIN GROUP (ORDER BY exchange_count) AS median FROM ai_conversations
  WHERE exchange_count > 0 AND last_exchange_at > $1::timestamptz - interval '30 days' GROUP BY use_case),
hours AS (
  SELECT h.use_case, sum(h.answered) AS exchanges, min(h.hour) AS since,
    ${['input', 'output', 'cache_read', 'cache_write'].map(tokens).join(', ')}
  FROM usage_hourly h LEFT JOIN bedrock_models m USING (model_id)
  WHERE h.hour > $1::timestamptz - interval '30 days' GROUP BY h.use_case),
measured AS (
  INSERT INTO use_case_usage AS known (use_case, exchanges, input_tokens, output_tokens, cache_read_tokens,
    cache_write_tokens, median_exchanges, measured_since, measured_at)
  SELECT name, exchanges, input, output, cache_read, cache_write, coalesce(median, exchanges_per_conversation), since, $1
  FROM hours JOIN use_cases ON name = use_case LEFT JOIN lengths USING (use_case) WHERE exchanges > 0
  ON CONFLICT (use_case) DO UPDATE SET exchanges = excluded.exchanges, input_tokens = excluded.input_tokens,
  output_tokens = excluded.output_tokens, cache_read_tokens = excluded.cache_read_tokens,
  cache_write_tokens = excluded.cache_write_tokens, median_exchanges = excluded.median_exchanges,
  measured_since = least(known.measured_since, excluded.measured_since), measured_at = excluded.measured_at
  RETURNING use_case)
UPDATE use_case_usage SET exchanges = 0, measured_at = $1
WHERE exchanges > 0 AND use_case NOT IN (SELECT use_case FROM measured)`;

@Injectable()
export class CostsRepository {
  constructor(private readonly db: DataSource) {}

  /** One for each, in their order. */
  async basesOf(switches: SwitchedModels[], tx: Transaction): Promise<CostBasis[]> {
    const asked = switches.map(
      ({ scope, conversationId, useCase, previousPriceVersion, newPriceVersion }, place) => ({
        place,
        scope,
        conversationId,
        useCase,
        previousPriceVersion,
        newPriceVersion,
      }),
    );
    const rows = await query<{ basis: CostBasis }>(tx, BASES, [JSON.stringify(asked)]);
    if (rows.length < switches.length) throw new Error('a switch is of a use case that is not there');
    return rows.map(({ basis }) => basis);
  }

  /** Adds up the last 30 days per use case; with many conversations this takes longer than a request may. */
  async measureUsage(now: Date): Promise<void> {
    await runLongStatement(this.db, { sql: MEASURE, parameters: [now], seconds: 60 });
  }
}
