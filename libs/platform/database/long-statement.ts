import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/**
 * Runs one statement, in a transaction of its own, that may take longer than a request may: for the worker. PostgreSQL
 * and the client that waits for it, which has a limit of its own, are both given the time.
 */
export async function runLongStatement(
  db: DataSource,
  { sql, parameters, seconds }: { sql: string; parameters: unknown[]; seconds: number },
): Promise<void> {
  const runner = db.createQueryRunner();
  try {
    await runner.startTransaction();
    await runner.query(`SET LOCAL statement_timeout = ${seconds * 1_000}`);
    const client: PoolClient = await runner.connect();
    const statement = { text: sql, values: parameters, query_timeout: seconds * 1_000 + 200 };
    await client.query(statement);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}
