import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keeps who requested a sweep, what it checks and how far it is; the schedule requests nothing. */
export class RequestSweeps1765110003000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE validation_sweeps
      ADD COLUMN requested_by text, ADD COLUMN deep boolean NOT NULL DEFAULT false, ADD COLUMN model_ids text[],
      ADD COLUMN total integer, ADD COLUMN checked integer NOT NULL DEFAULT 0,
      ADD COLUMN failed integer NOT NULL DEFAULT 0, ADD COLUMN broken_off boolean NOT NULL DEFAULT false`);
    await db.query(
      `COMMENT ON COLUMN validation_sweeps.requested_by IS 'the service key; null: the schedule'`,
    );
    await db.query(`COMMENT ON COLUMN validation_sweeps.total IS 'models to check; null: it has not begun'`);
    await db.query('CREATE INDEX validation_sweeps_time ON validation_sweeps (started_at DESC)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX validation_sweeps_time');
    await db.query(`ALTER TABLE validation_sweeps DROP COLUMN requested_by, DROP COLUMN deep, DROP COLUMN model_ids,
      DROP COLUMN total, DROP COLUMN checked, DROP COLUMN failed, DROP COLUMN broken_off`);
  }
}
