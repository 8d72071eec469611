import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { PUBLISHED } from './model-facts.js';
import { AWS_PRICE_LIST, type KnownPrices, type PriceQuote } from './price-quotes.js';
import { UPCOMING_PRICES } from './upcoming-prices.js';

const PRICES = (alias: string) =>
  [
    ...[
      'input_price_per_1k',
      'output_price_per_1k',
      'cache_read_price_per_1k',
      'cache_write_price_per_1k',
    ].map((column, at) => `trim_scale(${alias}.${column})::text AS "${FIELDS[at]}"`),
    `${alias}.price_dimensions AS dimensions`,
  ].join(', ');
const FIELDS = ['inputPer1k', 'outputPer1k', 'cacheReadPer1k', 'cacheWritePer1k'];

const GIVEN = `jsonb_to_recordset($1) AS given ("modelId" text, source text, "inputPer1k" numeric, "outputPer1k" numeric,
  "cacheReadPer1k" numeric, "cacheWritePer1k" numeric, dimensions jsonb, "validFrom" timestamptz)`;

type Row<T> = Omit<T, 'validFrom'> & { validFrom: Date };

@Injectable()
export class PriceQuotesRepository {
  constructor(private readonly db: DataSource) {}

  /** Locks the models, so that two imports do not decide about the same price at the same time. */
  async known(modelIds: string[], tx: Transaction): Promise<KnownPrices> {
    const prices = await tx.query(
      `SELECT model_id AS "modelId", price_source AS source, ${PRICES('m')} FROM bedrock_models m
       WHERE model_id = ANY($1) ORDER BY model_id FOR NO KEY UPDATE`,
      [modelIds],
    );
    const quotes: Row<PriceQuote>[] = await tx.query(
      `SELECT model_id AS "modelId", source, valid_from AS "validFrom", ${PRICES('q')} FROM model_price_quotes q
       WHERE model_id = ANY($1)`,
      [modelIds],
    );
    return { prices, quotes: quotes.map(dated) };
  }

  /** Returns the quotes that operators imported. */
  async byOperators(tx: Transaction): Promise<PriceQuote[]> {
    const rows: Row<PriceQuote>[] = await tx.query(
      `SELECT model_id AS "modelId", source, valid_from AS "validFrom", ${PRICES('q')} FROM model_price_quotes q
       WHERE source NOT LIKE $1 || '%' AND source <> $2`,
      [PUBLISHED, AWS_PRICE_LIST],
    );
    return rows.map(dated);
  }

  async store(quotes: PriceQuote[], now: Date, tx: Transaction): Promise<void> {
    if (quotes.length === 0) return;
    await tx.query(
      `INSERT INTO model_price_quotes (model_id, source, input_price_per_1k, output_price_per_1k,
         cache_read_price_per_1k, cache_write_price_per_1k, price_dimensions, valid_from, imported_at)
       SELECT "modelId", source, "inputPer1k", "outputPer1k", "cacheReadPer1k", "cacheWritePer1k", dimensions, "validFrom", $2
       FROM ${GIVEN}
       ON CONFLICT (model_id, source) DO UPDATE SET (input_price_per_1k, output_price_per_1k, cache_read_price_per_1k,
           cache_write_price_per_1k, price_dimensions, valid_from, imported_at)
         = (excluded.input_price_per_1k, excluded.output_price_per_1k, excluded.cache_read_price_per_1k,
           excluded.cache_write_price_per_1k, excluded.price_dimensions, excluded.valid_from, excluded.imported_at)`,
      [JSON.stringify(quotes), now],
    );
  }

  /** Sets prices from the time on that they were given for, which has passed. */
  async setUpcoming(quotes: PriceQuote[], tx: Transaction): Promise<void> {
    for (const quote of quotes) {
      await tx.query(`SELECT set_config('orchestrator.price_valid_from', $1, true)`, [quote.validFrom]);
      await this.setPrices([quote], tx);
    }
    await tx.query(`SELECT set_config('orchestrator.price_valid_from', '', true)`);
  }

  /** Sets prices. A price comes from one source as a whole: values that it lacks are unknown. */
  async setPrices(quotes: PriceQuote[], tx: Transaction): Promise<void> {
    if (quotes.length === 0) return;
    await tx.query(
      `UPDATE bedrock_models SET input_price_per_1k = "inputPer1k", output_price_per_1k = "outputPer1k",
         cache_read_price_per_1k = "cacheReadPer1k", cache_write_price_per_1k = "cacheWritePer1k",
         price_dimensions = dimensions, price_source = source, updated_at = now()
       FROM ${GIVEN} WHERE model_id = "modelId"`,
      [JSON.stringify(quotes)],
    );
  }

  /** Returns quotes given in advance that become prices later, the next first; at most one a model and source. */
  async upcoming(): Promise<PriceQuote[]> {
    const rows: Row<PriceQuote>[] = await this.db.query(
      `SELECT q.model_id AS "modelId", q.source, q.valid_from AS "validFrom", ${PRICES('q')}
       ${UPCOMING_PRICES} ORDER BY q.valid_from, q.model_id, q.source`,
    );
    return rows.map(dated);
  }

  /** Returns quotes given in advance that are valid now, unless a newer price was set. */
  async due(now: Date, tx: Transaction): Promise<PriceQuote[]> {
    const rows: Row<PriceQuote>[] = await tx.query(
      `SELECT DISTINCT ON (q.model_id) q.model_id AS "modelId", q.source, q.valid_from AS "validFrom", ${PRICES('q')}
       ${UPCOMING_PRICES} AND q.valid_from <= $1 ORDER BY q.model_id, q.valid_from`,
      [now],
    );
    return rows.map(dated);
  }
}

const dated = ({ validFrom, ...quote }: Row<PriceQuote>): PriceQuote => ({
  ...quote,
  validFrom: validFrom.toISOString(),
});
