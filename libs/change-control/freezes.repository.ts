import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { Freeze } from './freeze.js';

const COLUMNS = `id, starts_at AS "from", ends_at AS "to", use_cases AS "useCases", reason, made_by AS "madeBy",
  made_at AS "madeAt", ended_early_by AS "endedEarlyBy", ended_early_at AS "endedEarlyAt"`;

/** Stores freezes. */
@Injectable()
export class FreezesRepository {
  /** Returns the freezes that hold one of these use cases at that time, the longest first. */
  async holding(useCases: readonly string[], at: Date, tx: Transaction): Promise<Freeze[]> {
    return tx.query(
      `SELECT ${COLUMNS} FROM freezes WHERE ends_at > $2 AND starts_at <= $2 AND coalesce(ended_early_at > $2, true)
         AND (use_cases IS NULL OR use_cases && $1::text[]) ORDER BY ends_at DESC LIMIT 100`,
      [useCases, at],
    );
  }
}
