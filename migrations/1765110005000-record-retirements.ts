import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records the retirement of a model, also by plain SQL. */
const RECORD = `
CREATE FUNCTION record_retirement() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.is_available THEN
    NEW.retired_by := NULL;
    NEW.retired_at := NULL;
  ELSIF OLD.is_available THEN
    NEW.retired_by := coalesce(nullif(current_setting('orchestrator.actor', true), ''), 'sql:' || session_user);
    NEW.retired_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER record_retirement BEFORE UPDATE OF is_available ON bedrock_models
  FOR EACH ROW EXECUTE FUNCTION record_retirement();`;

/** Keeps who retired a model and when: a model that nobody has approved yet has neither. */
export class RecordRetirements1765110005000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(
      'ALTER TABLE bedrock_models ADD COLUMN retired_by text, ADD COLUMN retired_at timestamptz',
    );
    await db.query(RECORD);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER record_retirement ON bedrock_models');
    await db.query('DROP FUNCTION record_retirement()');
    await db.query('ALTER TABLE bedrock_models DROP COLUMN retired_by, DROP COLUMN retired_at');
  }
}
