import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { BuiltApi } from '../../test/support/processes.js';
import type { BenchEnvironment, Deployment } from '../bench-environment.js';
import { memoryOf } from '../cpu-pinning.js';
import { type Request, throughput } from '../load/closed-loop.js';
import type { Figure, Measure } from '../measure.js';

const CLIENTS = 64;
const CONVERSATIONS = 1_000;
const STREAMS = 2_000;
/** A user may have ten. */
const STREAMS_OF_ONE = 8;
const LIMIT_MB = 300;
/** Difference between two samples because of garbage that is not collected yet. */
const NOISE_MB = 25;

export const MEMORY: Measure = {
  name: 'memory',
  title: 'Memory of the api',
  against: 'nothing; RSS as the kernel says',
  async *run(ground) {
    const stage = await ground.stage('memory');
    yield* afterRequests(ground, stage);
    yield* withStreams(stage);
    await stage.close();
  },
};

async function* afterRequests(ground: BenchEnvironment, stage: Deployment): AsyncIterable<Figure> {
  const requests = ground.quick ? 200_000 : 1_000_000;
  const api = await stage.startApi();
  const load = await everydayRequests(api, stage);
  const looks: number[] = [];
  for (let answered = 0; answered < requests; looks.push(memoryOf(api.pid)))
    answered += (await throughput(load, { clients: CLIENTS, seconds: 2 })) * 2;
  // The api is warmed up by then; from there on it must not grow any more.
  const half = Math.floor(looks.length / 2);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const grown =
    mean(looks.slice(half + Math.floor(half / 2))) - mean(looks.slice(half, half + Math.floor(half / 2)));
  yield { what: `RSS after ${requests} requests`, value: looks.at(-1)!, unit: 'MB', atMost: LIMIT_MB };
  yield { what: 'RSS, last quarter less the one before', value: grown, unit: 'MB', atMost: NOISE_MB };
  await api.stop();
}

/** Reads of many conversations, the catalogue, a list from PostgreSQL, and what is refused. */
async function everydayRequests(api: BuiltApi, stage: Deployment): Promise<Request[]> {
  const headers = { authorization: `Bearer ${await stage.key(api, 'read', 'switch', 'act-as', 'audit')}` };
  const conversations = Array.from(
    { length: CONVERSATIONS },
    (_, index) => `${api.url}/v1/conversations/c-${index}/model`,
  );
  const reads = conversations.map((url) => ({ url, headers }));
  const listAll = { url: `${api.url}/orchestrate`, headers, body: { action: 'list-all' } };
  const validate = { ...listAll, body: { action: 'validate', modelId: 'eu.amazon.nova-pro-v1:0' } };
  const switches = { url: `${api.url}/v1/switches?limit=20`, headers };
  return reads.flatMap((read, index) => (index % 20 === 0 ? [read, listAll, validate, switches] : [read]));
}

async function* withStreams(stage: Deployment): AsyncIterable<Figure> {
  const api = await stage.startApi();
  const token = await stage.key(api, 'act-as', 'switch');
  const before = memoryOf(api.pid);
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
  const opened = Array.from({ length: STREAMS }, (_, index) =>
    open(api, token, `user-${Math.floor(index / STREAMS_OF_ONE)}`, agent),
  );
  await Promise.all(opened);
  await delay(2_000);
  const rss = memoryOf(api.pid);
  yield {
    what: `RSS with ${STREAMS} open streams`,
    value: rss,
    unit: 'MB',
    from: { before },
    atMost: LIMIT_MB,
  };
  agent.destroy();
  await api.stop();
}

/** Resolves when the first bytes of the stream are there. */
function open(api: BuiltApi, token: string, userId: string, agent: Agent): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
  return new Promise((resolve, reject) => {
    const request = get(
      `${api.url}/v1/notifications/stream?userId=${userId}`,
      { agent, headers },
      (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`a stream was answered with ${answer.statusCode}`));
        answer.once('data', () => resolve());
      },
    );
    // Until it is open; it is cut at the end.
    request.once('error', reject);
  });
}
