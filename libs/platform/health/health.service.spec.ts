import { expect, it } from 'vitest';
import type { DatabaseReadiness } from '../database/database-readiness.js';
import type { RedisConnections } from '../redis/redis-connections.js';
import { Health } from './health.service.js';

const database = { assertReady: async () => undefined } as unknown as DatabaseReadiness;
const redis = (isUp: boolean) => ({ answers: async () => isUp }) as RedisConnections;

it('without Redis a process is degraded, and ready', async () => {
  expect(await new Health(database, redis(true)).ready()).toEqual({ status: 'ok', redis: 'up' });
  expect(await new Health(database, redis(false)).ready()).toEqual({ status: 'degraded', redis: 'down' });
});

it('a process that closes lives and is not ready', async () => {
  const health = new Health(database, redis(true));
  health.onModuleDestroy();
  expect(health.live()).toEqual({ status: 'ok' });
  await expect(health.ready()).rejects.toMatchObject({ code: 'closing' });
});
