import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadEnv } from './env.js';

const MINIMAL = {
  DATABASE_URL: 'postgres://app:secret@localhost:5432/orchestrator',
  REDIS_URL: 'redis://localhost:6379',
};
const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  publicKeyEncoding: { format: 'der', type: 'spki' },
});
const [PRIVATE, PUBLIC] = [privateKey.toString('base64'), publicKey.toString('base64')];
const LONG = 'x'.repeat(32);
const EU = ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3', 'eu-south-1', 'eu-south-2'];

/** The settings that the refusal names, in its order. */
function refused(changes: Record<string, string | undefined>): string[] {
  try {
    loadEnv({ ...MINIMAL, ...changes });
  } catch (error) {
    const lines = (error as Error).message.split('\n').filter((line) => line.startsWith('  '));
    return lines.map((line) => line.trim().split(/[:.]/)[0]!);
  }
  return [];
}

describe('a minimal environment', () => {
  it('is enough, with the documented defaults', () => {
    expect(loadEnv(MINIMAL)).toEqual({
      ...MINIMAL,
      NODE_ENV: 'development',
      ENVIRONMENT_NAME: 'development',
      ENVIRONMENT_COLOUR: 'gray',
      PORT: 3000,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      DATABASE_SCHEMA: 'public',
      DATABASE_POOLING: 'auto',
      DATABASE_POOL_SIZE: 20,
      TIMEOUT_MULTIPLIER: 1,
      REDIS_SENTINELS: [],
      REDIS_CLUSTER: false,
      REDIS_PREFIX: 'orchestrator',
      SUPABASE_JWT_AUDIENCE: 'authenticated',
      SUPABASE_JWT_ROLES: ['authenticated'],
      ANONYMOUS_USERS: 'refuse',
      BOOTSTRAP_KEY: 'full',
      AUDIT_PUBLIC_KEYS: [],
      AWS_REGION: 'eu-central-1',
      ALLOWED_REGIONS: EU,
      VALIDATION_SWEEP_CRON: '*/15 * * * *',
      CATALOGUE_SYNC_CRON: '0 3 * * *',
      VALIDATION_DAILY_TOKENS: 20_000,
      VALIDATION_DAILY_USD: 0.05,
      CORS_ORIGINS: [],
      USER_SWITCHES_PER_MINUTE: 10,
      USER_CHATS_PER_MINUTE: 30,
      USER_CHATS_AT_ONCE: 3,
      USER_CONVERSATION_IDS: 'uuid',
      TRUSTED_PROXIES: [],
      TRUSTED_PROXY_HOPS: 1,
      RATE_LIMIT_PER_SECOND: 500,
      FAILED_LOGINS_PER_MINUTE: 100,
      MAX_CONNECTIONS: 10_000,
      MAX_EVENT_LOOP_DELAY_MS: 1_000,
      MAX_MODEL_CALLS: 400,
      MAX_MODEL_CALL_CHARACTERS: 33_554_432,
      REQUEST_TIMEOUT_MS: 10_000,
      USAGE_DURABILITY: 'postgres',
      USAGE_JOURNAL_DIR: '.data/usage-journal',
      USAGE_JOURNAL_BYTES: 16_777_216,
      MOVE_PER_SECOND: 300,
      OIDC_ISSUERS: [],
      OIDC_ROLES: {},
      PERSON_ROLES_CLAIM: 'app_metadata.orchestrator_roles',
      OUTBOX_LIMIT: 100_000,
      RETENTION_DAYS: {},
      SHUTDOWN_DELAY_SECONDS: 5,
      SHUTDOWN_GRACE_SECONDS: 75,
      NOTIFICATION_STREAMS: 5_000,
      WEBHOOK_SIGNING_KEYS: [],
      WEBHOOK_ALLOWED_ADDRESSES: [],
      WEBHOOK_TIMEOUT_SECONDS: 10,
      FALLBACK_COOL_DOWN_SECONDS: 300,
      BREAKER_PROBE_SECONDS: 10,
      CHAT_DEADLINE_SECONDS: 60,
      CHAT_FIRST_TEXT_SECONDS: 10,
      CHAT_IDLE_SECONDS: 10,
      WIRE_BODY_LIMIT: 25_000_000,
      WIRE_BYTES_UNDER_WAY: 100_663_296,
      WIRE_USERS: 'off',
      WIRE_FORWARD_METADATA: 'on',
      WIRE_DEFAULT_MAX_TOKENS: 'off',
      WIRE_STRICT: 'off',
    });
  });

  it('has no secret and no endpoint by default', () => {
    const env = loadEnv(MINIMAL);
    for (const name of ['SUPABASE_SERVICE_KEY', 'SUPABASE_JWT_SECRET', 'AWS_ENDPOINT_URL_BEDROCK'])
      expect(env).not.toHaveProperty(name);
  });

  it('leaves the automated clients of a key the 200 requests a second that they may make', () => {
    expect(loadEnv(MINIMAL).RATE_LIMIT_PER_SECOND).toBeGreaterThanOrEqual(200);
  });

  it('does not take over what else the shell has set', () => {
    expect(loadEnv({ ...MINIMAL, PATH: '/bin' })).not.toHaveProperty('PATH');
  });
});

