import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Sweep, SweepRequest } from './sweep.js';

/** After this time a sweep that has not ended is dead: `beginSweep` lets another one start. */
const ALIVE = `finished_at IS NULL AND started_at > $1::timestamptz - interval '10 minutes'`;

const FIELDS = `slot AS id, requested_by AS "requestedBy", deep, model_ids AS "modelIds", started_at AS "startedAt",
  finished_at AS "endedAt", checked, total, failed,
  CASE WHEN broken_off THEN 'failed' WHEN finished_at IS NOT NULL THEN 'done' WHEN NOT (${ALIVE}) THEN 'failed'
    WHEN requested_by IS NOT NULL AND total IS NULL THEN 'waiting' ELSE 'running' END AS state`;

@Injectable()
export class SweepRequestsRepository {
  constructor(private readonly db: DataSource) {}

  /** Stores a request, under the lock by which sweeps begin. @returns null; or the id of the sweep in progress */
  async request(
    id: string,
    { deep, modelIds }: SweepRequest,
    requestedBy: string,
    now: Date,
  ): Promise<string | null> {
    return this.db.transaction(async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('validation-sweep'))`);
      const [running] = await tx.query(`SELECT slot FROM validation_sweeps WHERE ${ALIVE} LIMIT 1`, [now]);
      if (running) return running.slot;
      await tx.query(
        `INSERT INTO validation_sweeps (slot, started_at, requested_by, deep, model_ids) VALUES ($1, $2, $3, $4, $5)`,
        [id, now, requestedBy, deep, modelIds],
      );
      return null;
    });
  }

  /** Ids of requested sweeps that have not begun. */
  async waiting(now: Date): Promise<string[]> {
    const rows: { slot: string }[] = await this.db.query(
      `SELECT slot FROM validation_sweeps WHERE ${ALIVE} AND requested_by IS NOT NULL AND total IS NULL`,
      [now],
    );
    return rows.map(({ slot }) => slot);
  }

  async requestOf(id: string): Promise<SweepRequest> {
    const [row] = await this.db.query(
      'SELECT deep, model_ids AS "modelIds" FROM validation_sweeps WHERE slot = $1',
      [id],
    );
    return row;
  }

  async planned(id: string, total: number): Promise<void> {
    await this.db.query('UPDATE validation_sweeps SET total = $2, checked = 0, failed = 0 WHERE slot = $1', [
      id,
      total,
    ]);
  }

  async checkedOne(id: string, failed: boolean): Promise<void> {
    await this.db.query(
      'UPDATE validation_sweeps SET checked = checked + 1, failed = failed + $2 WHERE slot = $1',
      [id, Number(failed)],
    );
  }

  /** Newest first. */
  async list(limit: number, now: Date): Promise<Sweep[]> {
    return this.db.query(
      `SELECT ${FIELDS} FROM validation_sweeps ORDER BY started_at DESC, slot DESC LIMIT $2`,
      [now, limit],
    );
  }
}
