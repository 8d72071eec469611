import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keeps when each loop that one process runs at a time was last at work. */
export class BeatSingletonLoops1765310000000 implements MigrationInterface {
  readonly creates = ['singleton_loops'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE singleton_loops (name text PRIMARY KEY, heartbeat_at timestamptz NOT NULL) WITH (fillfactor = 50)`,
    );
    await db.query(
      `COMMENT ON TABLE singleton_loops IS 'loops that one process runs at a time, and when a step of each last began'`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE singleton_loops');
  }
}
