import type { MigrationInterface, QueryRunner } from 'typeorm';

const WEBHOOKS = `
CREATE TABLE webhooks (
  id uuid PRIMARY KEY,
  owner text NOT NULL,
  feed text NOT NULL CHECK (feed IN ('users', 'operators')),
  url text NOT NULL,
  secret_id text NOT NULL,
  former_secret_id text,
  former_until timestamptz,
  position bigint NOT NULL,
  after_user text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  delivered_at timestamptz,
  failures integer NOT NULL DEFAULT 0,
  failing_since timestamptz,
  last_error text,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  disabled_at timestamptz,
  lease uuid,
  leased_until timestamptz
);
COMMENT ON COLUMN webhooks.owner IS 'the name of a service key: service_keys.name, or bootstrap';
COMMENT ON COLUMN webhooks.secret_id IS 'from which key of WEBHOOK_SIGNING_KEYS the secret is derived, and a random part; the secret itself is nowhere';
COMMENT ON COLUMN webhooks.position IS 'notifications.seq: everything up to it was delivered, or is not for this webhook';
COMMENT ON COLUMN webhooks.after_user IS 'of the notification at position + 1: up to which of its users it was delivered';
COMMENT ON COLUMN webhooks.lease IS 'which worker delivers now; without a delivery it ends at leased_until';
CREATE INDEX webhooks_owner ON webhooks (owner, created_at);`;

/** Creates the webhooks of back ends and their positions in the feed. */
export class CreateWebhooks1764800000000 implements MigrationInterface {
  readonly creates = ['webhooks'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(WEBHOOKS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE webhooks');
  }
}
