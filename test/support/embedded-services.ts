import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { type EmbeddedPostgres, startPostgres } from '../../scripts/embedded/postgres.js';
import { createDatabase, type Role } from '../../scripts/embedded/postgres-roles.js';
import { type EmbeddedRedis, startRedis } from '../../scripts/embedded/redis.js';
import { prepareTemplate } from './template-database.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** PostgreSQL URLs end with the port: append `/<database>`. */
    services: {
      postgresOwnerUrl: string;
      postgresAppUrl: string;
      postgresAdminUrl: string;
      redisUrl: string;
    };
  }
}

const TEMPLATE = 'test_template';

interface Services {
  postgres: EmbeddedPostgres;
  redis: EmbeddedRedis;
}

/**
 * Every vitest project evaluates this file for itself, in the one process that runs them all: what they share has
 * to live outside of the module.
 */
const shared = globalThis as typeof globalThis & {
  embeddedServices?: { users: number; services: Promise<Services> };
};

async function startServices(): Promise<Services> {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-test-'));
  const logFile = join(folder, 'postgres.log');
  const starting = [startPostgres({ folder, logFile, disposable: true }), startRedis()] as const;
  try {
    const [postgres, redis] = await Promise.all(starting);
    await createTemplate(postgres);
    return { postgres, redis };
  } catch (error) {
    for (const started of await Promise.allSettled(starting)) {
      if (started.status === 'fulfilled') await started.value.stop();
    }
    throw error;
  }
}

/**
 * A run makes two hundred databases and a thousand connections: half of the server's work would be for what no test is
 * about. Nothing here changes what a statement does, or what a commit promises.
 */
const ECONOMIES = [
  // Each database would get a process a minute, which also makes plans depend on the time.
  'ALTER SYSTEM SET autovacuum = off',
  // Every page is written whole once after each checkpoint.
  `ALTER SYSTEM SET checkpoint_timeout = '1h'`,
  `ALTER SYSTEM SET max_wal_size = '4GB'`,
  'ALTER SYSTEM SET wal_init_zero = off',
  'SELECT pg_reload_conf()',
];
const ROLES: Role[] = ['postgres', 'orchestrator_owner', 'orchestrator_app'];

async function economize(admin: Client, postgres: EmbeddedPostgres): Promise<void> {
  for (const statement of ECONOMIES) await admin.query(statement);
  // A password that is long and random needs no stretching at each login.
  await admin.query('SET scram_iterations = 1');
  const { password } = new URL(postgres.adminUrl);
  for (const role of ROLES) await admin.query(`ALTER ROLE ${role} PASSWORD ${admin.escapeLiteral(password)}`);
}

async function createTemplate(postgres: EmbeddedPostgres): Promise<void> {
  const admin = new Client({ connectionString: postgres.adminUrl });
  await admin.connect();
  try {
    await economize(admin, postgres);
    await createDatabase(admin, TEMPLATE);
  } finally {
    await admin.end();
  }
  await prepareTemplate({
    ownerUrl: postgres.url(TEMPLATE, 'orchestrator_owner'),
    appUrl: postgres.url(TEMPLATE, 'orchestrator_app'),
  });
}

/** Global setup of the integration and e2e projects: one PostgreSQL and one Redis for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.embeddedServices ??= { users: 0, services: startServices() };
  const current = shared.embeddedServices;
  current.users += 1;
  const { postgres, redis } = await current.services;
  project.provide('services', {
    postgresOwnerUrl: postgres.baseUrl('orchestrator_owner'),
    postgresAppUrl: postgres.baseUrl('orchestrator_app'),
    postgresAdminUrl: postgres.baseUrl('postgres'),
    redisUrl: redis.url,
  });
  return async () => {
    current.users -= 1;
    if (current.users > 0) return;
    shared.embeddedServices = undefined;
    await Promise.all([postgres.stop(), redis.stop()]);
  };
}
