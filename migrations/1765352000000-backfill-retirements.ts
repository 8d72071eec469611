import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Takes who retired a model from the recorded changes of the catalogue. */
const FROM_CHANGES = `
UPDATE bedrock_models m SET retired_by = c.actor, retired_at = c.changed_at
FROM (SELECT DISTINCT ON (entity_id) entity_id, actor, changed_at, after FROM catalogue_changes
  WHERE entity = 'model' AND before ->> 'is_available' = 'true' AND after ->> 'is_available' = 'false'
  ORDER BY entity_id, id DESC) c
WHERE NOT m.is_available AND m.retired_by IS NULL AND c.entity_id = m.model_id`;

/** A model that something ran on was available once. The roll-ups have few rows for each model. */
const WITHOUT_RECORD = `
UPDATE bedrock_models m SET retired_by = 'unknown'
WHERE NOT m.is_available AND m.retired_by IS NULL AND m.model_id IN (
  SELECT new_model_id FROM switches_hourly UNION SELECT model_id FROM usage_hourly)`;

/** Names who retired models before retirements were recorded: from the changes, else unknown. */
export class BackfillRetirements1765352000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of [FROM_CHANGES, WITHOUT_RECORD]) await db.query(statement);
    await db.query(
      `COMMENT ON COLUMN bedrock_models.retired_by IS 'the actor; unknown, without retired_at: it was retired before this was recorded'`,
    );
  }

  /** Keeps the authors that come from the changes: they are true. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `UPDATE bedrock_models SET retired_by = NULL WHERE retired_by = 'unknown' AND retired_at IS NULL`,
    );
    await db.query('COMMENT ON COLUMN bedrock_models.retired_by IS NULL');
  }
}
