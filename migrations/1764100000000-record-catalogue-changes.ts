import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHANGES = `
CREATE TABLE catalogue_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entity text NOT NULL,
  entity_id text NOT NULL,
  actor text NOT NULL,
  request_id text,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  before jsonb,
  after jsonb
);
COMMENT ON TABLE catalogue_changes IS 'every change of models, use cases, candidates and assistants, whoever made it; before null: added, after null: removed';
CREATE INDEX catalogue_changes_entity ON catalogue_changes (entity, entity_id, id DESC);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON catalogue_changes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`;

/**
 * TG_ARGV: name of the entity, the columns of its id, and the columns whose changes are recorded elsewhere or
 * irrelevant.
 */
const RECORD = `
CREATE FUNCTION record_catalogue_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  key_columns text[] := string_to_array(TG_ARGV[1], ',');
  ignored text[] := string_to_array(TG_ARGV[2], ',');
BEGIN
  IF old_row - ignored IS DISTINCT FROM new_row - ignored THEN
    INSERT INTO catalogue_changes (entity, entity_id, actor, request_id, before, after)
    VALUES (TG_ARGV[0],
      (SELECT string_agg(coalesce(new_row, old_row) ->> name, ' ' ORDER BY position) FROM unnest(key_columns) WITH ORDINALITY AS k (name, position)),
      coalesce(nullif(current_setting('orchestrator.actor', true), ''), 'sql:' || session_user),
      nullif(current_setting('orchestrator.request_id', true), ''),
      old_row - ignored, new_row - ignored);
  END IF;
  RETURN NULL;
END $$;`;

const RECORDED: Record<string, [entity: string, key: string, ignored: string]> = {
  bedrock_models: ['model', 'model_id', 'created_at,updated_at,last_validated_at,time_to_first_token_ms'],
  use_cases: ['use_case', 'name', 'created_at,updated_at,version,switch_seq,cool_downs,active_model_id'],
  use_case_candidates: ['candidate', 'use_case,model_id', ''],
  ai_assistants: ['assistant', 'id', 'created_at,updated_at'],
};

const POLICIES = `
ALTER TABLE use_cases
  ADD COLUMN allowed_regions text[] CHECK (cardinality(allowed_regions) > 0),
  ADD COLUMN on_model_failure text NOT NULL DEFAULT 'switch' CHECK (on_model_failure IN ('switch', 'alert')),
  ADD COLUMN on_model_recovery text NOT NULL DEFAULT 'manual' CHECK (on_model_recovery IN ('manual', 'auto'));
COMMENT ON COLUMN use_cases.allowed_regions IS 'narrows where its prompts may go; null: wherever the service allows';`;

/** Records who changed the catalogue and how, also by plain SQL, and adds the policies of use cases. */
export class RecordCatalogueChanges1764100000000 implements MigrationInterface {
  readonly creates = ['catalogue_changes'];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of [POLICIES, CHANGES, RECORD]) await db.query(statement);
    for (const [table, [entity, key, ignored]] of Object.entries(RECORDED))
      await db.query(
        `CREATE TRIGGER record_change AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH ROW
         EXECUTE FUNCTION record_catalogue_change('${entity}', '${key}', '${ignored}')`,
      );
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of Object.keys(RECORDED)) await db.query(`DROP TRIGGER record_change ON ${table}`);
    await db.query('DROP FUNCTION record_catalogue_change()');
    await db.query('DROP TABLE catalogue_changes');
    await db.query(
      'ALTER TABLE use_cases DROP COLUMN allowed_regions, DROP COLUMN on_model_failure, DROP COLUMN on_model_recovery',
    );
  }
}
