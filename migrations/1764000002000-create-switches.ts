import type { MigrationInterface, QueryRunner } from 'typeorm';

const EVENTS = `
CREATE TABLE switch_events (
  id uuid PRIMARY KEY,
  scope text NOT NULL CHECK (scope IN ('conversation', 'use_case')),
  conversation_id text,
  use_case text NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  user_id text NOT NULL,
  actor text NOT NULL,
  on_behalf_of text,
  switch_action text NOT NULL CHECK (switch_action IN ('manual_switch', 'auto_switch', 'fallback_switch')),
  switch_type text NOT NULL CHECK (switch_type IN ('auto', 'manual')),
  previous_model_id text NOT NULL,
  new_model_id text NOT NULL CHECK (new_model_id <> previous_model_id),
  previous_price_version bigint,
  new_price_version bigint,
  reason text,
  notification_shown boolean NOT NULL,
  notification_title text NOT NULL,
  notification_message text NOT NULL,
  request_id text NOT NULL,
  occurred_at timestamptz NOT NULL,
  CONSTRAINT scope_has_its_conversation CHECK ((scope = 'conversation') = (conversation_id IS NOT NULL))
);
CREATE UNIQUE INDEX switch_events_conversation_seq ON switch_events (conversation_id, seq) WHERE conversation_id IS NOT NULL;
CREATE UNIQUE INDEX switch_events_use_case_seq ON switch_events (use_case, seq) WHERE conversation_id IS NULL;
CREATE INDEX switch_events_time ON switch_events (occurred_at DESC, id DESC);
CREATE INDEX switch_events_user ON switch_events (user_id, occurred_at DESC, id DESC);
CREATE INDEX switch_events_fallbacks ON switch_events (occurred_at DESC, id DESC)
  WHERE switch_action = 'fallback_switch';
CREATE INDEX switch_events_use_case ON switch_events (use_case, occurred_at DESC, id DESC);`;

const OUTBOX = `
CREATE TABLE outbox (
  id uuid PRIMARY KEY,
  job text NOT NULL,
  available_at timestamptz NOT NULL DEFAULT now(),
  publish_count integer NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0,
  history jsonb NOT NULL DEFAULT '[]',
  dead_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE outbox IS 'work not done yet; dead_at: failed too often, set aside with its history for a person';
CREATE INDEX outbox_due ON outbox (job, available_at) WHERE dead_at IS NULL;`;

const AUDIT = `
CREATE TABLE bedrock_model_switches (
  id uuid PRIMARY KEY REFERENCES switch_events,
  user_id text NOT NULL,
  conversation_id text,
  previous_model_id text NOT NULL,
  new_model_id text NOT NULL,
  switch_action text NOT NULL CHECK (switch_action IN ('manual_switch', 'auto_switch', 'fallback_switch')),
  reason text,
  notification_shown boolean NOT NULL,
  notification_title text NOT NULL,
  notification_message text NOT NULL,
  switch_type text NOT NULL CHECK (switch_type IN ('auto', 'manual')),
  timestamp timestamptz NOT NULL,
  cost_impact_estimated numeric(18, 6),
  created_at timestamptz NOT NULL DEFAULT now(),
  scope text NOT NULL CHECK (scope IN ('conversation', 'use_case')),
  use_case text NOT NULL,
  seq bigint NOT NULL,
  actor text NOT NULL,
  on_behalf_of text,
  previous_price_version bigint,
  new_price_version bigint,
  request_id text NOT NULL,
  cost_impact_horizon text NOT NULL,
  cost_impact_assumption jsonb NOT NULL,
  CONSTRAINT scope_has_its_conversation CHECK ((scope = 'conversation') = (conversation_id IS NOT NULL))
);
COMMENT ON COLUMN bedrock_model_switches.cost_impact_estimated IS
  'USD saved over the horizon, positive = cheaper; null: a price is unknown';
CREATE INDEX idx_bedrock_switches_user_id ON bedrock_model_switches(user_id);
CREATE INDEX idx_bedrock_switches_conversation_id ON bedrock_model_switches(conversation_id);
CREATE INDEX idx_bedrock_switches_new_model_id ON bedrock_model_switches(new_model_id);
CREATE INDEX idx_bedrock_switches_timestamp ON bedrock_model_switches(timestamp DESC);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;`;

const APPEND_ONLY = ['switch_events', 'bedrock_model_switches'];

/**
 * Creates the immutable event of a switch, the outbox that passes it to the worker, and the audit row that the worker
 * writes.
 */
export class CreateSwitches1764000002000 implements MigrationInterface {
  readonly creates = [...APPEND_ONLY, 'outbox'];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of [EVENTS, OUTBOX, AUDIT]) await db.query(statement);
    for (const table of APPEND_ONLY)
      await db.query(
        `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
      );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE bedrock_model_switches, outbox, switch_events');
    await db.query('DROP FUNCTION refuse_change()');
  }
}
