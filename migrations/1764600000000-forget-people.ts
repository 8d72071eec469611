import type { MigrationInterface, QueryRunner } from 'typeorm';

const RULES = `
CREATE TABLE personal_data_rules (
  table_name text PRIMARY KEY,
  key_columns text NOT NULL,
  rows_of text NOT NULL,
  erased text
);
COMMENT ON TABLE personal_data_rules IS 'where a person is: the owner writes this list at each migration, from data-rules.ts';
COMMENT ON COLUMN personal_data_rules.rows_of IS 'SQL; $1 is the id of the user';
COMMENT ON COLUMN personal_data_rules.erased IS 'SQL: what becomes of the columns; $2 is the pseudonym; null: the rows are deleted';

CREATE TABLE retention_rules (
  table_name text PRIMARY KEY,
  time_column text,
  days integer NOT NULL CHECK (days >= 0),
  at_least integer NOT NULL CHECK (at_least > 0)
);
COMMENT ON COLUMN retention_rules.time_column IS 'null: the table is partitioned by month, and whole months go';
COMMENT ON COLUMN retention_rules.days IS '0: for ever';

CREATE TABLE erasures (
  id uuid PRIMARY KEY,
  pseudonym text NOT NULL UNIQUE CHECK (pseudonym = 'erased:' || id),
  person text,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  completed_at timestamptz,
  erased_rows jsonb NOT NULL DEFAULT '{}',
  erased_seals integer NOT NULL DEFAULT 0,
  CONSTRAINT a_completed_erasure_names_nobody CHECK ((person IS NULL) = (completed_at IS NOT NULL))
);
COMMENT ON COLUMN erasures.person IS 'whom to forget; forgotten itself when that is done';
COMMENT ON COLUMN erasures.erased_seals IS 'sealed audit rows that lost what tied them to the person';
CREATE UNIQUE INDEX erasures_person ON erasures (person) WHERE person IS NOT NULL;
CREATE INDEX erasures_newest ON erasures (requested_at DESC, id DESC);
CREATE TRIGGER await_seal AFTER UPDATE ON erasures FOR EACH ROW
  WHEN (OLD.completed_at IS NULL AND NEW.completed_at IS NOT NULL) EXECUTE FUNCTION await_seal('erasure');
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON erasures
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`;

/** Audit rows and their events may change in one way only: the erasure of a person. */
const APPEND_ONLY = ['switch_events', 'bedrock_model_switches'];
const ONLY_ERASURE = `
CREATE FUNCTION refuse_all_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  personal text[] := '{user_id,actor,on_behalf_of,reason,notification_message,request_id}';
BEGIN
  IF NEW.user_id ~ '^erased:' AND OLD.user_id !~ '^erased:'
    AND (NEW.reason, NEW.notification_message, NEW.request_id)
      IS NOT DISTINCT FROM (CASE WHEN OLD.reason IS NOT NULL THEN 'erased' END, 'erased', 'erased')
    AND to_jsonb(OLD) - personal = to_jsonb(NEW) - personal
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;`;

/**
 * Functions that run with the owner's rights, for changes of these tables that the application may not make itself. A
 * writer of an audit row blocks their switches and the hash chain, so that neither reads a part of it.
 */
