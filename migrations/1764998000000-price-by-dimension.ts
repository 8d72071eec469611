import type { MigrationInterface, QueryRunner } from 'typeorm';

const PRICED = ['bedrock_models', 'bedrock_model_prices', 'model_price_quotes'];
const COLUMN = (table: string) => `
ALTER TABLE ${table}
  ADD COLUMN price_dimensions jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(price_dimensions) = 'object');
COMMENT ON COLUMN ${table}.price_dimensions IS
  '{cacheWrite1hPer1k, serviceTiers: {tier -> prices}, longContext: {aboveInputTokens, prices}}, USD per 1,000 tokens; absent: not known';`;

const BASE = [
  'input_price_per_1k',
  'output_price_per_1k',
  'cache_read_price_per_1k',
  'cache_write_price_per_1k',
];
const ALL = [...BASE, 'price_dimensions'];
const of = (row: 'OLD' | 'NEW', columns: string[]) => columns.map((column) => `${row}.${column}`).join(', ');

/** The triggers that begin a price version, and name the source of a price that plain SQL sets. */
const TRIGGERS = (columns: string[]) => `
CREATE OR REPLACE FUNCTION record_model_price() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  moment timestamptz := least(nullif(current_setting('orchestrator.price_valid_from', true), '')::timestamptz, clock_timestamp());
BEGIN
  UPDATE bedrock_model_prices SET valid_to = moment WHERE model_id = NEW.model_id AND valid_to IS NULL;
  INSERT INTO bedrock_model_prices (model_id, ${columns.join(', ')}, source, valid_from)
  VALUES (NEW.model_id, ${of('NEW', columns)}, NEW.price_source, moment);
  RETURN NULL;
END $$;
DROP TRIGGER changed_price ON bedrock_models;
CREATE TRIGGER changed_price AFTER UPDATE ON bedrock_models FOR EACH ROW
  WHEN ((${of('OLD', columns)}) IS DISTINCT FROM (${of('NEW', columns)}))
  EXECUTE FUNCTION record_model_price();
DROP TRIGGER name_source ON bedrock_models;
CREATE TRIGGER name_source BEFORE UPDATE ON bedrock_models FOR EACH ROW
  WHEN (OLD.price_source LIKE 'public sources%' AND OLD.price_source IS NOT DISTINCT FROM NEW.price_source AND
    (${of('OLD', columns)}) IS DISTINCT FROM (${of('NEW', columns)}))
  EXECUTE FUNCTION name_source_of_price();`;

/**
 * Adds prices by time to live of cache writes, service tier and length of the prompt. The four base prices mean what they
 * meant. An instance of the release before leaves the dimensions as they are when it sets a price.
 */
export class PriceByDimension1764998000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const table of PRICED) await db.query(COLUMN(table));
    await db.query(TRIGGERS(ALL));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(TRIGGERS(BASE));
    for (const table of PRICED) await db.query(`ALTER TABLE ${table} DROP COLUMN price_dimensions`);
  }
}
