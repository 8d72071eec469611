import type { MigrationInterface, QueryRunner } from 'typeorm';

const INSTANCES = `
CREATE TABLE instances (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('api', 'worker')),
  name text NOT NULL CHECK (length(name) <= 253),
  version text NOT NULL CHECK (length(version) <= 100),
  started_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  stopped_at timestamptz
);
COMMENT ON TABLE instances IS 'the processes of the api and of the worker; each renews seen_at while it runs';
COMMENT ON COLUMN instances.name IS 'host name: of the pod or of the container';
COMMENT ON COLUMN instances.stopped_at IS 'null: it runs, or it died';`;

/** Shows which processes run, also while Redis is unavailable. */
export class KeepHeartbeats1765351000000 implements MigrationInterface {
  readonly creates = ['instances'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(INSTANCES);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE instances');
  }
}
