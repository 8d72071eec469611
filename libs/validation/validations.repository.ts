import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { Check, CheckMethod, Health, Outcome } from './model-health.js';
import type { Budget } from './sweep-plan.js';

/** Stored result of a check. */
export interface StoredCheck {
  id: number;
  modelId: string;
  checkedAt: Date;
  method: CheckMethod;
  outcome: Outcome;
  errorKind: string | null;
  detail: string | null;
  latencyMs: number | null;
  tokens: number;
  costUsd: string | null;
}

@Injectable()
export class ValidationsRepository {
  constructor(private readonly db: DataSource) {}

  /**
   * Starts a run of the schedule. Returns false if it is done, or another sweep is in progress. A run that has not
   * ended may start again: its worker died, and only one worker at a time has its job. After ten minutes it does not
   * block others.
   */
  async beginSweep(slot: string, now: Date): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('validation-sweep'))`);
      const begun = await tx.query(
        `INSERT INTO validation_sweeps (slot, started_at) SELECT $1, $2
         WHERE NOT EXISTS (SELECT 1 FROM validation_sweeps WHERE slot <> $1 AND finished_at IS NULL AND started_at > $2::timestamptz - interval '10 minutes')
         ON CONFLICT (slot) DO UPDATE SET started_at = excluded.started_at WHERE validation_sweeps.finished_at IS NULL
         RETURNING slot`,
        [slot, now],
      );
      return begun.length > 0;
    });
  }

  async finishSweep(slot: string, modelIds: string[], now: Date): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.stamp(modelIds, now, tx);
      await tx.query('UPDATE validation_sweeps SET finished_at = $2 WHERE slot = $1', [slot, now]);
    });
  }

  async abandonSweep(slot: string, now: Date): Promise<void> {
    await this.db.query(
      'DELETE FROM validation_sweeps WHERE slot = $1 AND finished_at IS NULL AND requested_by IS NULL',
      [slot],
    );
    // The operator who requested it sees that it failed.
    await this.db.query(
      'UPDATE validation_sweeps SET finished_at = $2, broken_off = true WHERE slot = $1 AND finished_at IS NULL',
      [slot, now],
    );
  }

  /** Sets the age of the health of these models. */
  async stamp(modelIds: string[], at: Date, tx: Transaction): Promise<void> {
    await tx.query('UPDATE bedrock_models SET last_validated_at = $2 WHERE model_id = ANY($1)', [
      modelIds,
      at,
    ]);
  }

  async hasSwept(): Promise<boolean> {
    const [{ swept }] = await this.db.query('SELECT EXISTS (SELECT 1 FROM validation_sweeps) AS swept');
    return swept;
  }

  /** Returns the cost of the checks since this time. */
  async spentSince(since: Date): Promise<Budget> {
    const [{ tokens, usd }] = await this.db.query(
      'SELECT coalesce(sum(tokens), 0)::int AS tokens, coalesce(sum(cost_usd), 0)::float AS usd FROM bedrock_model_validations WHERE checked_at >= $1',
      [since],
    );
    return { tokens, usd };
  }

  /** Locks the health of a model, so that two checks of it are processed one after the other. */
  async lockHealth(modelId: string, tx: Transaction): Promise<Health> {
    await tx.query('INSERT INTO bedrock_model_health (model_id) VALUES ($1) ON CONFLICT DO NOTHING', [
      modelId,
    ]);
    const [health] = await tx.query(
      `SELECT h.model_id AS "modelId", m.validation_status AS status, h.failures, h.successes, h.answered_at AS "answeredAt"
       FROM bedrock_model_health h JOIN bedrock_models m USING (model_id) WHERE h.model_id = $1 FOR UPDATE OF h`,
      [modelId],
    );
    return health;
  }

  async healthOf(modelIds: string[]): Promise<Health[]> {
    return this.db.query(
      `SELECT m.model_id AS "modelId", m.validation_status AS status, coalesce(h.failures, 0) AS failures,
         coalesce(h.successes, 0) AS successes, h.answered_at AS "answeredAt"
       FROM bedrock_models m LEFT JOIN bedrock_model_health h USING (model_id) WHERE m.model_id = ANY($1)`,
      [modelIds],
    );
  }

  async saveHealth(health: Health, tx: Transaction): Promise<void> {
    await tx.query(
      'UPDATE bedrock_model_health SET failures = $2, successes = $3, answered_at = $4 WHERE model_id = $1',
      [health.modelId, health.failures, health.successes, health.answeredAt],
    );
  }

  /** Stores a flipped status: recorded under the sweep's name, with a new version of the catalogue. */
  async saveStatus(
    modelId: string,
    status: Health['status'],
    detail: string | null,
    tx: Transaction,
  ): Promise<void> {
    await tx.query(`SELECT set_config('orchestrator.actor', 'system:validation', true)`);
    await tx.query(
      'UPDATE bedrock_models SET validation_status = $2, validation_detail = $3 WHERE model_id = $1',
      [modelId, status, status === 'failed' ? detail : null],
    );
  }

  /** Returns, in a transaction that changed a model, the version of the catalogue that its commit creates. */
  async catalogueVersion(tx: Transaction): Promise<number> {
    const [{ version }] = await tx.query('SELECT version FROM catalogue_version');
    return Number(version);
  }

  async insertCheck(check: Check, at: Date, tx: Transaction): Promise<void> {
    await tx.query(
      `INSERT INTO bedrock_model_validations (model_id, checked_at, method, outcome, error_kind, detail, latency_ms, tokens, cost_usd)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        check.modelId,
        at,
        check.method,
        check.outcome,
        check.errorKind,
        check.detail,
        check.latencyMs,
        check.tokens,
        check.costUsd,
      ],
    );
  }

  /**
   * Reserves the next deep check of a model until `next`. @returns null; or, if it is reserved already, when it is free
   * again
   */
  async takeDeepCheck(modelId: string, now: Date, next: Date): Promise<Date | null> {
    const taken = await this.db.query(
      `INSERT INTO bedrock_model_health AS h (model_id, recheck_at) VALUES ($1, $3)
       ON CONFLICT (model_id) DO UPDATE SET recheck_at = $3 WHERE h.recheck_at IS NULL OR h.recheck_at <= $2
       RETURNING model_id`,
      [modelId, now, next],
    );
    if (taken.length > 0) return null;
    const [row] = await this.db.query(
      'SELECT recheck_at AS free FROM bedrock_model_health WHERE model_id = $1',
      [modelId],
    );
    return row.free;
  }

  /** Lists the newest first. Bedrock's lists are free. */
  async list(modelId: string | undefined, limit: number, before?: number): Promise<StoredCheck[]> {
    const rows = await this.db.query(
      `SELECT id, model_id AS "modelId", checked_at AS "checkedAt", method, outcome, error_kind AS "errorKind", detail,
         latency_ms AS "latencyMs", tokens, CASE WHEN method = 'control_plane' THEN '0' ELSE cost_usd::text END AS "costUsd"
       FROM bedrock_model_validations
       WHERE ($1::text IS NULL OR model_id = $1) AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [modelId, before, limit],
    );
    return rows.map((row: StoredCheck) => ({ ...row, id: Number(row.id) }));
  }
}
