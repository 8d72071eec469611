import type { MigrationInterface, QueryRunner } from 'typeorm';

const SERVICE_KEYS = `
CREATE TABLE service_keys (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  hash bytea NOT NULL UNIQUE,
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX service_keys_newest ON service_keys (created_at DESC, id DESC);`;

const IDEMPOTENCY_KEYS = `
CREATE TABLE idempotency_keys (
  actor text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  answer text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);`;

export class CreateServiceKeys1764000004000 implements MigrationInterface {
  readonly creates = ['service_keys', 'idempotency_keys'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(SERVICE_KEYS);
    await db.query(IDEMPOTENCY_KEYS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE idempotency_keys, service_keys');
  }
}
