import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { NewModel, SyncedModel } from './sync-plan.js';

const SYNCED = `foundation_model_id text, lifecycle_status text, legacy_at timestamptz, extended_access_at timestamptz,
  end_of_life_at timestamptz, invoke_with text, destination_regions text[]`;

@Injectable()
export class CatalogueSyncRepository {
  /** False: another sync is running, here or on another machine. Held until the transaction ends. */
  async reserve(tx: Transaction): Promise<boolean> {
    const [{ reserved }] = await tx.query(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('catalogue-sync:' || current_schema(), 0)) AS reserved`,
    );
    return reserved;
  }

  /** Nobody has approved them. @returns the ids of those that were not there */
  async add(models: NewModel[], tx: Transaction): Promise<string[]> {
    if (models.length === 0) return [];
    const rows: { model_id: string }[] = await tx.query(
      `INSERT INTO bedrock_models (model_id, name, provider, foundation_model_id, lifecycle_status, legacy_at,
         extended_access_at, end_of_life_at, invoke_with, destination_regions)
       SELECT * FROM jsonb_to_recordset($1) AS shown (model_id text, name text, provider text, ${SYNCED})
       ORDER BY model_id ON CONFLICT (model_id) DO NOTHING RETURNING model_id`,
      [
        JSON.stringify(
          models.map((model) => ({ ...columnsOf(model), name: model.name, provider: model.provider })),
        ),
      ],
    );
    return rows.map((row) => row.model_id);
  }

  /** Forgets what models have refused: a new release of a model may take it. */
  async forgetRefusedForms(tx: Transaction): Promise<void> {
    await tx.query(`UPDATE bedrock_models SET refused_forms = '{}' WHERE refused_forms <> '{}'`);
  }

  async update(models: SyncedModel[], tx: Transaction): Promise<void> {
    if (models.length === 0) return;
    await tx.query(
      `UPDATE bedrock_models m SET foundation_model_id = shown.foundation_model_id,
         lifecycle_status = shown.lifecycle_status, legacy_at = shown.legacy_at,
         extended_access_at = shown.extended_access_at, end_of_life_at = shown.end_of_life_at,
         invoke_with = shown.invoke_with, destination_regions = shown.destination_regions, updated_at = now()
       FROM jsonb_to_recordset($1) AS shown (model_id text, ${SYNCED}) WHERE m.model_id = shown.model_id`,
      [JSON.stringify(models.map(columnsOf))],
    );
  }
}

const columnsOf = ({ id, lifecycle, ...model }: SyncedModel) => ({
  model_id: id,
  foundation_model_id: model.foundationModelId,
  lifecycle_status: lifecycle.status,
  legacy_at: lifecycle.legacyAt,
  extended_access_at: lifecycle.extendedAccessAt,
  end_of_life_at: lifecycle.endOfLifeAt,
  invoke_with: model.invokeWith,
  destination_regions: model.destinationRegions,
});
