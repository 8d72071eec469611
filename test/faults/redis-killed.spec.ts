import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { expectInvariants } from '../support/invariants.js';
import { BuiltApi, startWorker } from '../support/processes.js';
import { embeddedRedis } from '../support/redis-under-test.js';
import { SwitchLoad } from '../support/switch-load.js';
import { createTestEnvironment, FAULT_TIMEOUTS } from '../support/test-env.js';

const SCHEDULES = [
  'budgets.raise-warnings',
  'costs.make-partitions',
  'costs.measure-usage',
  'costs.roll-up-usage',
  'privacy.complete-erasures',
  'privacy.enforce-retention',
  'switching.forget-idempotency-keys',
  'switching.recover-conversations',
  'switching.seal-audit-rows',
];
/** Time runs faster for what happens every 30 s: a worker looks after its schedules then. */
const HASTE = `const every = setInterval;
globalThis.setInterval = (work, ms, ...rest) => every(work, ms === 30_000 ? 3_000 : ms, ...rest);`;
const IN_HASTE = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(HASTE)}` };

const cleanUps: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(cleanUps.map((cleanUp) => cleanUp())));

async function underLoad() {
  const redis = await embeddedRedis();
  const environment = await createTestEnvironment({ REDIS_URL: redis.url, ...FAULT_TIMEOUTS });
  const worker = startWorker({ ...environment.variables, ...IN_HASTE });
  const api = await BuiltApi.start(environment.variables);
  const look = new Redis(redis.url, { maxRetriesPerRequest: null });
  look.on('error', () => undefined);
  cleanUps.push(async () => {
    look.disconnect();
    await Promise.all([api.stop(), worker.stop()]);
    await Promise.all([redis.stop(), environment.close()]);
  });
  const schedules = async () => {
    const keys = await look.keys(`{${environment.variables.REDIS_PREFIX}}:*:repeat`);
    return keys.map((key) => key.split(':')[1]).sort();
  };
  await eventually(async () => expect(await schedules()).toEqual(SCHEDULES));
  return { redis, environment, api, look, schedules, load: new SwitchLoad(api) };
}

/** That PostgreSQL is busy on a busy machine says nothing about Redis. */
const OF_POSTGRES = ['database_unavailable', 'overloaded'];
const refusalsOf = ({ refusals, lost }: SwitchLoad) => [
  ...refusals.filter(({ body }) => !OF_POSTGRES.includes(body?.code)).map(({ text }) => text),
  ...lost,
];

/** `npm run test:faults` does this and more to a real redis-server. */
describe.concurrent('the embedded Redis', () => {
  it('killed under load and started again empty: no request fails, each switch has one audit row', async () => {
    const { redis, environment, api, load, schedules } = await underLoad();
    await load.more(40);
    await redis.kill();
    await load.more(60);
    expect((await api.get('/readyz')).body).toEqual({ status: 'degraded', redis: 'down' });
    await redis.startAgain();
    await load.more(40);
    await load.stop();
    expect(refusalsOf(load)).toEqual([]);
    await expectInvariants(environment.owner, load.acknowledged);
    const isWell = async () => expect((await api.get('/readyz')).body).toEqual({ status: 'ok', redis: 'up' });
    await eventually(isWell);
    await eventually(async () => expect(await schedules()).toEqual(SCHEDULES));
  });

  it('emptied by FLUSHALL under load, twice: no request fails, each switch has one audit row', async () => {
    const { environment, load, look } = await underLoad();
    for (let flush = 0; flush < 2; flush += 1) {
      await load.more(40);
      await delay(Math.random() * 50);
      await look.flushall();
    }
    await load.more(20);
    await load.stop();
    expect(refusalsOf(load)).toEqual([]);
    await expectInvariants(environment.owner, load.acknowledged);
  });
});
