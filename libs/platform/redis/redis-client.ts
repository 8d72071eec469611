import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { Env } from '../config/env.js';

export type RedisSettings = Pick<
  Env,
  | 'REDIS_URL'
  | 'REDIS_SENTINELS'
  | 'REDIS_SENTINEL_NAME'
  | 'REDIS_SENTINEL_PASSWORD'
  | 'REDIS_CLUSTER'
  | 'TIMEOUT_MULTIPLIER'
>;
export type RedisClient = Redis | Cluster;

/** Options of each caller; the settings define the server and the login. */
export type RedisClientOptions = Pick<
  RedisOptions,
  'commandTimeout' | 'connectTimeout' | 'enableOfflineQueue' | 'maxRetriesPerRequest' | 'socketTimeout'
>;

/** Returns the pause before the next attempt to connect, in milliseconds. */
export const reconnect = (attempt: number): number => Math.min(attempt * 100, 2_000);

/** Returns a client of one server, of the primary that Sentinels name, or of a Redis Cluster. */
export function redisClient(settings: RedisSettings, options: RedisClientOptions): RedisClient {
  return settings.REDIS_CLUSTER
    ? redisCluster(settings, options)
    : new Redis(redisOptions(settings, options));
}

/** Returns the options for one server, or for the primary that Sentinels name; follows a failover. */
export function redisOptions(settings: RedisSettings, options: RedisClientOptions) {
  const { host, port, isSecure, ...login } = readUrl(settings.REDIS_URL);
  const connection = { ...options, ...login, retryStrategy: reconnect };
  if (settings.REDIS_SENTINELS.length === 0)
    return { ...connection, host, port, ...(isSecure && { tls: { servername: host } }) };
  return {
    ...connection,
    sentinels: settings.REDIS_SENTINELS.map(address),
    name: settings.REDIS_SENTINEL_NAME,
    sentinelPassword: settings.REDIS_SENTINEL_PASSWORD,
    sentinelRetryStrategy: reconnect,
    ...(isSecure && { tls: {}, enableTLSForSentinelMode: true }),
  };
}

/** Returns a client of a cluster. The URL names any node, or the discovery address of a managed cluster. */
export function redisCluster(settings: RedisSettings, options: RedisClientOptions): Cluster {
  const { host, port, isSecure, username, password } = readUrl(settings.REDIS_URL);
  const { enableOfflineQueue = true, ...ofEachNode } = options;
  return new Cluster([{ host, port }], {
    enableOfflineQueue,
    clusterRetryStrategy: reconnect,
    // Keeps the name of a node, because certificates are issued for names.
    dnsLookup: (name, found) => found(null, name),
    redisOptions: { ...ofEachNode, username, password, ...(isSecure && { tls: {} }) },
  });
}

function readUrl(text: string) {
  const url = new URL(text);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 6379),
    isSecure: url.protocol === 'rediss:',
    username: decodeURIComponent(url.username) || undefined,
    password: decodeURIComponent(url.password) || undefined,
    db: Number(url.pathname.slice(1)) || 0,
  };
}

function address(text: string): { host: string; port: number } {
  const [host = '', port] = text.split(':');
  return { host, port: Number(port) };
}