describe('an empty string', () => {
  it('counts as not set: the default holds', () => {
    const empty = {
      PORT: '',
      SUPABASE_SERVICE_KEY: '',
      SUPABASE_JWKS_URL: '',
      ALLOWED_REGIONS: '',
      LOG_LEVEL: '',
    };
    expect(loadEnv({ ...MINIMAL, ...empty })).toEqual(loadEnv(MINIMAL));
  });

  it('is missed where a value is required', () => {
    expect(refused({ DATABASE_URL: '', REDIS_URL: '' })).toEqual(['DATABASE_URL', 'REDIS_URL']);
  });
});

describe('values', () => {
  it('become what they mean', () => {
    const env = loadEnv({
      ...MINIMAL,
      PORT: '0',
      ALLOWED_REGIONS: ' eu-central-1 , eu-west-1,',
      CORS_ORIGINS: 'https://app.example.com, http://localhost:5173',
      VALIDATION_SWEEP_CRON: 'off',
      RETENTION_DAYS: 'notifications=90,model_invocations=0',
      FALLBACK_COOL_DOWN_SECONDS: '86400',
    });
    expect(env).toMatchObject({
      PORT: 0,
      ALLOWED_REGIONS: ['eu-central-1', 'eu-west-1'],
      CORS_ORIGINS: ['https://app.example.com', 'http://localhost:5173'],
      VALIDATION_SWEEP_CRON: 'off',
      RETENTION_DAYS: { notifications: 90, model_invocations: 0 },
      FALLBACK_COOL_DOWN_SECONDS: 86_400,
    });
  });

  it.each([
    ['PORT', '65535', '65536'],
    ['PORT', '80', '80.5'],
    ['PORT', '0', '-1'],
    ['PORT', '3000', 'three thousand'],
    ['NODE_ENV', 'production', 'staging'],
    ['ENVIRONMENT_COLOUR', 'violet', 'pink'],
    ['LOG_LEVEL', 'silent', 'loud'],
    ['DATABASE_URL', 'postgresql://h/d', 'mysql://h/d'],
    ['MIGRATION_DATABASE_URL', 'postgres://h/d', 'h/d'],
    ['DATABASE_SCHEMA', `a${'b'.repeat(62)}`, `a${'b'.repeat(63)}`],
    ['DATABASE_SCHEMA', '_medzen', 'MedZen'],
    ['DATABASE_SCHEMA', 'medzen', 'public; DROP TABLE x'],
    ['DATABASE_POOL_SIZE', '2', '1'],
    ['DATABASE_POOL_SIZE', '200', '201'],
    ['TIMEOUT_MULTIPLIER', '1', '0.9'],
    ['TIMEOUT_MULTIPLIER', '100', '101'],
    ['REDIS_URL', 'rediss://h:6379', 'http://h:6379'],
    ['REDIS_PREFIX', 'a-b_c', 'a:b'],
    ['REDIS_CLUSTER', 'true', 'perhaps'],
    ['SUPABASE_SERVICE_KEY', LONG, LONG.slice(1)],
    ['ALLOWED_REGIONS', 'eu-central-1', 'eu-central-1,everywhere'],
    ['ALLOWED_REGIONS', 'eu-central-1', ','],
    ['AUDIT_SIGNING_KEY', PRIVATE, PUBLIC],
    ['AUDIT_SIGNING_KEY', PRIVATE, 'secret'],
    ['AUDIT_PUBLIC_KEYS', `${PUBLIC}, ${PUBLIC}`, PRIVATE],
    ['AUDIT_PUBLIC_KEYS', PUBLIC, `${PUBLIC},x`],
    ['AWS_ENDPOINT_URL_BEDROCK', 'http://localhost:4566', 'localhost'],
    ['CORS_ORIGINS', 'https://a.example', 'a.example'],
    ['CORS_ORIGINS', 'https://a.example', '*'],
    ['CORS_ORIGINS', 'http://localhost:*, http://127.0.0.1:*', 'https://a.example:*'],
    ['RATE_LIMIT_PER_SECOND', '1', '0'],
    ['TRUSTED_PROXIES', '10.0.0.0/8, ::1,uniquelocal', 'ingress.example'],
    ['FAILED_LOGINS_PER_MINUTE', '1', '0'],
    ['MAX_CONNECTIONS', '1', '0'],
    ['MAX_EVENT_LOOP_DELAY_MS', '0', '-1'],
    ['MAX_MODEL_CALLS', '1', '0'],
    ['MAX_MODEL_CALL_CHARACTERS', '1048576', '1048575'],
    ['REQUEST_TIMEOUT_MS', '100', '99'],
    ['USAGE_DURABILITY', 'journal', 'disk'],
    ['USAGE_JOURNAL_BYTES', '1048576', '1048575'],
    ['USAGE_JOURNAL_BYTES', '1073741824', '1073741825'],
    ['MOVE_PER_SECOND', '1', '0'],
    ['OUTBOX_LIMIT', '1', '0'],
    ['RETENTION_DAYS', 'notifications=90, model_invocations=0', 'notifications:90'],
    ['RETENTION_DAYS', '', 'notifications=-1'],
    ['NOTIFICATION_STREAMS', '1', '0'],
    ['NOTIFICATION_STREAMS', '50000', '50001'],
    ['FALLBACK_COOL_DOWN_SECONDS', '1', '0'],
    ['FALLBACK_COOL_DOWN_SECONDS', '86400', '86401'],
    ['BREAKER_PROBE_SECONDS', '3600', '3601'],
    ['CHAT_DEADLINE_SECONDS', '0.01', '0'],
    ['WIRE_BODY_LIMIT', '25000000', '25000001'],
    ['WIRE_BYTES_UNDER_WAY', '25000000', '24999999'],
    ['WIRE_USERS', 'on', 'yes'],
    ['WIRE_FORWARD_METADATA', 'off', 'false'],
    ['WIRE_DEFAULT_MAX_TOKENS', 'on', '4000'],
    ['WIRE_STRICT', 'on', 'true'],
  ])('%s may be %s, and not %s', (name, good, bad) => {
    expect(refused({ [name]: good })).toEqual([]);
    expect(new Set(refused({ [name]: bad }))).toEqual(new Set([name]));
  });
});

