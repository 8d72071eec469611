import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { LifecycleWarning } from './lifecycle.js';

/** Conversations are counted up to this many. */
export const MAX_COUNTED = 1_000_000;

/** Scopes in which a model runs. */
export interface ModelScopes {
  modelId: string;
  /** Use cases that run on it now. */
  followedIn: string[];
  /** Use cases in which it is selectable, so that a pin to it has an effect. */
  effectiveIn: string[];
  /** Other models that are not selectable: conversations pinned to them run on their use case's model. */
  elsewhereUnfit: string[];
}

export interface ConversationsOnModel {
  following: number;
  pinned: number;
  withoutEffect: number;
}

@Injectable()
export class LifecycleRepository {
  constructor(private readonly db: DataSource) {}

  /** Returns the models that conversations are pinned to, one look into the index for each. */
  async pinnedModels(): Promise<Set<string>> {
    const rows: { id: string }[] = await this.db.query(
      `WITH RECURSIVE pinned (id) AS (
         SELECT min(pinned_model_id) FROM ai_conversations WHERE pinned_model_id IS NOT NULL
         UNION ALL
         SELECT (SELECT min(pinned_model_id) FROM ai_conversations WHERE pinned_model_id > pinned.id) FROM pinned
         WHERE pinned.id IS NOT NULL)
       SELECT id FROM pinned WHERE id IS NOT NULL`,
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Counts conversations that run on a model, and pins to it that have no effect, each up to a million. */
  async conversationsOn(model: ModelScopes): Promise<ConversationsOnModel> {
    const { modelId, followedIn, effectiveIn, elsewhereUnfit } = model;
    const [counted] = await this.db.query(
      `SELECT
         (SELECT count(*)::int FROM ((SELECT 1 FROM ai_conversations WHERE use_case = ANY($2) AND pinned_model_id IS NULL LIMIT $5)
           UNION ALL (SELECT 1 FROM ai_conversations WHERE pinned_model_id = ANY($4) AND use_case = ANY($2) LIMIT $5)) f)
           AS following,
         (SELECT count(*)::int FROM (SELECT 1 FROM ai_conversations
           WHERE pinned_model_id = $1 AND use_case = ANY($3) LIMIT $5) p) AS pinned,
         (SELECT count(*)::int FROM (SELECT 1 FROM ai_conversations
           WHERE pinned_model_id = $1 AND use_case <> ALL($3) LIMIT $5) w) AS "withoutEffect"`,
      [modelId, followedIn, effectiveIn, elsewhereUnfit, MAX_COUNTED],
    );
    return counted;
  }

  /** Keeps a warning. False: it has been raised before. */
  async raise(
    modelId: string,
    warning: LifecycleWarning & { at: string },
    now: Date,
    tx: Transaction,
  ): Promise<boolean> {
    const raised = await tx.query(
      `INSERT INTO lifecycle_warnings (model_id, milestone, days, due_at, raised_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING RETURNING model_id`,
      [modelId, warning.milestone, warning.threshold, warning.at, now],
    );
    return raised.length > 0;
  }
}
