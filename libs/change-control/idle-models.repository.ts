import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** Days without a call after which a Legacy model is no target of an undo. */
const IDLE_DAYS = 14;

const IDLE = `SELECT m.name FROM bedrock_models m WHERE m.model_id = $1 AND m.lifecycle_status = 'LEGACY'
  AND NOT EXISTS (SELECT FROM usage_hourly u WHERE u.hour > now() - make_interval(days => $2) AND u.model_id = $1)
  AND NOT EXISTS (SELECT FROM bedrock_model_validations v WHERE v.model_id = $1 AND v.outcome = 'passed'
    AND v.checked_at > now() - make_interval(days => $2))`;

/** Knows Legacy models that nobody has called for a time: Bedrock may refuse them to this account. */
@Injectable()
export class IdleModels {
  constructor(private readonly db: DataSource) {}

  /** Returns why a model is no target of an undo; empty: nothing speaks against it. */
  async reasonsAgainst(
    modelId: string,
    db: Pick<EntityManager, 'query'> = this.db,
  ): Promise<{ code: 'legacy_idle'; detail: string }[]> {
    const rows: { name: string }[] = await db.query(IDLE, [modelId, IDLE_DAYS]);
    return rows.map(({ name }) => ({
      code: 'legacy_idle',
      detail: `${name} is Legacy and was not called for ${IDLE_DAYS} days: Bedrock may refuse it`,
    }));
  }
}
