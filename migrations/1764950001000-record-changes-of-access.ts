import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHANGES = `
CREATE TABLE access_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entity text NOT NULL,
  entity_id uuid NOT NULL,
  actor text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  before jsonb,
  after jsonb
);
COMMENT ON TABLE access_changes IS
  'every change of service keys and webhooks, by the api or by plain SQL, without secrets; before null: made, after null: removed';
CREATE INDEX access_changes_entity ON access_changes (entity, entity_id, id DESC);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_changes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`;

/** TG_ARGV: what to call the entity, and the columns that are kept. */
const RECORD = `
CREATE FUNCTION record_access_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  others text[] := ARRAY(SELECT jsonb_object_keys(coalesce(new_row, old_row)) EXCEPT SELECT unnest(string_to_array(TG_ARGV[1], ',')));
BEGIN
  IF old_row - others IS DISTINCT FROM new_row - others THEN
    INSERT INTO access_changes (entity, entity_id, actor, before, after)
    VALUES (TG_ARGV[0], (coalesce(new_row, old_row) ->> 'id')::uuid,
      coalesce(nullif(current_setting('orchestrator.actor', true), ''), 'sql:' || session_user),
      old_row - others, new_row - others);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER record_change AFTER INSERT OR DELETE OR UPDATE OF name, scopes, expires_at, revoked_at, replaced_by ON service_keys
  FOR EACH ROW EXECUTE FUNCTION record_access_change('service_key', 'name,scopes,expires_at,revoked_at,replaced_by');
CREATE TRIGGER record_change AFTER INSERT OR DELETE OR UPDATE OF owner, feed, secret_id ON webhooks
  FOR EACH ROW EXECUTE FUNCTION record_access_change('webhook', 'owner,feed,secret_id');`;

/** Records who created, rotated and revoked keys and webhooks. */
export class RecordChangesOfAccess1764950001000 implements MigrationInterface {
  readonly creates = ['access_changes'];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of [CHANGES, RECORD]) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of ['service_keys', 'webhooks'])
      await db.query(`DROP TRIGGER record_change ON ${table}`);
    await db.query('DROP FUNCTION record_access_change()');
    await db.query('DROP TABLE access_changes');
  }
}
