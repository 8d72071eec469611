import 'reflect-metadata';
import { DataSource } from 'typeorm';
import type { Env } from '#libs/platform/config/env.js';
import { databaseOptions } from '#libs/platform/database/database-options.js';
import { MIGRATIONS } from './migrations.js';

/** A connection of the owner role, without the application's short time limits. */
export function createOwnerDataSource(env: Pick<Env, 'DATABASE_SCHEMA'>, url: string): DataSource {
  const options = databaseOptions({ ...env, DATABASE_POOL_SIZE: 2, TIMEOUT_MULTIPLIER: 10 }, url, MIGRATIONS);
  return new DataSource({
    ...options,
    connectTimeoutMS: 60_000,
    extra: { options: `-c search_path=${env.DATABASE_SCHEMA} -c timezone=UTC -c lock_timeout=10s` },
  });
}
