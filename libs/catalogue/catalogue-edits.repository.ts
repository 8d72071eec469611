import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { Capability } from './capabilities.js';
import type {
  AssistantEdit,
  CatalogueChange,
  ChangeFilter,
  Editor,
  StoredEdit,
  UseCaseEdit,
} from './catalogue-edit.js';
import type { SettingAuthor, SettingQuery } from './catalogue-settings.js';
import { ModelEntity } from './model.entity.js';
import { UseCaseEntity } from './use-case.entity.js';

@Injectable()
export class CatalogueEditsRepository {
  constructor(private readonly db: DataSource) {}

  /** One edit at a time: each is checked against the catalogue as the one before left it. Held until the commit. */
  async awaitTurn(tx: Transaction): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.catalogue_changes'))`);
  }

  /** Names the editor to the trigger that records changes, for this transaction only. */
  async actAs({ actor, requestId }: Editor, tx: Transaction): Promise<void> {
    await tx.query(
      `SELECT set_config('orchestrator.actor', $1, true), set_config('orchestrator.request_id', $2, true)`,
      [actor, requestId],
    );
  }

  /** Locks the rows that exist against other writers, use cases first. */
  async lockRows(useCases: readonly string[], modelIds: readonly string[], tx: Transaction): Promise<void> {
    await tx.query('SELECT 1 FROM use_cases WHERE name = ANY($1) ORDER BY name FOR NO KEY UPDATE', [
      useCases,
    ]);
    await tx.query(
      'SELECT 1 FROM bedrock_models WHERE model_id = ANY($1) ORDER BY model_id FOR NO KEY UPDATE',
      [modelIds],
    );
  }

  /** False: there is one with this id already. */
  async insertModel(id: string, model: StoredEdit, tx: Transaction): Promise<boolean> {
    const values = { ...model, id };
    const result = await tx
      .createQueryBuilder()
      .insert()
      .into(ModelEntity)
      .values(values)
      .orIgnore()
      .returning('model_id')
      .execute();
    return result.raw.length > 0;
  }

  async updateModel(id: string, edit: Partial<StoredEdit>, tx: Transaction): Promise<void> {
    await tx.update(ModelEntity, { id }, { ...edit, updatedAt: () => 'now()' });
  }

  async addRefusedForm(id: string, form: Capability, tx: Transaction): Promise<void> {
    await tx.query(
      `UPDATE bedrock_models SET refused_forms = array_append(refused_forms, $2)
       WHERE model_id = $1 AND NOT ($2 = ANY (refused_forms))`,
      [id, form],
    );
  }

  async setSpeeds(speeds: { modelId: string; firstTextMs: number }[], tx: Transaction): Promise<void> {
    await tx.query(
      `UPDATE bedrock_models m SET time_to_first_token_ms = s."firstTextMs"
       FROM jsonb_to_recordset($1) AS s ("modelId" text, "firstTextMs" integer) WHERE m.model_id = s."modelId"`,
      [JSON.stringify(speeds)],
    );
  }

  async insertUseCase(
    name: string,
    edit: Omit<UseCaseEdit, 'candidates'> & { activeModelId: string },
    tx: Transaction,
  ): Promise<void> {
    await tx.insert(UseCaseEntity, { ...edit, name });
  }

  /** A new version, because the effective model of its conversations may change with it. */
  async updateUseCase(
    name: string,
    edit: Partial<Omit<UseCaseEdit, 'candidates'>>,
    tx: Transaction,
  ): Promise<void> {
    await tx.update(UseCaseEntity, { name }, { ...edit, updatedAt: () => 'now()' });
    await tx.query('UPDATE use_cases SET version = version + 1 WHERE name = $1', [name]);
  }

  /** Stores the candidates in this order and touches only those that change. */
  async setCandidates(useCase: string, modelIds: string[], tx: Transaction): Promise<void> {
    await tx.query('DELETE FROM use_case_candidates WHERE use_case = $1 AND model_id <> ALL($2)', [
      useCase,
      modelIds,
    ]);
    await tx.query(
      `INSERT INTO use_case_candidates (use_case, model_id, position)
       SELECT $1, model_id, position FROM unnest($2::text[]) WITH ORDINALITY AS wanted (model_id, position)
       ON CONFLICT (use_case, model_id) DO UPDATE SET position = excluded.position
       WHERE use_case_candidates.position <> excluded.position`,
      [useCase, modelIds],
    );
  }

  async saveAssistant(id: string, edit: AssistantEdit, tx: Transaction): Promise<void> {
    await tx.query(
      `INSERT INTO ai_assistants AS a (id, name, use_case, system_prompt) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, use_case = excluded.use_case, updated_at = now(),
         system_prompt = CASE WHEN $5 THEN excluded.system_prompt ELSE a.system_prompt END`,
      [id, edit.name, edit.useCase, edit.systemPrompt ?? null, edit.systemPrompt !== undefined],
    );
  }

  /** Deletes a model with its prices and the results of its checks. */
  async deleteModel(id: string, tx: Transaction): Promise<void> {
    await tx.query('DELETE FROM bedrock_model_validations WHERE model_id = $1', [id]);
    await tx.query('DELETE FROM bedrock_models WHERE model_id = $1', [id]);
  }

  /** Deletes a use case with its candidates, which are recorded as removed. */
  async deleteUseCase(name: string, tx: Transaction): Promise<void> {
    await tx.query('DELETE FROM use_case_candidates WHERE use_case = $1', [name]);
    await tx.query('DELETE FROM use_cases WHERE name = $1', [name]);
  }

  async deleteAssistant(id: string, tx: Transaction): Promise<void> {
    await tx.query('DELETE FROM ai_assistants WHERE id = $1', [id]);
  }

  /** Newest first. `after` is the last id of the page before. */
  async changes(filter: ChangeFilter, limit: number, after?: number): Promise<CatalogueChange[]> {
    const values: unknown[] = [limit];
    const conditions = conditionsOf(filter, (value) => `$${values.push(value)}`);
    if (after !== undefined)
      conditions.push(
        `(changed_at, c.id) < (SELECT changed_at, id FROM catalogue_changes WHERE id = $${values.push(after)})`,
      );
    return this.db.query(
      `SELECT id::float8 AS id, entity, entity_id AS "entityId", actor, request_id AS "requestId",
         changed_at AS "changedAt", before, after
       FROM catalogue_changes c WHERE ${['true', ...conditions].join(' AND ')}
       ORDER BY changed_at DESC, c.id DESC LIMIT $1`,
      values,
    );
  }

  /** Returns the last change of each setting that was changed since the installation. */
  async authorsOf(settings: readonly SettingQuery[]): Promise<Map<SettingQuery, SettingAuthor>> {
    const wanted = settings.map(({ entity, entityIds, field }, at) => ({
      at,
      entity,
      entityIds,
      column: field && this.columnOf(entity, field),
    }));
    const rows: (SettingAuthor & { at: number })[] = await this.db.query(
      `SELECT w.at, c.actor, c.changed_at AS "changedAt"
       FROM jsonb_to_recordset($1) AS w (at integer, entity text, "entityIds" text[], "column" text)
       CROSS JOIN LATERAL (SELECT actor, changed_at FROM catalogue_changes c
         WHERE c.entity = w.entity AND c.entity_id = ANY (w."entityIds")
           AND (w."column" IS NULL OR c.before -> w."column" IS DISTINCT FROM c.after -> w."column")
         ORDER BY c.id DESC LIMIT 1) c`,
      [JSON.stringify(wanted)],
    );
    return new Map(rows.map(({ at, actor, changedAt }) => [settings[at]!, { actor, changedAt }]));
  }

  private columnOf(entity: SettingQuery['entity'], field: string): string | null {
    if (entity === 'assistant') return ASSISTANT_COLUMNS[field] ?? null;
    const entityClass = entity === 'model' ? ModelEntity : UseCaseEntity;
    return this.db.getMetadata(entityClass).findColumnWithPropertyName(field)?.databaseName ?? null;
  }
}

const CONDITIONS: Record<Exclude<keyof ChangeFilter, 'includeSystem'>, (value: string) => string> = {
  entity: (value) => `entity = ${value}`,
  entityId: (value) => `entity_id = ${value}`,
  actor: (value) => `actor = ${value}`,
  from: (value) => `changed_at >= ${value}`,
  to: (value) => `changed_at < ${value}`,
};

function conditionsOf(
  { includeSystem, ...filter }: ChangeFilter,
  parameter: (value: unknown) => string,
): string[] {
  const conditions = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => CONDITIONS[field as keyof typeof CONDITIONS](parameter(value)));
  const isOfOthers = !includeSystem && filter.actor === undefined;
  // Said without a parameter, so that the planner knows the index that has these rows alone.
  return isOfOthers ? [...conditions, `actor <> 'system:validation'`] : conditions;
}

const ASSISTANT_COLUMNS: Record<string, string> = {
  name: 'name',
  useCase: 'use_case',
  systemPrompt: 'system_prompt',
};
