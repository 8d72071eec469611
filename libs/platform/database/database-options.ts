import type { EventEmitter } from 'node:events';
import type { DataSourceOptions } from 'typeorm';
import type { Env } from '../config/env.js';

type Migrations = DataSourceOptions['migrations'];

/** Connection options that every process shares: the schema first on the search path, and the time budgets. */
export function databaseOptions(
  env: Pick<Env, 'DATABASE_SCHEMA' | 'DATABASE_POOL_SIZE' | 'TIMEOUT_MULTIPLIER'>,
  url: string,
  migrations: Migrations,
): DataSourceOptions & { type: 'postgres' } {
  const slowBy = env.TIMEOUT_MULTIPLIER;
  return {
    type: 'postgres',
    url,
    schema: env.DATABASE_SCHEMA,
    synchronize: false,
    migrations,
    migrationsTableName: 'orchestrator_migrations',
    migrationsTransactionMode: 'each',
    poolSize: env.DATABASE_POOL_SIZE,
    connectTimeoutMS: 1_000 * slowBy,
    applicationName: 'bedrock-model-orchestrator',
    extra: {
      options: `-c search_path=${env.DATABASE_SCHEMA} -c timezone=UTC`,
      statement_timeout: 2_000 * slowBy,
      // A frozen server enforces no timeout of its own, so the client has one too.
      query_timeout: 2_200 * slowBy,
      lock_timeout: 1_000 * slowBy,
      idle_in_transaction_session_timeout: 5_000 * slowBy,
      keepAlive: true,
      // Statements that need not wait for each other's answers travel together.
      pipeline: true,
      // Between the pool's own listener and TypeORM's a lost connection would end the process.
      onConnect: (client: EventEmitter) => void client.on('error', () => undefined),
    },
  };
}
