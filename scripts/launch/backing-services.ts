import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, dataFolder, logFolder } from '../embedded/checkout.js';
import { exitOf } from '../embedded/child-process.js';
import { LaunchError } from '../embedded/launch-error.js';
import { type EmbeddedPostgres, startPostgres } from '../embedded/postgres.js';
import { DATABASE } from '../embedded/postgres-roles.js';
import { type EmbeddedRedis, startRedis } from '../embedded/redis.js';
import { NODE_OPTIONS } from './app-process.js';
import { emulatedBedrock } from './bedrock.js';
import { developmentIssuer } from './identity-provider.js';
import type { ProcessSupervisor } from './process-supervisor.js';
import type { LaunchSettings } from './settings.js';
import { step } from './terminal.js';

/** Settings for the apps. */
export interface ServiceSettings {
  DATABASE_URL: string;
  MIGRATION_DATABASE_URL: string;
  REDIS_URL: string;
  /** Set when Bedrock is emulated, with the keys to it. */
  AWS_ENDPOINT_URL_BEDROCK?: string;
  /** Set when the identity provider of development runs. */
  OIDC_ISSUERS?: string;
}

/** Starts PostgreSQL, Redis and Bedrock, embedded or as the environment names them, with schema and seed. */
export async function startBackingServices(
  session: ProcessSupervisor,
  settings: LaunchSettings,
): Promise<ServiceSettings> {
  rmSync(logFolder, { recursive: true, force: true });
  const [database, redis, bedrock, issuer] = await Promise.all([
    databaseUrls(session, settings.environment),
    redisUrl(session, settings.environment),
    emulatedBedrock(session, settings.environment),
    developmentIssuer(session, settings),
  ]);
  const services = { ...database, ...redis, ...bedrock, ...issuer };
  await migrate(session, { ...settings.environment, ...services });
  return services;
}

async function databaseUrls(session: ProcessSupervisor, given: NodeJS.ProcessEnv) {
  if (given.DATABASE_URL) {
    const owner = given.MIGRATION_DATABASE_URL || given.DATABASE_URL;
    return { DATABASE_URL: given.DATABASE_URL, MIGRATION_DATABASE_URL: owner };
  }
  const options = { folder: join(dataFolder, 'postgres'), logFile: join(logFolder, 'postgres.log') };
  const postgres = await step('starting PostgreSQL', () =>
    session.keep<EmbeddedPostgres>('postgres', 'PostgreSQL', (previous) =>
      startPostgres({ ...options, port: previous?.port }),
    ),
  );
  return {
    DATABASE_URL: postgres.url(DATABASE, 'orchestrator_app'),
    MIGRATION_DATABASE_URL: postgres.url(DATABASE, 'orchestrator_owner'),
  };
}

async function redisUrl(session: ProcessSupervisor, given: NodeJS.ProcessEnv) {
  if (given.REDIS_URL) return { REDIS_URL: given.REDIS_URL };
  const redis = await step('starting Redis', () =>
    session.keep<EmbeddedRedis>('redis', 'Redis', (previous) => startRedis({ port: previous?.port })),
  );
  return { REDIS_URL: redis.url };
}

async function migrate(session: ProcessSupervisor, environment: NodeJS.ProcessEnv): Promise<void> {
  const steps = ['up', 'seed', ...(environment.NODE_ENV === 'production' ? [] : ['seed-demo'])];
  const run = join(checkout, 'dist', 'migrations', 'run.js');
  await step('migrating and seeding', async () => {
    const child = spawn(process.execPath, [...NODE_OPTIONS, run, ...steps], {
      cwd: checkout,
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit'],
      signal: session.signal,
    });
    const how = await exitOf(child);
    if (how !== 'exit code 0') throw new LaunchError(`The migrations failed (${how}); nothing was started.`);
  });
}
