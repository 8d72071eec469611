import type { MigrationInterface, QueryRunner } from 'typeorm';

const refuseAllButErasure = (demand: string) => `
CREATE OR REPLACE FUNCTION refuse_all_but_erasure() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  personal text[] := '{user_id,actor,on_behalf_of,reason,notification_message,request_id}';
BEGIN
  IF NEW.user_id ~ '^erased:' AND OLD.user_id !~ '^erased:'
    AND (NEW.reason, NEW.notification_message, NEW.request_id)
      IS NOT DISTINCT FROM (CASE WHEN OLD.reason IS NOT NULL THEN 'erased' END, 'erased', 'erased')
    AND to_jsonb(OLD) - personal = to_jsonb(NEW) - personal${demand}
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;`;

/** The pseudonym must be that of an erasure of this person, which is recorded before, with the caller. */
const RECORDED = `
    AND EXISTS (SELECT FROM erasures e WHERE e.pseudonym = NEW.user_id AND e.person = OLD.user_id)`;

const KEPT = `
CREATE FUNCTION keep_record_of_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.pseudonym, NEW.requested_by, NEW.requested_at)
    IS NOT DISTINCT FROM (OLD.id, OLD.pseudonym, OLD.requested_by, OLD.requested_at)
    AND (NEW.person IS NULL OR NEW.person IS NOT DISTINCT FROM OLD.person)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'who asked for an erasure, and whom it is about, does not change' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER keep_record BEFORE UPDATE ON erasures FOR EACH ROW EXECUTE FUNCTION keep_record_of_erasure();`;

/** Allows changes of audit rows only for a recorded erasure, and makes that record immutable. */
export class DemandRecordsOfErasures1764950002000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(refuseAllButErasure(RECORDED));
    await db.query(KEPT);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER keep_record ON erasures');
    await db.query('DROP FUNCTION keep_record_of_erasure()');
    await db.query(refuseAllButErasure(''));
  }
}
