import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { runLongStatement } from '#libs/platform/database/long-statement.js';
import type { Statement } from '#libs/platform/database/open-transaction.js';
import { ask, type Transaction } from '#libs/platform/database/transactions.js';
import type { CostBasis } from './cost-impact.js';

/** The switch whose cost is asked for. */
export interface SwitchedModels {
  scope: 'conversation' | 'use_case';
  conversationId: string | null;
  useCase: string;
  previousPriceVersion: number | null;
  newPriceVersion: number | null;
}

const PRICE = `SELECT json_build_object('inputPer1k', trim_scale(input_price_per_1k)::text,
  'outputPer1k', trim_scale(output_price_per_1k)::text) FROM bedrock_model_prices WHERE version`;

/** One statement for all, primary keys only. */
const BASES: Statement = {
  name: 'cost-bases',
  text: `
SELECT json_build_object(
  'scope', scope,
  'previous', (${PRICE} = "previousPriceVersion"),
  'next', (${PRICE} = "newPriceVersion"),
  'conversation', (SELECT json_build_object('exchanges', exchange_count, 'inputTokens', input_tokens,
      'outputTokens', output_tokens) FROM ai_conversations WHERE id = "conversationId"),
  'measured', (SELECT json_build_object('inputTokens', round(input_tokens::numeric / exchanges, 9),
      'outputTokens', round(output_tokens::numeric / exchanges, 9), 'exchanges30Days', exchanges,
      'exchangesPerConversation', median_exchanges) FROM use_case_usage WHERE use_case = name AND exchanges > 0),
  'configured', json_build_object('inputTokens', input_tokens_per_exchange, 'outputTokens', output_tokens_per_exchange,
      'exchanges30Days', exchanges_per_30_days, 'exchangesPerConversation', exchanges_per_conversation)) AS basis
FROM json_to_recordset($1) AS switched (place int, scope text, "conversationId" text, "useCase" text,
  "previousPriceVersion" bigint, "newPriceVersion" bigint) JOIN use_cases ON name = "useCase" ORDER BY place`,
};

const MEASURE = `
INSERT INTO use_case_usage (use_case, exchanges, input_tokens, output_tokens, median_exchanges, measured_at)
SELECT use_case, sum(exchange_count), sum(input_tokens), sum(output_tokens),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY exchange_count), $1
FROM ai_conversations WHERE exchange_count > 0 AND last_exchange_at > $1::timestamptz - interval '30 days'
GROUP BY use_case
ON CONFLICT (use_case) DO UPDATE SET exchanges = excluded.exchanges, input_tokens = excluded.input_tokens,
  output_tokens = excluded.output_tokens, median_exchanges = excluded.median_exchanges, measured_at = excluded.measured_at`;

@Injectable()
export class CostsRepository {
  constructor(private readonly db: DataSource) {}

  /** One for each, in their order. */
  async basesOf(switches: SwitchedModels[], tx: Transaction): Promise<CostBasis[]> {
    const asked = switches.map(
      ({ scope, conversationId, useCase, previousPriceVersion, newPriceVersion }, place) => ({
        ...{ place, scope, conversationId, useCase, previousPriceVersion, newPriceVersion },
      }),
    );
    const rows = await ask<{ basis: CostBasis }>(tx, BASES, [JSON.stringify(asked)]);
    if (rows.length < switches.length) throw new Error('a switch is of a use case that is not there');
    return rows.map(({ basis }) => basis);
  }

  /** Adds up the last 30 days per use case; with many conversations this takes longer than a request may. */
  async measureUsage(now: Date): Promise<void> {
    await runLongStatement(this.db, { sql: MEASURE, parameters: [now], seconds: 60 });
  }
}
