import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClientRecord } from './client-record.js';
import { askSwitch, type SwitchRequest } from './http-client.js';
import { anySwitch } from './keyed-load.js';

const TICK_MS = 10;
/**
 * To each instance. More than it processes and queues, so that the surplus reaches it and does not wait here. They are
 * opened before the load, because an instance accepts one in each turn of its event loop: docs/reliability.md, Limits.
 */
const KEPT_CONNECTIONS = 512;

/** How a load that does not wait for answers was served. */
export interface Served {
  offered: number;
  /** While it lasted: what was answered after its end does not count. */
  done: number;
  /** 503 or 429. */
  refused: number;
  /** Their outcome is unknown: no answer in time, or a lost connection. */
  unanswered: SwitchRequest[];
  /** Of those that were done, the slowest of a hundred. */
  p99Ms: number;
}

async function openConnections(urls: string[]): Promise<Agent> {
  const agent = new Agent({ keepAlive: true, maxSockets: KEPT_CONNECTIONS });
  const opened = urls.flatMap((url) =>
    Array.from({ length: KEPT_CONNECTIONS }, async () => {
      const [response] = await once(get(`${url}/livez`, { agent }), 'response');
      await once(response.resume(), 'end');
    }),
  );
  await Promise.all(opened);
  return agent;
}

/** Offers so many requests per second through kept connections, as a load balancer does, whether those before are answered or not; repeats none. */
export async function offer(
  urls: string[],
  record: ClientRecord,
  { perSecond, forMs }: { perSecond: number; forMs: number },
): Promise<Served> {
  const served: Served = { offered: 0, done: 0, refused: 0, unanswered: [], p99Ms: 0 };
  const latencies: number[] = [];
  const agent = await openConnections(urls);
  let done = 0;
  const underWay: Promise<void>[] = [];
  const began = performance.now();
  const one = async (request: SwitchRequest, url: string) => {
    const asked = performance.now();
    const reply = await askSwitch(url, request, agent).catch((error) => record.lost(error));
    if (reply) record.note(request, reply);
    if (!reply) served.unanswered.push(request);
    else if (reply.status !== 200) served.refused += 1;
    else {
      latencies.push(performance.now() - asked);
      if (performance.now() - began < forMs) done += 1;
    }
  };
  for (let passed = 0; passed < forMs; passed = performance.now() - began) {
    for (const due = (passed * perSecond) / 1000; served.offered < due; served.offered += 1)
      underWay.push(one(anySwitch(), urls[served.offered % urls.length]!));
    await delay(TICK_MS);
  }
  await Promise.all(underWay);
  agent.destroy();
  latencies.sort((a, b) => a - b);
  return { ...served, done, p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? 0 };
}
