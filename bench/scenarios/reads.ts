import { setTimeout as delay } from 'node:timers/promises';
import type { BenchEnvironment } from '../bench-environment.js';
import { forked } from '../child-process.js';
import { cpuTimeOf } from '../cpu-pinning.js';
import { type Request, throughput } from '../load/closed-loop.js';
import { latenciesAt } from '../load/fixed-rate.js';
import {
  type Figure,
  interleave,
  inverse,
  type Measure,
  ratioOf,
  type Threshold,
  type Turn,
} from '../measure.js';

const CLIENTS = 64;
/** Of what the slower of both can do: enough to be busy, so little that nobody queues for long. */
const LOAD_OF_LATENCIES = 0.4;
/** More a second would have to queue in the generator. */
const MAX_PACED_RATE = 5_000;

/** Of requests per second, by the route. */
const MODEL_BAR = { atLeast: 0.6 };
const LIST_BAR = { atLeast: 0.75 };
const P99_BAR = { atMost: 3 };

export const READS: Measure = {
  name: 'reads',
  title: 'GET /v1/conversations/{id}/model and list-all',
  against: 'a bare Fastify route that sends a constant of the same size',
  async *run(ground) {
    const stage = await ground.stage('reads');
    const api = await stage.startApi();
    const token = await stage.key(api, 'read', 'switch', 'act-as');
    const headers = { authorization: `Bearer ${token}` };
    const switched = {
      action: 'switch',
      conversationId: 'conv-1',
      userId: 'user-1',
      modelId: 'eu.amazon.nova-lite-v1:0',
    };
    await api.act(switched, { token });
    const routes: [string, Request, Threshold][] = [
      [
        'conversations/{id}/model',
        { url: `${api.url}/v1/conversations/conv-1/model?userId=user-1`, headers },
        MODEL_BAR,
      ],
      ['list-all', { url: `${api.url}/orchestrate`, headers, body: { action: 'list-all' } }, LIST_BAR],
    ];
    for (const [name, route, bar] of routes) yield* compare(name, { route, pid: api.pid, bar }, ground);
    await stage.close();
  },
};

async function* compare(
  name: string,
  ours: { route: Request; pid: number; bar: Threshold },
  ground: BenchEnvironment,
): AsyncIterable<Figure> {
  const bare = await startBareFastify(await answerOf(ours.route));
  const theirs = { route: { url: bare.url }, pid: bare.pid! };
  const busy = (side: Pick<typeof ours, 'route' | 'pid'>) => async () => {
    const before = cpuTimeOf(side.pid);
    const perSecond = await throughput(side.route, { clients: CLIENTS, seconds: ground.seconds });
    return { perSecond, cpuMicros: ((cpuTimeOf(side.pid) - before) * 1000) / (perSecond * ground.seconds) };
  };
  const turns = await interleave(ground.turns, busy(ours), busy(theirs));
  const perSecond = ratioOf(turns.map(of('perSecond')));
  yield { what: `${name}: requests per second, ${CLIENTS} clients`, ...perSecond, ...ours.bar };
  yield { what: `${name}: CPU per request, theirs / ours`, ...inverse(ratioOf(turns.map(of('cpuMicros')))) };
  const load = {
    perSecond: Math.min(Math.floor(perSecond.from.ours! * LOAD_OF_LATENCIES), MAX_PACED_RATE),
    clients: CLIENTS,
    seconds: ground.seconds,
  };
  const paced = (route: Request) => async () => {
    await delay(200);
    return (await latenciesAt(route, load)).p99;
  };
  yield {
    what: `${name}: p99 at ${load.perSecond} requests per second`,
    ...ratioOf(await interleave(ground.turns, paced(ours.route), paced(theirs.route))),
    ...P99_BAR,
  };
  bare.disconnect();
}

const of =
  <Name extends string>(name: Name) =>
  ({ ours, theirs }: Turn<Record<Name, number>>): Turn<number> => ({
    ours: ours[name],
    theirs: theirs[name],
  });

async function answerOf({ url, headers, body }: Request): Promise<string> {
  const json = body && { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(url, {
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...json,
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.text();
}

const startBareFastify = (answer: string) =>
  forked<{ url: string }>('baselines/bare-fastify', { role: 'measured', args: [answer] });
