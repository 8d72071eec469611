import { setTimeout as delay } from 'node:timers/promises';
import { type BuiltApi, descendantsOf } from '../../test/support/processes.js';
import { burst } from '../../test/support/switch-load.js';
import type { Deployment } from '../bench-environment.js';
import { cpuTimeOf, shareOfMemory } from '../cpu-pinning.js';
import type { Measure } from '../measure.js';

/** Two thirds of `mem_limit` in docker/smallest/compose.yml: the rest is for streams, chats and garbage. */
const LIMIT_MB = 512;
const CLIENTS = 8;

export const ALL_IN_ONE: Measure = {
  name: 'all-in-one',
  title: 'Api and worker in one container',
  against: 'nothing; what the kernel counts for all of its processes',
  async *run(ground) {
    const stage = await ground.stage('all_in_one');
    const api = await stage.startAllInOne({ DATABASE_POOL_SIZE: '5' });
    const started = useOf(api);
    yield { what: 'memory when both are ready', value: started.memoryMb, unit: 'MB', atMost: LIMIT_MB };
    yield { what: 'CPU until both are ready', value: started.cpuMs, unit: 'ms' };

    const switches = ground.quick ? 2_000 : 10_000;
    await burst(api, switches, 'switched', CLIENTS);
    await untilAudited(stage);
    const { memoryMb, cpuMs } = useOf(api);
    const spentMs = cpuMs - started.cpuMs;
    yield { what: `memory after ${switches} switches`, value: memoryMb, unit: 'MB', atMost: LIMIT_MB };
    yield { what: 'CPU of a switch and its audit row', value: spentMs / switches, unit: 'ms' };
    await stage.close();
  },
};

/** Of the process and of all that it started. What several of them share counts once. */
function useOf(api: BuiltApi): { memoryMb: number; cpuMs: number } {
  const pids = [api.pid, ...descendantsOf(api.pid)];
  const sum = (figureOf: (pid: number) => number) => pids.reduce((total, pid) => total + figureOf(pid), 0);
  return { memoryMb: sum(shareOfMemory), cpuMs: sum(cpuTimeOf) };
}

async function untilAudited(stage: Deployment): Promise<void> {
  while ((await stage.sql('SELECT FROM outbox LIMIT 1')).length > 0) await delay(20);
}
