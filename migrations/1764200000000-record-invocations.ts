import type { MigrationInterface, QueryRunner } from 'typeorm';

const INVOCATIONS = `
CREATE TABLE model_invocations (
  id uuid NOT NULL,
  started_at timestamptz NOT NULL,
  request_id text NOT NULL,
  conversation_id text,
  use_case text NOT NULL,
  user_id text NOT NULL,
  actor text NOT NULL,
  on_behalf_of text,
  model_id text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('answered', 'refused', 'failed', 'cancelled')),
  error_kind text,
  stop_reason text,
  input_tokens integer CHECK (input_tokens >= 0),
  output_tokens integer CHECK (output_tokens >= 0),
  cache_read_tokens integer CHECK (cache_read_tokens >= 0),
  cache_write_tokens integer CHECK (cache_write_tokens >= 0),
  estimated boolean NOT NULL,
  cost_usd numeric(24, 15) CHECK (cost_usd >= 0),
  price_version bigint,
  attempts jsonb NOT NULL,
  latency_ms integer NOT NULL CHECK (latency_ms >= 0),
  first_text_ms integer CHECK (first_text_ms >= 0),
  streamed boolean NOT NULL,
  PRIMARY KEY (id, started_at),
  CONSTRAINT usage_is_known_as_a_whole
    CHECK (num_nulls(input_tokens, output_tokens, cache_read_tokens, cache_write_tokens) IN (0, 4))
) PARTITION BY RANGE (started_at);
COMMENT ON TABLE model_invocations IS 'one row per call of a chat, a partition per month; never any text of a prompt or an answer';
COMMENT ON COLUMN model_invocations.cost_usd IS 'at the prices of price_version; null: not known';
CREATE TABLE model_invocations_default PARTITION OF model_invocations DEFAULT;

CREATE TABLE invocations_to_roll_up (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  invocation_ids uuid[] NOT NULL,
  started_ats timestamptz[] NOT NULL
);
COMMENT ON TABLE invocations_to_roll_up IS 'calls that no roll-up counts yet, a row per batch: written and deleted with what it is about';`;

/**
 * Creates the partition of a month, this many months ahead. The application may not change the schema, so that this
 * runs with the owner's rights, which allow nothing else. Rows of a month without a partition are in the default one,
 * and are moved.
 */
export const PARTITIONS = `
CREATE FUNCTION make_invocation_partition(ahead integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' AS $$
DECLARE
  month timestamptz := date_trunc('month', now()) + make_interval(months => least(greatest(ahead, 0), 12));
  name text := 'model_invocations_' || to_char(month, 'YYYY_MM');
  role name;
BEGIN
  IF to_regclass(name) IS NOT NULL THEN RETURN false; END IF;
  EXECUTE format('CREATE TABLE %I (LIKE model_invocations INCLUDING ALL)', name);
  EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', name);
  FOR role IN SELECT rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated') LOOP
    EXECUTE format('REVOKE ALL ON %I FROM %I', name, role);
  END LOOP;
  LOCK TABLE model_invocations_default IN ACCESS EXCLUSIVE MODE;
  EXECUTE format('WITH moved AS (DELETE FROM model_invocations_default WHERE started_at >= %L AND started_at < %L
    RETURNING *) INSERT INTO %I SELECT * FROM moved', month, month + interval '1 month', name);
  EXECUTE format('ALTER TABLE model_invocations ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
    name, month, month + interval '1 month');
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION make_invocation_partition(integer) FROM PUBLIC;
SELECT make_invocation_partition(ahead) FROM generate_series(0, 3) AS ahead;`;

/** Creates the tables of calls with their usage and cost. */
export class RecordInvocations1764200000000 implements MigrationInterface {
  readonly creates = ['model_invocations', 'invocations_to_roll_up'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(INVOCATIONS);
    await db.query(PARTITIONS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP FUNCTION make_invocation_partition(integer)');
    await db.query('DROP TABLE invocations_to_roll_up, model_invocations');
  }
}
