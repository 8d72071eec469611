import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Instance, InstanceKind, NewInstance } from './instance.js';

/** Three heartbeats. */
const STALE_SECONDS = 30;
const MAX_LISTED = 200;

const IS_STALE = `seen_at < now() - interval '${STALE_SECONDS} seconds'`;
/** Keeps the newest of each kind, which says since when no other runs. */
const SWEEP = `DELETE FROM instances i WHERE seen_at < now() - interval '1 hour'
  AND EXISTS (SELECT 1 FROM instances newer WHERE newer.kind = i.kind AND newer.seen_at > i.seen_at)`;

/** Has one row for each process, so that every statement reads the whole table. All times are those of PostgreSQL. */
@Injectable()
export class InstancesRepository {
  constructor(private readonly db: DataSource) {}

  /** Adds the instance or renews it, and deletes those that are gone. */
  async beat({ id, kind, name, version }: NewInstance): Promise<void> {
    await this.db.query(
      `INSERT INTO instances (id, kind, name, version) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO UPDATE SET seen_at = now()`,
      [id, kind, name, version],
    );
    await this.db.query(SWEEP);
  }

  async stop(id: string): Promise<void> {
    await this.db.query('UPDATE instances SET stopped_at = now(), seen_at = now() WHERE id = $1', [id]);
  }

  /** Lists those that have not stopped. */
  async list(): Promise<Instance[]> {
    return this.db.query(
      `SELECT id, kind, name, version, started_at AS "startedAt", seen_at AS "seenAt",
         CASE WHEN ${IS_STALE} THEN 'stale' ELSE 'alive' END AS state
       FROM instances WHERE stopped_at IS NULL ORDER BY kind, state, name, started_at, id LIMIT ${MAX_LISTED}`,
    );
  }

  /** Returns when the last of a kind was seen, if none is alive; undefined: one is alive, or none is known. */
  async awaySince(kind: InstanceKind): Promise<Date | undefined> {
    const [{ since }] = await this.db.query(
      `SELECT CASE WHEN bool_and(stopped_at IS NOT NULL OR ${IS_STALE}) THEN max(seen_at) END AS since
       FROM instances WHERE kind = $1`,
      [kind],
    );
    return since ?? undefined;
  }
}
