import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, dataFolder } from '../embedded/checkout.js';
import { LaunchError } from '../embedded/launch-error.js';

export interface LaunchSettings {
  port: number;
  host: string;
  /** Address of the API on this machine. */
  url: string;
  serviceKey: string;
  /** Environment of api, worker and migrations; the addresses of the services are added when they run. */
  environment: NodeJS.ProcessEnv;
}

/** Reads settings from the environment, then `.env`, then defaults and secrets generated once per checkout. */
export function readSettings(): LaunchSettings {
  const dotEnv = join(checkout, '.env');
  if (existsSync(dotEnv)) process.loadEnvFile(dotEnv);
  const given = process.env;
  if (given.MIGRATION_DATABASE_URL && !given.DATABASE_URL) {
    throw new LaunchError('MIGRATION_DATABASE_URL is set without DATABASE_URL: set both, or neither.');
  }
  const port = readPort(given.PORT || '3000');
  const host = given.HOST || '127.0.0.1';
  const url = `http://${['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host}:${port}`;
  const serviceKey = given.SUPABASE_SERVICE_KEY || storedSecret('service-key');
  const environment = {
    NODE_ENV: 'development',
    // Otherwise every log would contain a warning of the end of Node 20.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    SUPABASE_URL: url,
    ...jwtDefaults(given, url),
    AUDIT_SIGNING_KEY: given.AUDIT_SIGNING_KEY || storedSecret('audit-signing-key', newSigningKey),
    WEBHOOK_SIGNING_KEYS: given.WEBHOOK_SIGNING_KEYS || storedSecret('webhook-signing-key'),
    // Receivers for experiments are on this machine.
    WEBHOOK_ALLOWED_ADDRESSES: '127.0.0.1,::1',
    // Pages under development are on this machine, at any port.
    ...(given.NODE_ENV !== 'production' && { CORS_ORIGINS: 'http://localhost:*,http://127.0.0.1:*' }),
    // No load balancer needs to notice the end first.
    SHUTDOWN_DELAY_SECONDS: '0',
    ...withoutEmpty(given),
    PORT: String(port),
    SUPABASE_SERVICE_KEY: serviceKey,
  };
  return { port, host, url, serviceKey, environment };
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new LaunchError(`PORT must be a number from 1 to 65535, not "${text}".`);
}

/** Removes empty values: `SUPABASE_URL=` in .env means "not set", like a shell's `${SUPABASE_URL:-default}`. */
function withoutEmpty(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

/** Without Supabase Auth there are no user tokens; a generated secret allows to create some for experiments. */
function jwtDefaults(given: NodeJS.ProcessEnv, url: string): NodeJS.ProcessEnv {
  if (given.SUPABASE_JWT_SECRET || given.SUPABASE_JWKS_URL) return {};
  return { SUPABASE_JWT_SECRET: storedSecret('jwt-secret'), SUPABASE_JWT_ISSUER: `${url}/auth/v1` };
}

const newSecret = () => randomBytes(36).toString('base64url');

const newSigningKey = () =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');

function storedSecret(name: string, make = newSecret): string {
  const file = join(dataFolder, name);
  mkdirSync(dataFolder, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, `${make()}\n`, { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
