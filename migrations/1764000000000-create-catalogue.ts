import type { MigrationInterface, QueryRunner } from 'typeorm';

const MODELS = `
CREATE TABLE bedrock_models (
  model_id text PRIMARY KEY CHECK (length(model_id) BETWEEN 1 AND 256),
  foundation_model_id text NOT NULL,
  name text NOT NULL,
  provider text NOT NULL,
  use_case text,
  max_tokens integer CHECK (max_tokens > 0),
  context_window integer CHECK (context_window > 0),
  tier integer,
  lifecycle_status text NOT NULL DEFAULT 'ACTIVE' CHECK (lifecycle_status IN ('ACTIVE', 'LEGACY', 'EOL')),
  legacy_at timestamptz,
  extended_access_at timestamptz,
  end_of_life_at timestamptz,
  invoke_with text CHECK (invoke_with IN ('inference_profile', 'foundation_model')),
  destination_regions text[],
  successor_model_id text REFERENCES bedrock_models,
  input_price_per_1k numeric(18, 12) CHECK (input_price_per_1k >= 0),
  output_price_per_1k numeric(18, 12) CHECK (output_price_per_1k >= 0),
  cache_read_price_per_1k numeric(18, 12) CHECK (cache_read_price_per_1k >= 0),
  cache_write_price_per_1k numeric(18, 12) CHECK (cache_write_price_per_1k >= 0),
  price_source text,
  time_to_first_token_ms integer,
  is_available boolean NOT NULL DEFAULT false,
  validation_status text NOT NULL DEFAULT 'unknown' CHECK (validation_status IN ('unknown', 'passed', 'failed')),
  last_validated_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT available_models_are_complete
    CHECK (NOT is_available OR (use_case IS NOT NULL AND max_tokens IS NOT NULL AND tier IS NOT NULL))
);
COMMENT ON COLUMN bedrock_models.invoke_with IS 'how model_id is invoked from the service''s region; null: not at all';
COMMENT ON COLUMN bedrock_models.destination_regions IS 'where an inference profile may send a prompt; null: not read yet';

CREATE TABLE bedrock_model_prices (
  version bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  model_id text NOT NULL REFERENCES bedrock_models ON DELETE CASCADE,
  input_price_per_1k numeric(18, 12),
  output_price_per_1k numeric(18, 12),
  cache_read_price_per_1k numeric(18, 12),
  cache_write_price_per_1k numeric(18, 12),
  source text,
  valid_from timestamptz NOT NULL,
  valid_to timestamptz
);
CREATE UNIQUE INDEX bedrock_model_prices_current ON bedrock_model_prices (model_id) WHERE valid_to IS NULL;
CREATE INDEX bedrock_model_prices_history ON bedrock_model_prices (model_id, valid_from);`;

const USE_CASES = `
CREATE TABLE use_cases (
  name text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 128),
  objective text NOT NULL CHECK (objective IN ('quality', 'cost', 'latency')),
  active_model_id text NOT NULL REFERENCES bedrock_models,
  cool_downs jsonb NOT NULL DEFAULT '{}',
  input_tokens_per_exchange integer NOT NULL CHECK (input_tokens_per_exchange > 0),
  output_tokens_per_exchange integer NOT NULL CHECK (output_tokens_per_exchange > 0),
  exchanges_per_conversation integer NOT NULL CHECK (exchanges_per_conversation > 0),
  exchanges_per_30_days bigint NOT NULL CHECK (exchanges_per_30_days > 0),
  version bigint NOT NULL DEFAULT 1,
  switch_seq bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN use_cases.cool_downs IS 'model id -> until when a failure keeps it from being chosen in this use case';
ALTER TABLE bedrock_models ADD CONSTRAINT bedrock_models_use_case
  FOREIGN KEY (use_case) REFERENCES use_cases DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE use_case_candidates (
  use_case text NOT NULL REFERENCES use_cases ON DELETE CASCADE,
  model_id text NOT NULL REFERENCES bedrock_models,
  position integer NOT NULL CHECK (position > 0),
  PRIMARY KEY (use_case, model_id),
  UNIQUE (use_case, position) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE use_case_usage (
  use_case text PRIMARY KEY REFERENCES use_cases ON DELETE CASCADE,
  exchanges bigint NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  median_exchanges numeric NOT NULL,
  measured_at timestamptz NOT NULL
);
COMMENT ON TABLE use_case_usage IS 'what the last 30 days measured; no row: nothing measured yet';

CREATE TABLE ai_assistants (
  id text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 128),
  name text NOT NULL,
  use_case text NOT NULL REFERENCES use_cases,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);`;

/** The search path is fixed so that the triggers also work for an operator who edits a row by SQL. */
const PRICE_HISTORY = `
CREATE FUNCTION record_model_price() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  moment timestamptz := clock_timestamp();
BEGIN
  UPDATE bedrock_model_prices SET valid_to = moment WHERE model_id = NEW.model_id AND valid_to IS NULL;
  INSERT INTO bedrock_model_prices (model_id, input_price_per_1k, output_price_per_1k, cache_read_price_per_1k,
    cache_write_price_per_1k, source, valid_from)
  VALUES (NEW.model_id, NEW.input_price_per_1k, NEW.output_price_per_1k, NEW.cache_read_price_per_1k,
    NEW.cache_write_price_per_1k, NEW.price_source, moment);
  RETURN NULL;
END $$;
CREATE TRIGGER first_price AFTER INSERT ON bedrock_models FOR EACH ROW EXECUTE FUNCTION record_model_price();
CREATE TRIGGER changed_price AFTER UPDATE ON bedrock_models FOR EACH ROW
  WHEN ((OLD.input_price_per_1k, OLD.output_price_per_1k, OLD.cache_read_price_per_1k, OLD.cache_write_price_per_1k)
    IS DISTINCT FROM
    (NEW.input_price_per_1k, NEW.output_price_per_1k, NEW.cache_read_price_per_1k, NEW.cache_write_price_per_1k))
  EXECUTE FUNCTION record_model_price();`;

const VERSION = `
CREATE TABLE catalogue_version (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  version bigint NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO catalogue_version (version) VALUES (1);
CREATE FUNCTION bump_catalogue_version() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE catalogue_version SET version = version + 1, changed_at = clock_timestamp();
  RETURN NULL;
END $$;`;

const VERSIONED = ['bedrock_models', 'use_cases', 'use_case_candidates', 'use_case_usage', 'ai_assistants'];

/** Models, prices with their history, use cases with candidates, assistants; and the version that caches compare. */
export class CreateCatalogue1764000000000 implements MigrationInterface {
  readonly creates = [...VERSIONED, 'bedrock_model_prices', 'catalogue_version'];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of [MODELS, USE_CASES, PRICE_HISTORY, VERSION]) await db.query(statement);
    for (const table of VERSIONED)
      await db.query(
        `CREATE TRIGGER bump_version AFTER INSERT OR UPDATE OR DELETE ON ${table}
         FOR EACH STATEMENT EXECUTE FUNCTION bump_catalogue_version()`,
      );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE bedrock_models DROP CONSTRAINT bedrock_models_use_case');
    await db.query(
      'DROP TABLE ai_assistants, use_case_usage, use_case_candidates, use_cases, bedrock_model_prices, bedrock_models, catalogue_version',
    );
    await db.query('DROP FUNCTION record_model_price(), bump_catalogue_version()');
  }
}
