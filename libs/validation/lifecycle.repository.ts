import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { LifecycleWarning } from './lifecycle.js';

/** Conversations are counted up to this many. */
export const MAX_COUNTED = 1_000_000;

@Injectable()
export class LifecycleRepository {
  constructor(private readonly db: DataSource) {}

  /** Conversations that run on the model: pinned to it, or following one of these use cases. */
  async conversationsOn(modelId: string, useCases: string[]): Promise<number> {
    const [{ count }] = await this.db.query(
      `SELECT count(*)::int AS count FROM (
         (SELECT 1 FROM ai_conversations WHERE pinned_model_id = $1 LIMIT $3)
         UNION ALL
         (SELECT 1 FROM ai_conversations WHERE use_case = ANY($2) AND pinned_model_id IS NULL LIMIT $3)) AS running`,
      [modelId, useCases, MAX_COUNTED],
    );
    return Math.min(count, MAX_COUNTED);
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
