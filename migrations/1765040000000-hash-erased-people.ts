import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By a trigger, because the release before begins erasures without the column. */
const HASH = `
ALTER TABLE erasures ADD COLUMN person_hash bytea;
COMMENT ON COLUMN erasures.person_hash IS
  'SHA-256 of the erasure''s id, a colon and the person: finds calls that are recorded late; null: 30 days after the erasure, or one of an earlier release';
CREATE FUNCTION hash_erased_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.person_hash := sha256(convert_to(NEW.id || ':' || NEW.person, 'UTF8'));
  RETURN NEW;
END $$;
CREATE TRIGGER hash_person BEFORE INSERT ON erasures FOR EACH ROW EXECUTE FUNCTION hash_erased_person();`;

/** Keeps a hash of an erased person for a time, so that a call which is recorded late does not name the person again. */
export class HashErasedPeople1765040000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(HASH);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER hash_person ON erasures');
    await db.query('DROP FUNCTION hash_erased_person()');
    await db.query('ALTER TABLE erasures DROP COLUMN person_hash');
  }
}
