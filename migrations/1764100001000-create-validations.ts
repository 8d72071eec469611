import type { MigrationInterface, QueryRunner } from 'typeorm';

const VALIDATIONS = `
ALTER TABLE bedrock_models ADD COLUMN validation_detail text;
COMMENT ON COLUMN bedrock_models.validation_detail IS 'why the sweep failed it, in our own words';
CREATE INDEX ai_conversations_pinned ON ai_conversations (pinned_model_id) WHERE pinned_model_id IS NOT NULL;

CREATE TABLE validation_sweeps (
  slot text PRIMARY KEY,
  started_at timestamptz NOT NULL,
  finished_at timestamptz
);
COMMENT ON COLUMN validation_sweeps.slot IS 'which run of the schedule this is: one per period for the whole fleet';

CREATE TABLE bedrock_model_validations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  model_id text NOT NULL REFERENCES bedrock_models,
  checked_at timestamptz NOT NULL,
  method text NOT NULL CHECK (method IN ('control_plane', 'probe', 'deep')),
  outcome text NOT NULL CHECK (outcome IN ('passed', 'failed', 'inconclusive')),
  error_kind text,
  detail text,
  latency_ms integer,
  tokens integer NOT NULL DEFAULT 0,
  cost_usd numeric(18, 9)
);
CREATE INDEX bedrock_model_validations_model ON bedrock_model_validations (model_id, id DESC);
CREATE INDEX bedrock_model_validations_time ON bedrock_model_validations (checked_at);

CREATE TABLE bedrock_model_health (
  model_id text PRIMARY KEY REFERENCES bedrock_models ON DELETE CASCADE,
  failures integer NOT NULL DEFAULT 0,
  successes integer NOT NULL DEFAULT 0,
  answered_at timestamptz,
  recheck_at timestamptz
);
COMMENT ON TABLE bedrock_model_health IS 'what the sweep remembers between runs: results in a row, the last answer';

CREATE TABLE lifecycle_warnings (
  model_id text NOT NULL REFERENCES bedrock_models ON DELETE CASCADE,
  milestone text NOT NULL CHECK (milestone IN ('legacy', 'extended_access', 'end_of_life')),
  days integer NOT NULL,
  due_at timestamptz NOT NULL,
  raised_at timestamptz NOT NULL,
  PRIMARY KEY (model_id, milestone, days, due_at)
);`;

export class CreateValidations1764100001000 implements MigrationInterface {
  readonly creates = [
    'validation_sweeps',
    'bedrock_model_validations',
    'bedrock_model_health',
    'lifecycle_warnings',
  ];

  async up(db: QueryRunner): Promise<void> {
    await db.query(VALIDATIONS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'DROP TABLE lifecycle_warnings, bedrock_model_health, bedrock_model_validations, validation_sweeps',
    );
    await db.query('DROP INDEX ai_conversations_pinned');
    await db.query('ALTER TABLE bedrock_models DROP COLUMN validation_detail');
  }
}
