import type { MigrationInterface, QueryRunner } from 'typeorm';

const QUOTES = `
CREATE TABLE model_price_quotes (
  model_id text NOT NULL REFERENCES bedrock_models ON DELETE CASCADE,
  source text NOT NULL CHECK (length(source) BETWEEN 1 AND 128),
  input_price_per_1k numeric(18, 12) NOT NULL CHECK (input_price_per_1k >= 0),
  output_price_per_1k numeric(18, 12) NOT NULL CHECK (output_price_per_1k >= 0),
  cache_read_price_per_1k numeric(18, 12) CHECK (cache_read_price_per_1k >= 0),
  cache_write_price_per_1k numeric(18, 12) CHECK (cache_write_price_per_1k >= 0),
  valid_from timestamptz NOT NULL,
  imported_at timestamptz NOT NULL,
  PRIMARY KEY (model_id, source)
);
COMMENT ON TABLE model_price_quotes IS 'the last thing each source said about the price of a model; which of them counts is in bedrock_models';
CREATE TRIGGER bump_version AFTER INSERT OR UPDATE ON model_price_quotes
  FOR EACH STATEMENT EXECUTE FUNCTION bump_catalogue_version();`;

/** Stores the price by every source, so that a conflict between them can be shown. */
export class KeepPriceQuotes1764100002000 implements MigrationInterface {
  readonly creates = ['model_price_quotes'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(QUOTES);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE model_price_quotes');
  }
}
