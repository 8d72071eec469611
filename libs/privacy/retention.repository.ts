import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Retention of the rows of a table, in days: 0 is for ever. */
export interface RetentionRule {
  table: string;
  days: number;
  /** Minimum of any setting. */
  atLeast: number;
}

@Injectable()
export class RetentionRepository {
  constructor(private readonly db: DataSource) {}

  async rules(): Promise<RetentionRule[]> {
    return this.db.query(
      'SELECT table_name AS "table", days, at_least AS "atLeast" FROM retention_rules ORDER BY table_name',
    );
  }

  /** Deletes the oldest expired rows, or one whole month. @returns the number of deleted rows; 0: there are no more */
  async expire(table: string, olderThanDays: number, most: number): Promise<number> {
    const [{ expired }] = await this.db.query('SELECT expire_rows($1, $2, $3) AS expired', [
      table,
      olderThanDays,
      most,
    ]);
    return expired;
  }
}
