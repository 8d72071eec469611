import type { Pool, QueryResult } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

/**
 * A statement that each connection parses and plans once, instead of with every run: for what runs with every request
 * and takes longer to plan than to do. Not for transactions, which have a connection of their own.
 */
export class PreparedStatement {
  constructor(
    /** As PostgreSQL knows it. */
    private readonly name: string,
    private readonly text: string,
  ) {}

  /** @throws the driver's error: its `code` is the SQLSTATE */
  run(db: DataSource, values: unknown[]): Promise<QueryResult> {
    const pool = (db.driver as PostgresDriver).master as Pool;
    return pool.query({ name: this.name, text: this.text, values });
  }
}
