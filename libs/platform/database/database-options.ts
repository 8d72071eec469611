import type { PoolClient } from 'pg';
import type { DataSourceOptions } from 'typeorm';
import type { Env } from '../config/env.js';
import { prepareSession, type SessionSettings } from './session.js';

type Migrations = DataSourceOptions['migrations'];
type DatabaseEnv = Pick<
  Env,
  'DATABASE_SCHEMA' | 'DATABASE_POOL_SIZE' | 'DATABASE_POOLING' | 'TIMEOUT_MULTIPLIER'
>;

/** Returns the session settings of every statement: the schema, UTC, and time limits in milliseconds. */
export function sessionSettings(env: Pick<Env, 'DATABASE_SCHEMA' | 'TIMEOUT_MULTIPLIER'>) {
  const slowBy = env.TIMEOUT_MULTIPLIER;
  return {
    search_path: env.DATABASE_SCHEMA,
    timezone: 'UTC',
    statement_timeout: 2_000 * slowBy,
    lock_timeout: 1_000 * slowBy,
    idle_in_transaction_session_timeout: 5_000 * slowBy,
  } satisfies SessionSettings;
}

/** Returns the connection options that every process shares. */
export function databaseOptions(
  env: DatabaseEnv,
  url: string,
  migrations: Migrations,
  settings: SessionSettings = sessionSettings(env),
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
      // A frozen server enforces no timeout, so that the client has one too.
      query_timeout: 2_200 * slowBy,
      keepAlive: true,
      // Sends statements without waiting for the results of those before.
      pipeline: true,
      sessionSettings: settings,
      onConnect: (client: PoolClient) => prepareSession(client, settings, env.DATABASE_POOLING),
    },
  };
}
