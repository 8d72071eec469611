import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type Env, loadEnv } from '#libs/platform/config/env.js';

export const SERVICE_KEY = 'test-service-key-with-more-than-32-characters';
export const JWT_SECRET = 'test-jwt-secret-with-more-than-32-characters!';
export const JWT_ISSUER = 'https://project.supabase.test/auth/v1';

/** Short enough that a test which waits for a limit ends soon. */
export const FAULT_TIMEOUTS = { TIMEOUT_MULTIPLIER: '3' };

/** A private database, cloned from the migrated template, and a private Redis namespace for one test file. */
export interface TestEnvironment {
  /** The variables, as one of our processes would get them. */
  variables: Record<string, string>;
  env: Env;
  /** A connection of the owner role, for looking and for preparing. */
  owner: Client;
  /** A connection of the application's role. */
  app: Client;
  close(): Promise<void>;
}

export async function createTestEnvironment(
  overrides: Record<string, string> = {},
): Promise<TestEnvironment> {
  const { postgresAdminUrl, postgresOwnerUrl, postgresAppUrl, redisUrl } = inject('services');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = await connect(`${postgresAdminUrl}/postgres`);
  await admin.query(`CREATE DATABASE ${name} TEMPLATE test_template OWNER orchestrator_owner`);
  await admin.end();
  const variables = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PORT: '0',
    DATABASE_URL: `${postgresAppUrl}/${name}`,
    MIGRATION_DATABASE_URL: `${postgresOwnerUrl}/${name}`,
    REDIS_URL: redisUrl,
    REDIS_PREFIX: name,
    SUPABASE_SERVICE_KEY: SERVICE_KEY,
    SUPABASE_JWT_SECRET: JWT_SECRET,
    SUPABASE_JWT_ISSUER: JWT_ISSUER,
    WEBHOOK_SIGNING_KEYS: 'test-webhook-signing-key-of-32-characters',
    // A slow machine is no reason to answer 503. Tests that are about time limits set it to 1.
    TIMEOUT_MULTIPLIER: '30',
    REQUEST_TIMEOUT_MS: '120000',
    // Tests that are about limits set them.
    RATE_LIMIT_PER_SECOND: '100000',
    FAILED_LOGINS_PER_MINUTE: '100000',
    USER_SWITCHES_PER_MINUTE: '100000',
    USER_CHATS_PER_MINUTE: '100000',
    USER_CHATS_AT_ONCE: '100000',
    MAX_EVENT_LOOP_DELAY_MS: '0',
    // Nothing routes requests to these apis. Tests that are about stopping set it.
    SHUTDOWN_DELAY_SECONDS: '0',
    SHUTDOWN_GRACE_SECONDS: '20',
    USAGE_JOURNAL_DIR: join(tmpdir(), `usage-journal-${name}`),
    // Tests that are about schedules turn them on.
    VALIDATION_SWEEP_CRON: 'off',
    CATALOGUE_SYNC_CRON: 'off',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...overrides,
  };
  const owner = await connect(`${postgresOwnerUrl}/${name}`);
  let app: Client | undefined;
  return {
    variables,
    env: loadEnv(variables),
    owner,
    get app() {
      // Few tests use it; its first query waits for the connection.
      app ??= connecting(`${postgresAppUrl}/${name}`);
      return app;
    },
    async close() {
      await owner.end();
      await app?.end();
    },
  };
}

const clientOf = (connectionString: string) => new Client({ connectionString, options: '-c timezone=UTC' });

function connecting(connectionString: string): Client {
  const client = clientOf(connectionString);
  void client.connect();
  return client;
}

async function connect(connectionString: string): Promise<Client> {
  const client = clientOf(connectionString);
  await client.connect();
  return client;
}