it('answers under way may take longer than the longest chat when a process stops', () => {
  const graceOf = (changes: Record<string, string>) =>
    loadEnv({ ...MINIMAL, ...changes }).SHUTDOWN_GRACE_SECONDS;
  expect(graceOf({ CHAT_DEADLINE_SECONDS: '300' })).toBe(315);
  expect(graceOf({ CHAT_DEADLINE_SECONDS: '300', SHUTDOWN_GRACE_SECONDS: '20' })).toBe(20);
});

describe('a bad environment', () => {
  it.each(['europe', 'eu-central', 'eu-central-1a', 'EU-CENTRAL-1'])('has %s as its region', (region) => {
    expect(refused({ AWS_REGION: region })).toContain('AWS_REGION');
  });

  it('is refused with every bad setting in one readable message', () => {
    expect(
      refused({
        PORT: 'x',
        DATABASE_URL: undefined,
        REDIS_PREFIX: 'a b',
        LOG_LEVEL: 'loud',
        SUPABASE_SERVICE_KEY: 'short',
      }),
    ).toEqual(['PORT', 'LOG_LEVEL', 'DATABASE_URL', 'REDIS_PREFIX', 'SUPABASE_SERVICE_KEY']);
  });

  it('says what each setting must be and where they are explained, and never repeats a secret', () => {
    const secret = 'sk-too-short';
    const load = () =>
      loadEnv({ ...MINIMAL, SUPABASE_SERVICE_KEY: secret, DATABASE_URL: 'mysql://u:hunter2@h/d' });
    expect(load).toThrow(/SUPABASE_SERVICE_KEY: must have at least 32 characters/);
    expect(load).toThrow(/DATABASE_URL: must be .*postgres:\/\//);
    expect(load).toThrow(/\.env\.example/);
    expect(load).not.toThrow(/sk-too-short|hunter2/);
  });
});

describe('settings that belong together', () => {
  const ISSUER = 'https://project.supabase.test/auth/v1';
  const JWKS = 'https://project.supabase.test/auth/v1/.well-known/jwks.json';

  it.each([
    ['a secret with its issuer', { SUPABASE_JWT_SECRET: LONG, SUPABASE_JWT_ISSUER: ISSUER }],
    ['a key set with its issuer', { SUPABASE_JWKS_URL: JWKS, SUPABASE_JWT_ISSUER: ISSUER }],
    [
      'both, while a project moves from one to the other',
      { SUPABASE_JWT_SECRET: LONG, SUPABASE_JWKS_URL: JWKS, SUPABASE_JWT_ISSUER: ISSUER },
    ],
    ['neither: then there are service keys only', {}],
    ['Sentinels with the name they watch', { REDIS_SENTINELS: 'a:26379', REDIS_SENTINEL_NAME: 'mymaster' }],
    ['a region elsewhere that is allowed', { AWS_REGION: 'eu-west-1', ALLOWED_REGIONS: 'eu-west-1' }],
  ])('accept %s', (_, changes) => {
    expect(refused(changes)).toEqual([]);
  });

  it.each<[what: string, changes: Record<string, string>, named: string[]]>([
    ['a secret without an issuer', { SUPABASE_JWT_SECRET: LONG }, ['SUPABASE_JWT_ISSUER']],
    ['a key set without an issuer', { SUPABASE_JWKS_URL: JWKS }, ['SUPABASE_JWT_ISSUER']],
    [
      'a role of Supabase’s own keys',
      { SUPABASE_JWT_ROLES: 'authenticated,service_role' },
      ['SUPABASE_JWT_ROLES'],
    ],
    ['Sentinels without a name', { REDIS_SENTINELS: 'a:26379' }, ['REDIS_SENTINEL_NAME']],
    [
      'Sentinels and a cluster',
      { REDIS_SENTINELS: 'a:26379', REDIS_SENTINEL_NAME: 'm', REDIS_CLUSTER: 'true' },
      ['REDIS_CLUSTER'],
    ],
    [
      'a Sentinel without a port',
      { REDIS_SENTINELS: 'a', REDIS_SENTINEL_NAME: 'mymaster' },
      ['REDIS_SENTINELS'],
    ],
    ['a region that is not allowed', { AWS_REGION: 'us-east-1' }, ['ALLOWED_REGIONS']],
    [
      'all of them together',
      { SUPABASE_JWT_SECRET: LONG, SUPABASE_JWKS_URL: JWKS, ALLOWED_REGIONS: 'eu-west-1' },
      ['SUPABASE_JWT_ISSUER', 'ALLOWED_REGIONS'],
    ],
  ])('refuse %s', (_, changes, named) => {
    expect(refused(changes)).toEqual(named);
  });

  it('are looked at also where another setting is bad, so that one start shows everything', () => {
    expect(refused({ PORT: 'x', SUPABASE_JWT_SECRET: LONG, AWS_REGION: 'us-east-1' })).toEqual([
      'PORT',
      'SUPABASE_JWT_ISSUER',
      'ALLOWED_REGIONS',
    ]);
  });
});
