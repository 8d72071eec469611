import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type Env, loadEnv } from '#libs/platform/config/env.js';
import { SERVICE_KEY } from './test-env.js';

/** A private database. */
export interface EmptyDatabase {
  name: string;
  /** The variables, as one of our processes would get them. */
  variables: Record<string, string>;
  env: Env;
  ownerUrl: string;
  appRole: string;
  /** A connection of the owner role. */
  owner: Client;
  close(): Promise<void>;
}

/** One in which nothing of ours exists yet. */
export const createEmptyDatabase = (overrides?: Record<string, string>) =>
  createDatabase('template1', overrides);

/** One that is migrated and seeded, demo data included. */
export const createMigratedDatabase = (overrides?: Record<string, string>) =>
  createDatabase('test_template', overrides);

async function createDatabase(
  template: string,
  overrides: Record<string, string> = {},
): Promise<EmptyDatabase> {
  const { postgresOwnerUrl, postgresAppUrl, redisUrl } = inject('services');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin('postgres', `CREATE DATABASE ${name} TEMPLATE ${template} OWNER orchestrator_owner`);
  const ownerUrl = `${postgresOwnerUrl}/${name}`;
  const variables = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PORT: '0',
    DATABASE_URL: `${postgresAppUrl}/${name}`,
    MIGRATION_DATABASE_URL: ownerUrl,
    REDIS_URL: redisUrl,
    REDIS_PREFIX: name,
    SUPABASE_SERVICE_KEY: SERVICE_KEY,
    TIMEOUT_MULTIPLIER: '30',
    MAX_EVENT_LOOP_DELAY_MS: '0',
    ...overrides,
  };
  const owner = new Client({ connectionString: ownerUrl, options: '-c timezone=UTC' });
  await owner.connect();
  const appRole = new URL(postgresAppUrl).username;
  return { name, variables, env: loadEnv(variables), ownerUrl, appRole, owner, close: () => owner.end() };
}

/** Runs one statement as the superuser of the embedded PostgreSQL. */
export async function asAdmin(database: string, statement: string): Promise<void> {
  const admin = new Client({ connectionString: `${inject('services').postgresAdminUrl}/${database}` });
  await admin.connect();
  await admin.query(statement).finally(() => admin.end());
}
