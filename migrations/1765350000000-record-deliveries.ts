import type { MigrationInterface, QueryRunner } from 'typeorm';

const DELIVERIES = `
CREATE TABLE webhook_deliveries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  webhook_id uuid NOT NULL,
  message_id text NOT NULL CHECK (length(message_id) <= 200),
  notification_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('delivered', 'recovered', 'failed')),
  attempt integer,
  attempted_at timestamptz NOT NULL,
  duration_ms integer NOT NULL,
  status integer,
  error text CHECK (length(error) <= 200),
  resent_by text
);
COMMENT ON TABLE webhook_deliveries IS 'each attempt to deliver a message to a webhook, without the message and without the response but its status';
COMMENT ON COLUMN webhook_deliveries.webhook_id IS 'may be deleted: a foreign key would make each batch of attempts fail with it';
COMMENT ON COLUMN webhook_deliveries.state IS 'recovered: delivered after failed attempts';
COMMENT ON COLUMN webhook_deliveries.attempt IS 'since the last delivery; null: a resend';
CREATE INDEX webhook_deliveries_of_webhook ON webhook_deliveries (webhook_id, attempted_at DESC, id DESC);
CREATE INDEX webhook_deliveries_failed ON webhook_deliveries (webhook_id, state, attempted_at DESC, id DESC)
  WHERE state <> 'delivered';
CREATE INDEX webhook_deliveries_age ON webhook_deliveries (attempted_at);`;

/** Keeps each attempt to deliver a message to a webhook, for some days. */
export class RecordDeliveries1765350000000 implements MigrationInterface {
  readonly creates = ['webhook_deliveries'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(DELIVERIES);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE webhook_deliveries');
  }
}
