import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { Freeze } from './freeze.js';

export interface FreezeFilter {
  useCase?: string | undefined;
  /** Only those that are present or ahead. */
  open?: boolean | undefined;
}

const COLUMNS = `id, starts_at AS "from", ends_at AS "to", use_cases AS "useCases", reason, made_by AS "madeBy",
  made_at AS "madeAt", ended_early_by AS "endedEarlyBy", ended_early_at AS "endedEarlyAt"`;

/** Stores freezes, and the end of the last one in the row of each use case. */
@Injectable()
export class FreezesRepository {
  constructor(private readonly db: DataSource) {}

  /** Returns the freezes that hold one of these use cases at that time, the longest first. */
  async holding(
    useCases: readonly string[],
    at: Date,
    db: Pick<EntityManager, 'query'> = this.db,
  ): Promise<Freeze[]> {
    return db.query(
      `SELECT ${COLUMNS} FROM freezes WHERE ends_at > $2 AND starts_at <= $2 AND coalesce(ended_early_at > $2, true)
         AND (use_cases IS NULL OR use_cases && $1::text[]) ORDER BY ends_at DESC LIMIT 100`,
      [useCases, at],
    );
  }

  /** Returns all freezes that are in force at that time. */
  async inForce(at: Date, tx: Transaction): Promise<Freeze[]> {
    return tx.query(
      `SELECT ${COLUMNS} FROM freezes WHERE ends_at > $1 AND starts_at <= $1 AND coalesce(ended_early_at > $1, true)
       ORDER BY ends_at DESC LIMIT 1000`,
      [at],
    );
  }

  async insert(freeze: Freeze, tx: Transaction): Promise<void> {
    const { id, from, to, useCases, reason, madeBy, madeAt } = freeze;
    await tx.query(
      `INSERT INTO freezes (id, starts_at, ends_at, use_cases, reason, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, from, to, useCases, reason, madeBy, madeAt],
    );
  }

  async find(id: string): Promise<Freeze | undefined> {
    const [freeze] = await this.db.query(`SELECT ${COLUMNS} FROM freezes WHERE id = $1`, [id]);
    return freeze;
  }

  async lock(id: string, tx: Transaction): Promise<Freeze | undefined> {
    const [freeze] = await tx.query(`SELECT ${COLUMNS} FROM freezes WHERE id = $1 FOR UPDATE`, [id]);
    return freeze;
  }

  async endEarly(id: string, by: string, at: Date, tx: Transaction): Promise<void> {
    await tx.query('UPDATE freezes SET ended_early_by = $2, ended_early_at = $3 WHERE id = $1', [id, by, at]);
  }

  /** Lists freezes, the last to end first. @param after the last id of the page before */
  async list(
    { useCase, open = false }: FreezeFilter,
    now: Date,
    limit: number,
    after?: string,
  ): Promise<Freeze[]> {
    return this.db.query(
      `SELECT ${COLUMNS} FROM freezes WHERE ($2::text IS NULL OR use_cases IS NULL OR $2 = ANY (use_cases))
         AND (NOT $3 OR (ends_at > $4 AND ended_early_at IS NULL))
         AND ($5::uuid IS NULL OR (ends_at, id) < (SELECT ends_at, id FROM freezes WHERE id = $5))
       ORDER BY ends_at DESC, id DESC LIMIT $1`,
      [limit, useCase, open, now, after],
    );
  }

  /** Stores in these use cases when the last freeze ends that is present or ahead; gates look up freezes only then. */
  async updateFrozenUntil(useCases: readonly string[], now: Date, tx: Transaction): Promise<void> {
    await tx.query(
      `UPDATE use_cases u SET frozen_until = f.until FROM (SELECT name, (SELECT max(ends_at) FROM freezes
           WHERE ends_at > $2 AND ended_early_at IS NULL AND (use_cases IS NULL OR name = ANY (use_cases))) AS until
         FROM use_cases WHERE name = ANY ($1)) f
       WHERE u.name = f.name AND u.frozen_until IS DISTINCT FROM f.until`,
      [useCases, now],
    );
  }
}
