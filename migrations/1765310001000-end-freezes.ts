import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Holds use cases that are added during a freeze of all, and finds what the change clock has to do. */
export class EndFreezes1765310001000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
CREATE FUNCTION freeze_new_use_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.frozen_until := (SELECT max(ends_at) FROM freezes
    WHERE use_cases IS NULL AND ended_early_at IS NULL AND ends_at > now());
  RETURN NEW;
END $$`);
    await db.query(
      'CREATE TRIGGER freeze_new BEFORE INSERT ON use_cases FOR EACH ROW EXECUTE FUNCTION freeze_new_use_case()',
    );
    await db.query('CREATE INDEX freezes_end_id ON freezes (ends_at DESC, id DESC)');
    await db.query(
      `CREATE INDEX change_requests_missed ON change_requests (ended_at) WHERE state = 'expired'`,
    );
    await db.query(
      `CREATE INDEX change_decisions_broken ON change_decisions (actor, change_id) WHERE kind = 'break_glass'`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX change_decisions_broken');
    await db.query('DROP INDEX change_requests_missed');
    await db.query('DROP INDEX freezes_end_id');
    await db.query('DROP TRIGGER freeze_new ON use_cases');
    await db.query('DROP FUNCTION freeze_new_use_case()');
  }
}
