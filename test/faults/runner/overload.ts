import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './fault.js';
import { askSwitch } from './http-client.js';
import { anySwitch, KeyedLoad } from './keyed-load.js';
import { offer } from './offered-load.js';
import type { Stage } from './stage.js';

/** Fresh processes are slow; measured then, their peak would be low and the overload none. */
const WARM_UP_MS = 10_000;
const MEASURED_MS = 8_000;
const OVERLOADED_MS = 15_000;
const TIMES_THE_PEAK = 3;
/** Share of the peak. The clients of the overload share the cores, and need more than those of the peak. */
const MIN_GOODPUT = 0.5;
const RECOVERY_TIMEOUT_MS = 10_000;
/** Recovered is: so many in a row are answered, each within half a second. */
const IN_A_ROW = 20;

/** Measures the throughput of clients who wait for their answers, in requests per second. */
async function measurePeak(stage: Stage, into: KeyedLoad): Promise<number> {
  const load = new KeyedLoad(stage.urls, 32);
  await delay(WARM_UP_MS);
  const before = load.record.answered;
  await delay(MEASURED_MS);
  const peak = ((load.record.answered - before) * 1000) / MEASURED_MS;
  await load.stop();
  into.record.add(load.record);
  return peak;
}

async function recoveryMs(stage: Stage, load: KeyedLoad): Promise<number> {
  const began = performance.now();
  let since = began;
  for (let inARow = 0; inARow < IN_A_ROW; ) {
    const asked = performance.now();
    const request = anySwitch();
    const reply = await askSwitch(stage.urls[inARow % 2]!, request).catch((error) => load.record.lost(error));
    if (reply) load.record.note(request, reply);
    const isWell = reply?.status === 200 && performance.now() - asked < 500;
    if (isWell) inARow += 1;
    else [inARow, since] = [0, performance.now()];
    if (performance.now() - began > 60_000) break;
  }
  return since - began;
}

export const OVERLOAD: Fault = {
  name: 'overload',
  title: `${TIMES_THE_PEAK} × the measured peak offered for ${OVERLOADED_MS / 1000} s, without waiting for answers`,
  clients: 0,
  async inject(stage, load) {
    const peak = await measurePeak(stage, load);
    const served = await offer(stage.urls, load.record, {
      perSecond: peak * TIMES_THE_PEAK,
      forMs: OVERLOADED_MS,
    });
    const recoveredMs = await recoveryMs(stage, load);
    for (const request of served.unanswered) await load.untilAnswered(request, 0);
    const goodput = (served.done * 1000) / OVERLOADED_MS / peak;
    const words = [
      `peak ${Math.round(peak)}/s, offered ${Math.round((served.offered * 1000) / OVERLOADED_MS)}/s`,
      `goodput ${Math.round(goodput * 100)} % (p99 ${(served.p99Ms / 1000).toFixed(1)} s)`,
      `${served.refused} refused, ${served.unanswered.length} unanswered`,
      `recovered in ${(recoveredMs / 1000).toFixed(1)} s`,
    ].join(', ');
    load.description = words;
    const holds =
      goodput >= MIN_GOODPUT && recoveredMs < RECOVERY_TIMEOUT_MS && served.unanswered.length === 0;
    if (!holds) throw new Error(`under overload: ${words}`);
  },
};
