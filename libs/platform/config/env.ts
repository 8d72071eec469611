import { createPrivateKey, createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { SCOPES } from '../auth/principal.js';

const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region such as eu-central-1');
const list = (value: string) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
const cron = z
  .string()
  .regex(/^(off|(\S+\s+){4,5}\S+)$/, 'must be a cron expression such as */15 * * * *, or off');
const needed = (kind: string, example: string) => ({
  error: (issue: { input?: unknown }) =>
    issue.input === undefined
      ? `is required: a ${kind}, e.g. ${example}`
      : `must be a ${kind}, e.g. ${example}`,
});
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  ...needed('PostgreSQL URL', 'postgres://user:password@127.0.0.1:5432/orchestrator'),
});
/** Fractions are for tests, which have no time. */
const seconds = (most: number) => z.coerce.number().min(0.01).max(most);
const HOST_AND_PORT = /^[\w.-]+:\d{1,5}$/;
/** Every port of this machine, for pages under development. */
const LOCAL_ORIGIN = /^https?:\/\/(localhost|127\.0\.0\.1):\*$/;
const PROXY = /^(loopback|linklocal|uniquelocal|[\da-f.:]+(\/\d{1,3})?)$/i;
const ADDRESS = /^[\da-f.:]+(\/\d{1,3})?$/i;
const secret = z.string().min(32, 'must have at least 32 characters');

const daysOf = (rule: string): [table: string, days: number] => {
  const [table = '', days] = rule.split('=');
  return [table, Number(days)];
};

/** A key in DER, base64 on one line, as `openssl … -outform DER | base64 -w0` writes it. */
const ed25519 = (kind: 'private' | 'public') =>
  z.string().refine((text) => {
    const key = { key: Buffer.from(text, 'base64'), format: 'der' } as const;
    try {
      const read =
        kind === 'private'
          ? createPrivateKey({ ...key, type: 'pkcs8' })
          : createPublicKey({ ...key, type: 'spki' });
      return read.asymmetricKeyType === 'ed25519';
    } catch {
      return false;
    }
  }, `must be an Ed25519 ${kind} key in DER, base64 on one line: .env.example says how to make one`);

/** Colours that the console has. */
export const ENVIRONMENT_COLOURS = ['gray', 'red', 'orange', 'yellow', 'green', 'blue', 'violet'] as const;
/** A setting that is written as JSON. */
const jsonOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON: .env.example has an example' });
        return z.NEVER;
      }
    })
    .pipe(schema);

const OidcIssuer = z.strictObject({
  /** Also the prefix of its discovery document. */
  issuer: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }),
  /** On the button of the sign-in page. */
  name: z.string().min(1).max(60).default('single sign-on'),
  clientId: z.string().min(1),
  /** Absent: a public client, which proves itself by PKCE alone. */
  clientSecret: z.string().min(1).optional(),
  /** Client of the command line, which signs in by the device flow. Absent: `clientId`, if it has no secret. */
  cliClientId: z.string().min(1).optional(),
  /** Claim with the names of groups, or its path, such as `realm_access.roles`. */
  groupsClaim: z.string().min(1).default('groups'),
  /** Asked for besides `openid`. */
  scope: z.string().default('profile'),
});
export type OidcIssuer = z.infer<typeof OidcIssuer>;

