import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { CatalogueUse } from './catalogue.errors.js';

/** Names in an error, and conversations that are counted. */
const MAX_NAMES = 20;
const MAX_COUNTED = 1_000_000;

/** The default of requests that name no use case. */
const DEFAULT_USE_CASE = 'platform';

interface Named {
  kind: CatalogueUse['kind'];
  names: string[];
}

/** Finds what refers to an entry of the catalogue. */
@Injectable()
export class CatalogueUsesRepository {
  async ofModel(id: string, tx: Transaction): Promise<CatalogueUse[]> {
    const named: Named[] = await tx.query(
      `SELECT 'active_model' AS kind, array_agg(name ORDER BY name) AS names FROM use_cases WHERE active_model_id = $1
       UNION ALL
       SELECT 'candidate', array_agg(use_case ORDER BY use_case) FROM use_case_candidates WHERE model_id = $1
       UNION ALL
       SELECT 'successor', array_agg(model_id ORDER BY model_id) FROM bedrock_models WHERE successor_model_id = $1 AND model_id <> $1`,
      [id],
    );
    const conversations = await this.count(
      `(SELECT 1 FROM ai_conversations WHERE pinned_model_id = $1 LIMIT $2) UNION ALL
       (SELECT 1 FROM ai_conversations WHERE failed_model_id = $1 LIMIT $2) UNION ALL
       (SELECT 1 FROM ai_conversations WHERE resume_model_id = $1 LIMIT $2)`,
      id,
      tx,
    );
    return usesOf(named, [{ kind: 'conversation', count: conversations }]);
  }

  async ofUseCase(name: string, tx: Transaction): Promise<CatalogueUse[]> {
    const named: Named[] = await tx.query(
      `SELECT 'assistant' AS kind, array_agg(id ORDER BY id) AS names FROM ai_assistants WHERE use_case = $1
       UNION ALL SELECT 'model', array_agg(model_id ORDER BY model_id) FROM bedrock_models WHERE use_case = $1
       UNION ALL SELECT 'service_key', array_agg(DISTINCT name) FROM service_keys
         WHERE revoked_at IS NULL AND defaults ->> 'useCase' = $1
       UNION ALL SELECT 'budget', array_agg(period ORDER BY period) FROM cost_budgets WHERE use_case = $1
       UNION ALL SELECT 'default', CASE WHEN $1 = '${DEFAULT_USE_CASE}' THEN ARRAY[$1] END`,
      [name],
    );
    const followers = `(SELECT 1 FROM ai_conversations WHERE use_case = $1 AND pinned_model_id IS NULL LIMIT $2)`;
    const pinned = `(SELECT 1 FROM ai_conversations WHERE use_case = $1 AND pinned_model_id IS NOT NULL LIMIT $2)`;
    const former = `(SELECT 1 FROM ai_conversation_follows WHERE use_case = $1 LIMIT $2)`;
    const present = await this.count(`${followers} UNION ALL ${pinned}`, name, tx);
    // Their history says what they followed.
    const before = present > 0 ? 0 : await this.count(former, name, tx);
    return usesOf(named, [
      { kind: 'conversation', count: present },
      { kind: 'former_conversation', count: before },
    ]);
  }

  async ofAssistant(id: string, tx: Transaction): Promise<CatalogueUse[]> {
    const named: Named[] = await tx.query(
      `SELECT 'service_key' AS kind, array_agg(DISTINCT name) AS names FROM service_keys
       WHERE revoked_at IS NULL AND defaults ->> 'assistantId' = $1`,
      [id],
    );
    return usesOf(named, []);
  }

  private async count(rows: string, key: string, tx: Transaction): Promise<number> {
    const [{ count }] = await tx.query(`SELECT count(*)::int AS count FROM (${rows}) found`, [
      key,
      MAX_COUNTED,
    ]);
    return Math.min(count, MAX_COUNTED);
  }
}

const usesOf = (named: Named[], counted: Omit<CatalogueUse, 'names'>[]): CatalogueUse[] =>
  [
    ...named.map(({ kind, names }) => ({
      kind,
      count: names?.length ?? 0,
      names: (names ?? []).slice(0, MAX_NAMES),
    })),
    ...counted.map((use) => ({ ...use, names: [] })),
  ].filter(({ count }) => count > 0);
