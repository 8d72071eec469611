import type { MigrationInterface, QueryRunner } from 'typeorm';
import { checkPending } from './pending-checks.js';

const COLUMNS = `
ALTER TABLE service_keys
  ADD COLUMN defaults jsonb NOT NULL
    DEFAULT '{"useCase": null, "assistantId": null, "userId": null, "fallback": "none", "echo": "none"}'
    CONSTRAINT defaults_are_complete CHECK (
      jsonb_typeof(defaults) = 'object'
      AND coalesce(jsonb_typeof(defaults -> 'useCase'), '') IN ('string', 'null')
      AND coalesce(jsonb_typeof(defaults -> 'assistantId'), '') IN ('string', 'null')
      AND coalesce(jsonb_typeof(defaults -> 'userId'), '') IN ('string', 'null')
      AND coalesce(defaults ->> 'fallback', '') IN ('none', 'same-use-case')
      AND coalesce(defaults ->> 'echo', '') IN ('none', 'body')),
  ADD COLUMN limits jsonb NOT NULL
    DEFAULT '{"useCases": null, "models": "candidates", "users": "any"}'
    CONSTRAINT limits_are_complete CHECK (
      jsonb_typeof(limits) = 'object'
      AND coalesce(jsonb_typeof(limits -> 'useCases'), '') IN ('array', 'null')
      AND coalesce(jsonb_typeof(limits -> 'models') = 'array' OR limits ->> 'models' IN ('candidates', 'any'), false)
      AND coalesce(jsonb_typeof(limits -> 'users') = 'array' OR limits ->> 'users' IN ('any', 'own'), false));
COMMENT ON COLUMN service_keys.defaults IS
  '{useCase, assistantId, userId, fallback, echo}: what holds for a call of the key that says nothing else';
COMMENT ON COLUMN service_keys.limits IS
  '{useCases, models, users}: null or a list of use cases; candidates, any or a list of models that a call may name; any, own or a list of prefixes of user ids';`;

/** The release before let keys with the scope admin call any model. */
const KEEP_ADMINS = `
UPDATE service_keys SET limits = limits || '{"models": "any"}' WHERE 'admin' = ANY (scopes);`;

/** Withholds the user of a key: a change is kept for ever, and a user may be erased. */
const WITHHOLD = ['old_row', 'new_row']
  .map(
    (row) => `
    IF ${row} #>> '{defaults,userId}' IS NOT NULL THEN
      ${row} := jsonb_set(${row}, '{defaults,userId}', '"withheld"');
    END IF;`,
  )
  .join('');

/** TG_ARGV: what to call the entity, and the columns that are kept. */
const recordChange = (beforeInsert: string) => `
CREATE OR REPLACE FUNCTION record_access_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  id uuid := (coalesce(new_row, old_row) ->> 'id')::uuid;
  others text[] := ARRAY(SELECT jsonb_object_keys(coalesce(new_row, old_row)) EXCEPT SELECT unnest(string_to_array(TG_ARGV[1], ',')));
BEGIN
  old_row := old_row - others;
  new_row := new_row - others;
  IF old_row IS DISTINCT FROM new_row THEN${beforeInsert}
    INSERT INTO access_changes (entity, entity_id, actor, before, after)
    VALUES (TG_ARGV[0], id, coalesce(nullif(current_setting('orchestrator.actor', true), ''), 'sql:' || session_user),
      old_row, new_row);
  END IF;
  RETURN NULL;
END $$;`;

const recordChangesOf = (...columns: string[]) => `
DROP TRIGGER record_change ON service_keys;
CREATE TRIGGER record_change AFTER INSERT OR DELETE OR UPDATE OF ${columns.join(', ')} ON service_keys
  FOR EACH ROW EXECUTE FUNCTION record_access_change('service_key', '${columns.join(',')}');`;
const RECORDED_BEFORE = ['name', 'scopes', 'expires_at', 'revoked_at', 'replaced_by'];

/** The release before rotates a key without these columns: its successor must not be free of the limits. */
const handOver = (columns: string[]) => `
CREATE OR REPLACE FUNCTION hand_key_over() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE service_keys SET ${columns.map((column) => `${column} = NEW.${column}`).join(', ')} WHERE id = NEW.replaced_by;
  RETURN NULL;
END $$;`;

/** Stores what holds for calls of a key that say nothing else, and what the key may do at most. */
export class LimitServiceKeys1764998003000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(COLUMNS);
    await db.query(KEEP_ADMINS);
    await checkPending(db);
    await db.query(recordChange(WITHHOLD));
    await db.query(recordChangesOf(...RECORDED_BEFORE, 'defaults', 'limits'));
    await db.query(handOver(['owner', 'defaults', 'limits']));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(handOver(['owner']));
    await db.query(recordChangesOf(...RECORDED_BEFORE));
    await db.query(recordChange(''));
    await db.query('ALTER TABLE service_keys DROP COLUMN defaults, DROP COLUMN limits');
  }
}
