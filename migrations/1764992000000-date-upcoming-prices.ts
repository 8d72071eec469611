import type { MigrationInterface, QueryRunner } from 'typeorm';

/** @param from when the price begins to count */
const RECORD_PRICE = (from: string) => `
CREATE OR REPLACE FUNCTION record_model_price() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  moment timestamptz := ${from};
BEGIN
  UPDATE bedrock_model_prices SET valid_to = moment WHERE model_id = NEW.model_id AND valid_to IS NULL;
  INSERT INTO bedrock_model_prices (model_id, input_price_per_1k, output_price_per_1k, cache_read_price_per_1k,
    cache_write_price_per_1k, source, valid_from)
  VALUES (NEW.model_id, NEW.input_price_per_1k, NEW.output_price_per_1k, NEW.cache_read_price_per_1k,
    NEW.cache_write_price_per_1k, NEW.price_source, moment);
  RETURN NULL;
END $$`;

/** Dates a price that was given ahead from the time that it was given for, whenever a process sets it. */
export class DateUpcomingPrices1764992000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(
      RECORD_PRICE(
        `least(nullif(current_setting('orchestrator.price_valid_from', true), '')::timestamptz, clock_timestamp())`,
      ),
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(RECORD_PRICE('clock_timestamp()'));
  }
}
