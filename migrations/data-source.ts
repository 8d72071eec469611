import 'reflect-metadata';
import { DataSource } from 'typeorm';
import type { Env } from '#libs/platform/config/env.js';
import { databaseOptions } from '#libs/platform/database/database-options.js';
import { MIGRATIONS } from './migrations.js';

/** A connection of the owner role, without the application's short time limits. */
export function createOwnerDataSource(env: Pick<Env, 'DATABASE_SCHEMA'>, url: string): DataSource {
  const settings = { search_path: env.DATABASE_SCHEMA, timezone: 'UTC', lock_timeout: 10_000 };
  // Migrations lock for a session: one that is not theirs is refused by `migrateUp`.
  const ofOwner = {
    ...env,
    DATABASE_POOL_SIZE: 2,
    DATABASE_POOLING: 'session',
    TIMEOUT_MULTIPLIER: 10,
  } as const;
  const options = databaseOptions(ofOwner, url, MIGRATIONS, settings);
  const { onConnect, sessionSettings } = options.extra;
  return new DataSource({ ...options, connectTimeoutMS: 60_000, extra: { onConnect, sessionSettings } });
}
