import type { MigrationInterface, QueryRunner } from 'typeorm';

const RULE = `
ALTER TABLE personal_data_rules ADD COLUMN merged text;
COMMENT ON COLUMN personal_data_rules.merged IS
  'SQL: of a roll-up, how figures are added to those that the pseudonym has already; the rows themselves are deleted'`;

const erase = (merging: string) => `
CREATE OR REPLACE FUNCTION erase_personal_data(target text, person text, pseudonym text, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  rule personal_data_rules;
  page text;
  erased integer;
BEGIN
  SELECT * INTO STRICT rule FROM personal_data_rules WHERE table_name = target;
  IF pseudonym !~ '^erased:[0-9a-f-]{36}$' OR person ~ '^erased:' THEN
    RAISE EXCEPTION 'not a pseudonym, or not a person';
  END IF;
  page := format('(%s) IN (SELECT %1$s FROM %I WHERE %s LIMIT %s)', rule.key_columns, target, rule.rows_of, most);
  ${merging}IF rule.erased IS NULL THEN
    EXECUTE format('DELETE FROM %I WHERE %s', target, page) USING person;
  ELSE
    EXECUTE format('UPDATE %I SET %s WHERE %s', target, rule.erased, page) USING person, pseudonym;
  END IF;
  GET DIAGNOSTICS erased = ROW_COUNT;
  RETURN erased;
END $$;`;

const MERGING = `IF rule.merged IS NOT NULL THEN
    -- Whoever rolls up would wait for these rows, and this for theirs.
    PERFORM pg_advisory_xact_lock(hashtextextended('roll-up-usage:' || current_schema(), 0));
    EXECUTE format('WITH gone AS (DELETE FROM %1$I AS t WHERE %2$s RETURNING t AS old)
      INSERT INTO %1$I AS t SELECT (jsonb_populate_record(old, jsonb_build_object(''user_id'', $2))).* FROM gone
      ON CONFLICT (%3$s) DO UPDATE SET %4$s', target, page, rule.key_columns, rule.merged) USING person, pseudonym;
  ELS`;

/** Merges figures of a person into rows that the pseudonym has already: calls may be rolled up during the erasure. */
export class MergeErasedFigures1764900001000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(RULE);
    await db.query(erase(MERGING));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(erase(''));
    await db.query('ALTER TABLE personal_data_rules DROP COLUMN merged');
  }
}