const FUNCTIONS = `
CREATE FUNCTION erase_personal_data(target text, person text, pseudonym text, most integer) RETURNS integer
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
  IF rule.erased IS NULL THEN
    EXECUTE format('DELETE FROM %I WHERE %s', target, page) USING person;
  ELSE
    EXECUTE format('UPDATE %I SET %s WHERE %s', target, rule.erased, page) USING person, pseudonym;
  END IF;
  GET DIAGNOSTICS erased = ROW_COUNT;
  RETURN erased;
END $$;

CREATE FUNCTION erase_switches(person text, pseudonym text, most integer, OUT switches integer, OUT seals integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  ids uuid[];
BEGIN
  IF pseudonym !~ '^erased:[0-9a-f-]{36}$' OR person ~ '^erased:' THEN
    RAISE EXCEPTION 'not a pseudonym, or not a person';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext(current_schema() || '.audit_seals'));
  ids := ARRAY(SELECT id FROM switch_events WHERE user_id = person LIMIT most);
  PERFORM FROM outbox WHERE id = ANY(ids) ORDER BY id FOR UPDATE;
  UPDATE switch_events SET user_id = pseudonym,
    actor = CASE WHEN actor LIKE 'user:%' THEN 'user:' || pseudonym ELSE actor END,
    on_behalf_of = CASE WHEN on_behalf_of IS NOT NULL THEN pseudonym END,
    reason = CASE WHEN reason IS NOT NULL THEN 'erased' END, notification_message = 'erased', request_id = 'erased'
  WHERE id = ANY(ids);
  UPDATE bedrock_model_switches SET user_id = pseudonym,
    actor = CASE WHEN actor LIKE 'user:%' THEN 'user:' || pseudonym ELSE actor END,
    on_behalf_of = CASE WHEN on_behalf_of IS NOT NULL THEN pseudonym END,
    reason = CASE WHEN reason IS NOT NULL THEN 'erased' END, notification_message = 'erased', request_id = 'erased'
  WHERE id = ANY(ids);
  DELETE FROM audit_salts WHERE subject_id = ANY(ids);
  GET DIAGNOSTICS seals = ROW_COUNT;
  switches := cardinality(ids);
END $$;

CREATE FUNCTION expire_rows(target text, older_than_days integer, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' AS $$
DECLARE
  rule retention_rules;
  cutoff timestamptz;
  month regclass;
  expired integer;
BEGIN
  SELECT * INTO STRICT rule FROM retention_rules WHERE table_name = target;
  cutoff := now() - make_interval(days => greatest(older_than_days, rule.at_least));
  IF rule.time_column IS NULL THEN
    SELECT inhrelid::regclass INTO month FROM pg_inherits JOIN pg_class ON oid = inhrelid
    WHERE inhparent = target::regclass
      AND (regexp_match(pg_get_expr(relpartbound, oid), 'TO \\(''([^'']+)''\\)'))[1]::timestamptz <= cutoff LIMIT 1;
    IF FOUND THEN
      EXECUTE format('DROP TABLE %s', month);
      RETURN 1;
    END IF;
    -- What was written while there was no partition for its month.
    rule.time_column := substring(pg_get_partkeydef(target::regclass) FROM '\\((\\w+)\\)');
    target := target || '_default';
  END IF;
  EXECUTE format('DELETE FROM %I WHERE ctid = ANY(ARRAY(SELECT ctid FROM %1$I WHERE %I < $1 ORDER BY %2$I LIMIT $2))',
    target, rule.time_column) USING cutoff, most;
  GET DIAGNOSTICS expired = ROW_COUNT;
  RETURN expired;
END $$;`;

const NEW_FUNCTIONS = [
  'erase_personal_data(text, text, text, integer)',
  'erase_switches(text, text, integer)',
  'expire_rows(text, integer, integer)',
];

/** Erases people on request, and old rows by age, with rights that the application itself lacks. */
export class ForgetPeople1764600000000 implements MigrationInterface {
  readonly creates = ['personal_data_rules', 'retention_rules', 'erasures'];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of [RULES, ONLY_ERASURE, FUNCTIONS]) await db.query(statement);
    for (const table of APPEND_ONLY)
      await db.query(
        `DROP TRIGGER append_only ON ${table};
         CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON ${table}
           FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
         CREATE TRIGGER only_erasure BEFORE UPDATE ON ${table}
           FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasure()`,
      );
    for (const callable of NEW_FUNCTIONS) await db.query(`REVOKE ALL ON FUNCTION ${callable} FROM PUBLIC`);
    await db.query('CREATE INDEX model_invocations_user ON model_invocations (user_id)');
    await db.query('CREATE INDEX notifications_age ON notifications (occurred_at)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX notifications_age, model_invocations_user');
    for (const callable of NEW_FUNCTIONS) await db.query(`DROP FUNCTION ${callable}`);
    for (const table of APPEND_ONLY)
      await db.query(
        `DROP TRIGGER only_erasure ON ${table};
         DROP TRIGGER append_only ON ${table};
         CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
           FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
      );
    await db.query('DROP FUNCTION refuse_all_but_erasure()');
    await db.query('DROP TABLE erasures, retention_rules, personal_data_rules');
  }
}