const EnvSchema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    ENVIRONMENT_NAME: z.string().min(1).max(32).optional(),
    ENVIRONMENT_COLOUR: z
      .enum(ENVIRONMENT_COLOURS, { error: `must be one of ${ENVIRONMENT_COLOURS.join(', ')}` })
      .optional(),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    WORKER_HTTP_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),

    OTEL_EXPORTER_OTLP_ENDPOINT: z
      .url({ protocol: /^https?$/, error: 'must be an http(s) URL, e.g. http://127.0.0.1:4318' })
      .optional(),

    DATABASE_URL: postgresUrl,
    MIGRATION_DATABASE_URL: postgresUrl.optional(),
    DATABASE_SCHEMA: z
      .string()
      .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'must be a lower-case PostgreSQL identifier')
      .default('public'),
    TIMEOUT_MULTIPLIER: z.coerce.number().min(1).max(100).default(1),
    DATABASE_POOLING: z.enum(['auto', 'session', 'transaction']).default('auto'),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(20),
    REDIS_URL: z.url({ protocol: /^rediss?$/, ...needed('Redis URL', 'redis://127.0.0.1:6379') }),
    REDIS_SENTINELS: z
      .string()
      .default('')
      .transform(list)
      .pipe(z.array(z.string().regex(HOST_AND_PORT, 'must be a list such as 10.0.0.1:26379,10.0.0.2:26379'))),
    REDIS_SENTINEL_NAME: z.string().min(1).optional(),
    REDIS_SENTINEL_PASSWORD: z.string().min(1).optional(),
    REDIS_CLUSTER: z.stringbool({ error: 'must be true or false' }).default(false),
    REDIS_PREFIX: z
      .string()
      .regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -')
      .default('orchestrator'),

    SUPABASE_SERVICE_KEY: secret.optional(),
    BOOTSTRAP_KEY: z.enum(['full', 'read-only'], { error: 'must be full or read-only' }).default('full'),
    SESSION_SECRET: secret.optional(),
    CACHE_SIGNING_KEY: secret.optional(),
    SUPABASE_JWT_SECRET: secret.optional(),
    SUPABASE_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }).optional(),
    SUPABASE_JWT_ISSUER: z.string().min(1).optional(),
    SUPABASE_JWT_AUDIENCE: z.string().min(1).default('authenticated'),
    SUPABASE_JWT_ROLES: z
      .string()
      .default('authenticated')
      .transform(list)
      .pipe(z.array(z.string().regex(/^(?!anon$|service_role$)/, 'must not be anon or service_role')).min(1)),
    PERSON_ROLES_CLAIM: z
      .string()
      .regex(/^[\w-]+(\.[\w-]+)*$/, 'must be the path of a claim such as app_metadata.orchestrator_roles')
      .default('app_metadata.orchestrator_roles'),
    PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }).optional(),
    OIDC_ISSUERS: jsonOf(z.array(OidcIssuer)).default([]),
    OIDC_ROLES: jsonOf(z.record(z.string().min(1), z.array(z.enum(SCOPES)))).default({}),
    ANONYMOUS_USERS: z.enum(['refuse', 'allow']).default('refuse'),

    AUDIT_SIGNING_KEY: ed25519('private').optional(),
    AUDIT_CHECKPOINT: z
      .string()
      .regex(/^[1-9]\d{0,15}:[\da-f]{64}$/, 'must be position:hash of a checkpoint, the hash in hexadecimal')
      .transform((text) => {
        const [position, hash] = text.split(':');
        return { position: Number(position), hash: Buffer.from(hash!, 'hex') };
      })
      .optional(),
    AUDIT_PUBLIC_KEYS: z
      .string()
      .default('')
      .transform(list)
      .pipe(z.array(ed25519('public'))),

    AWS_REGION: region.default('eu-central-1'),
    AWS_BEARER_TOKEN_BEDROCK: z.string().optional(),
    AWS_ENDPOINT_URL_BEDROCK: z.url().optional(),
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: z.url().optional(),
    ALLOWED_REGIONS: z
      .string()
      .default('eu-central-1,eu-north-1,eu-west-1,eu-west-3,eu-south-1,eu-south-2')
      .transform(list)
      .pipe(z.array(region).min(1)),
    VALIDATION_SWEEP_CRON: cron.default('*/15 * * * *'),
    CATALOGUE_SYNC_CRON: cron.default('0 3 * * *'),
    VALIDATION_DAILY_TOKENS: z.coerce.number().int().min(0).default(20_000),
    VALIDATION_DAILY_USD: z.coerce.number().min(0).default(0.05),

    CORS_ORIGINS: z
      .string()
      .default('')
      .transform(list)
      .pipe(
        z.array(
          z.union([z.url({ protocol: /^https?$/ }), z.string().regex(LOCAL_ORIGIN)], {
            error: 'must be a list of origins such as https://app.example.com, or http://localhost:*',
          }),
        ),
      ),
    TRUSTED_PROXIES: z
      .string()
      .default('')
      .transform(list)
      .pipe(z.array(z.string().regex(PROXY, 'must be a list of addresses and networks such as 10.0.0.0/8'))),
    TRUSTED_PROXY_HOPS: z.coerce.number().int().min(1).max(10).default(1),
    RATE_LIMIT_PER_SECOND: z.coerce.number().int().min(1).default(500),
    USER_SWITCHES_PER_MINUTE: z.coerce.number().int().min(1).default(10),
    USER_CHATS_PER_MINUTE: z.coerce.number().int().min(1).default(30),
    USER_CHATS_AT_ONCE: z.coerce.number().int().min(1).default(3),
    USER_CONVERSATION_IDS: z.enum(['uuid', 'any']).default('uuid'),
    FAILED_LOGINS_PER_MINUTE: z.coerce.number().int().min(1).default(100),
    MAX_CONNECTIONS: z.coerce.number().int().min(1).default(10_000),
    MAX_EVENT_LOOP_DELAY_MS: z.coerce.number().int().min(0).default(1_000),
    REQUEST_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(10_000),
    MAX_MODEL_CALLS: z.coerce.number().int().min(1).max(10_000).default(400),
    MAX_MODEL_CALL_CHARACTERS: z.coerce.number().int().min(1_048_576).default(33_554_432),
    USAGE_DURABILITY: z.enum(['postgres', 'journal']).default('postgres'),
    USAGE_JOURNAL_DIR: z.string().min(1).default('.data/usage-journal'),
    USAGE_JOURNAL_BYTES: z.coerce.number().int().min(1_048_576).max(1_073_741_824).default(16_777_216),
    MOVE_PER_SECOND: z.coerce.number().int().min(1).max(10_000).default(300),
    OUTBOX_LIMIT: z.coerce.number().int().min(1).default(100_000),
    SHUTDOWN_DELAY_SECONDS: z.coerce.number().min(0).max(300).default(5),
    SHUTDOWN_GRACE_SECONDS: seconds(3_600).optional(),
    NOTIFICATION_STREAMS: z.coerce.number().int().min(1).max(50_000).default(5_000),
    WEBHOOK_SIGNING_KEYS: z.string().default('').transform(list).pipe(z.array(secret)),
    WEBHOOK_ALLOWED_ADDRESSES: z
      .string()
      .default('')
      .transform(list)
      .pipe(
        z.array(z.string().regex(ADDRESS, 'must be a list of addresses and networks such as 10.1.0.0/16')),
      ),
    WEBHOOK_TIMEOUT_SECONDS: seconds(60).default(10),
    RETENTION_DAYS: z
      .string()
      .default('')
      .transform(list)
      .pipe(
        z.array(
          z
            .string()
            .regex(/^[a-z_]+=\d{1,5}$/, 'must be a list such as notifications=90,model_invocations=0'),
        ),
      )
      .transform((rules) => Object.fromEntries(rules.map(daysOf))),
    FALLBACK_COOL_DOWN_SECONDS: z.coerce.number().int().min(1).max(86_400).default(300),
    BREAKER_PROBE_SECONDS: seconds(3_600).default(10),
    CHAT_DEADLINE_SECONDS: seconds(600).default(60),
    CHAT_FIRST_TEXT_SECONDS: seconds(600).default(10),
    CHAT_IDLE_SECONDS: seconds(600).default(10),
    WIRE_BODY_LIMIT: z.coerce.number().int().min(32_768).max(25_000_000).default(25_000_000),
    WIRE_BYTES_UNDER_WAY: z.coerce.number().int().min(25_000_000).default(100_663_296),
    WIRE_USERS: z.enum(['on', 'off']).default('off'),
    WIRE_FORWARD_METADATA: z.enum(['on', 'off']).default('on'),
    WIRE_DEFAULT_MAX_TOKENS: z.enum(['on', 'off']).default('off'),
    WIRE_STRICT: z.enum(['on', 'off']).default('off'),
  })
  .superRefine(
    (env, context) => {
      const demand = (path: string, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message });
      if ((env.SUPABASE_JWT_SECRET || env.SUPABASE_JWKS_URL) && !env.SUPABASE_JWT_ISSUER)
        demand(
          'SUPABASE_JWT_ISSUER',
          'is required with a JWT secret or key set, e.g. https://<project>.supabase.co/auth/v1',
        );
      if (regionsAreGood(env) && !env.ALLOWED_REGIONS.includes(env.AWS_REGION))
        demand(
          'ALLOWED_REGIONS',
          `must contain AWS_REGION (${env.AWS_REGION}): no model could be invoked otherwise`,
        );
    },
    { when: () => true },
  )
  .superRefine(
    (env, context) => {
      const demand = (path: string, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message });
      if (!Array.isArray(env.REDIS_SENTINELS) || env.REDIS_SENTINELS.length === 0) return;
      if (!env.REDIS_SENTINEL_NAME)
        demand('REDIS_SENTINEL_NAME', 'is required with REDIS_SENTINELS: the name they watch, e.g. mymaster');
      if (env.REDIS_CLUSTER) demand('REDIS_CLUSTER', 'set either this or REDIS_SENTINELS, not both');
    },
    { when: () => true },
  )
  .transform((env) => ({
    ...env,
    ENVIRONMENT_NAME: env.ENVIRONMENT_NAME ?? env.NODE_ENV,
    ENVIRONMENT_COLOUR: env.ENVIRONMENT_COLOUR ?? (env.NODE_ENV === 'production' ? 'red' : 'gray'),
    // Longer than any chat: only what hangs is cut off.
    SHUTDOWN_GRACE_SECONDS: env.SHUTDOWN_GRACE_SECONDS ?? env.CHAT_DEADLINE_SECONDS + 15,
  }));

const regionsAreGood = (env: { ALLOWED_REGIONS: unknown; AWS_REGION: unknown }): boolean =>
  z.array(region).safeParse(env.ALLOWED_REGIONS).success && region.safeParse(env.AWS_REGION).success;

/** The whole configuration of api and worker; `.env.example` documents every setting. */
export type Env = z.infer<typeof EnvSchema>;

/**
 * Reads and checks the environment once, at boot. An empty string counts as not set.
 * @throws Error that lists every bad setting with what it must be
 */
export function loadEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = EnvSchema.safeParse(set);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(
    `The configuration is not usable:\n${lines.join('\n')}\nEvery setting is explained in .env.example.`,
  );
}

/** For migrations: they use no Redis, which need not exist yet. A wrong setting is refused all the same. */
export const loadEnvWithoutRedis = (source: NodeJS.ProcessEnv = process.env): Env =>
  loadEnv({ ...source, REDIS_URL: source.REDIS_URL || 'redis://not-used' });
