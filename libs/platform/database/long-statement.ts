import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

/**
 * Runs one statement, in a separate transaction, for the worker, which may take longer than a request. Raises the
 * limits of PostgreSQL and of the client to this time.
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
