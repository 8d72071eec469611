import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../scripts/embedded/checkout.js';
import { redisServerInstalled } from '../test/support/redis-under-test.js';
import { BenchEnvironment } from './bench-environment.js';
import { forked } from './child-process.js';
import { cpuTimeOf, pin } from './cpu-pinning.js';
import { type Request, throughput } from './load/closed-loop.js';
import { median } from './measure.js';

/*
 * For CI, in a minute: what a request costs of CPU time, in requests of a Fastify route that does nothing, against what is kept
 * in bench/results/regression.json. Such a ratio hardly depends on the machine, as times do; it does on the release line of
 * Node.js, so that each has its own figures. A machine that is shared is up to 1.6 times slower for seconds: each cost is
 * divided by that of the bare route just before it, and the median of the turns counts.
 */

const KEPT = join(checkout, 'bench', 'results', 'regression.json');
/** The same code took 41 to 59 bare requests for a switch within an hour on one machine: less than this is noise. */
const MAX_INCREASE = 1.5;
const TURNS = 5;
const MAX_TURNS = 12;
const CLIENTS = 16;
const NOVA = ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-pro-v1:0'];
const CONVERSATIONS = Array.from({ length: 50 }, (_, index) => `conversation-${index}`);

const NODE = `node ${process.versions.node.split('.')[0]}`;

type Costs = Record<string, number>;

/** Yields what each request costs, after each turn again; the first one warms up. */
async function* measure(ground: BenchEnvironment): AsyncGenerator<Costs, never> {
  const stage = await ground.stage('regression');
  // CPU time is measured, not time: no limit may end a request because a machine is busy with other work.
  const api = await stage.startApi({ TIMEOUT_MULTIPLIER: '30' });
  const headers = { authorization: `Bearer ${await stage.key(api, 'read', 'switch', 'act-as')}` };
  const action = (body: object | object[]): Request => ({ url: `${api.url}/orchestrate`, headers, body });
  const switches = NOVA.flatMap((modelId) =>
    CONVERSATIONS.map((conversationId) => ({ action: 'switch', conversationId, modelId })),
  );
  const messages = [{ role: 'user', content: 'What helps against a cold?' }];
  const chats = CONVERSATIONS.map((conversationId) => ({ conversationId, messages }));
  const bare = await forked<{ url: string }>('baselines/bare-fastify', {
    role: 'measured',
    args: ['{"constant":true}'],
  });
  ground.later(() => bare.disconnect());
  const requests: Record<string, Request | Request[]> = {
    switch: action(switches),
    'conversations/{id}/model': CONVERSATIONS.map((id) => ({
      url: `${api.url}/v1/conversations/${id}/model`,
      headers,
    })),
    'list-all': action({ action: 'list-all' }),
    chat: { url: `${api.url}/v1/chat`, headers, body: chats },
  };
  let ratios: Record<string, number[]> = {};
  for (let turn = 0; ; turn += 1) {
    if (turn <= 1) ratios = Object.fromEntries(Object.keys(requests).map((name) => [name, []]));
    for (const [name, request] of Object.entries(requests)) {
      const unit = await cost({ url: bare.url }, bare.pid!);
      ratios[name]!.push((await cost(request, api.pid)) / unit);
    }
    yield Object.fromEntries(
      Object.entries(ratios).map(([name, all]) => [name, Number(median(all).toFixed(2))]),
    );
  }
}

/** CPU time of one request. */
async function cost(request: Request | Request[], pid: number): Promise<number> {
  const before = cpuTimeOf(pid);
  const perSecond = await throughput(request, { clients: CLIENTS, seconds: 1, sleeps: true });
  return (cpuTimeOf(pid) - before) / perSecond;
}

type Kept = Record<string, Costs>;
const readKept = (): Kept => JSON.parse(readFileSync(KEPT, 'utf8'));

const dearer = (costs: Costs, kept: Costs): string[] =>
  Object.keys(costs).filter((name) => costs[name]! > kept[name]! * MAX_INCREASE);

/** Measures for longer where a cost seems higher. */
async function compare(turns: AsyncIterable<Costs>, kept: Costs): Promise<number> {
  let done = 0;
  let costs: Costs = {};
  for await (costs of turns) {
    done += 1;
    if (done > TURNS && (done > MAX_TURNS || dearer(costs, kept).length === 0)) break;
  }
  for (const [name, now] of Object.entries(costs))
    console.log(`  ${name}: ${now} bare requests, ${kept[name]} are kept`);
  const worse = dearer(costs, kept);
  if (worse.length === 0) console.log(`Nothing costs over ${MAX_INCREASE} times what it did.`);
  else
    console.log(
      `Dearer than before: ${worse.join(', ')}. Find out why (docs/performance.md says how); where it is worth it, keep the ` +
        'new figures: npm run bench:regression -- --keep',
    );
  return worse.length === 0 ? 0 : 1;
}

async function keep(turns: AsyncIterable<Costs>, kept: Kept): Promise<number> {
  let done = 0;
  let costs: Costs = {};
  for await (costs of turns) if (++done > MAX_TURNS) break;
  writeFileSync(KEPT, `${JSON.stringify({ ...kept, [NODE]: costs }, null, 2)}\n`);
  console.log(costs);
  return 0;
}

async function main(): Promise<number> {
  if (!redisServerInstalled()) {
    console.log('redis-server is not installed: nothing was measured');
    return 0;
  }
  pin(process.pid, 'everythingElse');
  const ground = await BenchEnvironment.open(true);
  try {
    const kept = readKept();
    const ofThisNode = process.argv.includes('--keep') ? undefined : kept[NODE];
    // Of a Node.js that there are no figures of, they are kept, too.
    if (!ofThisNode) return await keep(measure(ground), kept);
    return await compare(measure(ground), ofThisNode);
  } finally {
    await ground.close();
  }
}

process.exit(await main());
