import { setTimeout as delay } from 'node:timers/promises';
import { FaultProxy } from '../../test/support/fault-proxy.js';
import type { BuiltApi } from '../../test/support/processes.js';
import { burst } from '../../test/support/switch-load.js';
import type { Deployment } from '../bench-environment.js';
import type { Measure } from '../measure.js';

/**
 * Limits an instance by its two connections to a PostgreSQL that is a network away, and not by the cores of this machine,
 * on which all of them run: three do more only if nothing that they have in common holds them up.
 */
const POOL = '2';
const PACKET_DELAY_MS = 5;
const CLIENTS = 6;
const SWITCHES_EACH = 40;
/** Three times as much would be ideal. */
const MIN_GROWTH = 1.8;

/** Rates of all instances together, per second. */
interface Rates {
  switched: number;
  audited: number;
}

export const SCALE_OUT: Measure = {
  name: 'scale-out',
  title: 'Three apis and three workers over a PostgreSQL that is a network away',
  against: 'one of each',
  async *run(ground) {
    const stage = await ground.stage('scale_out');
    const url = stage.databaseUrl('orchestrator_app');
    const proxy = await FaultProxy.before(url);
    ground.later(() => proxy.cut());
    const variables = { DATABASE_URL: proxy.through(url), DATABASE_POOL_SIZE: POOL };
    const apis: BuiltApi[] = [];
    const measured = async (instances: number, name: string): Promise<Rates> => {
      proxy.delayMs = 0;
      for (; apis.length < instances; apis.push(await stage.startApi(variables)))
        stage.startWorker(variables);
      await burst(apis.at(-1)!, 5, `warm-${name}`);
      proxy.delayMs = PACKET_DELAY_MS;
      return rates(apis, stage, name);
    };
    const alone = await measured(1, 'alone');
    const together = await measured(3, 'together');
    for (const figure of ['switched', 'audited'] as const)
      yield {
        what: `${figure} per second, three of each / one of each`,
        value: together[figure] / alone[figure],
        unit: 'ratio',
        from: { alone: alone[figure], together: together[figure] },
        atLeast: MIN_GROWTH,
      };
    await stage.close();
  },
};

async function rates(apis: BuiltApi[], stage: Deployment, name: string): Promise<Rates> {
  const began = performance.now();
  const perSecond = () => (apis.length * SWITCHES_EACH * 1_000) / (performance.now() - began);
  await Promise.all(apis.map((api, n) => burst(api, SWITCHES_EACH, `${name}-${n}`, CLIENTS)));
  const switched = perSecond();
  while ((await stage.sql('SELECT FROM outbox LIMIT 1')).length > 0) await delay(5);
  return { switched, audited: perSecond() };
}
