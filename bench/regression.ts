import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../scripts/embedded/checkout.js';
import { redisServerInstalled } from '../test/support/redis-under-test.js';
import { cpuTimeOf, pin } from './cores.js';
import { forked } from './forked.js';
import { Ground } from './ground.js';
import { type Request, throughput } from './load/closed-loop.js';
import { byTurns, median } from './measure.js';

/*
 * For CI, in less than a minute: what a request costs of CPU time, in requests of a Fastify route that does nothing, against what
 * is kept in bench/results/regression.json. Such a ratio hardly depends on the machine, as times do.
 */

const KEPT = join(checkout, 'bench', 'results', 'regression.json');
const MOST_WORSE = 1.25;
const TURNS = 5;
const CLIENTS = 16;
const NOVA = ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-pro-v1:0'];
const CONVERSATIONS = Array.from({ length: 50 }, (_, index) => `conversation-${index}`);

type Costs = Record<string, number>;

async function measure(ground: Ground): Promise<Costs> {
  const stage = await ground.stage('regression');
  const api = await stage.startApi();
  const headers = { authorization: `Bearer ${await stage.key(api, 'read', 'switch', 'act-as')}` };
  const action = (body: object | object[]): Request => ({ url: `${api.url}/orchestrate`, headers, body });
  const switches = NOVA.flatMap((modelId) =>
    CONVERSATIONS.map((conversationId) => ({ action: 'switch', conversationId, modelId })),
  );
  const messages = [{ role: 'user', content: 'What helps against a cold?' }];
  const chats = CONVERSATIONS.map((conversationId) => ({ conversationId, messages }));
  const requests: Record<string, Request | Request[]> = {
    switch: action(switches),
    'conversations/{id}/model': CONVERSATIONS.map((id) => ({
      url: `${api.url}/v1/conversations/${id}/model`,
      headers,
    })),
    'list-all': action({ action: 'list-all' }),
    chat: { url: `${api.url}/v1/chat`, headers, body: chats },
  };
  const bare = await forked<{ url: string }>('baselines/bare-fastify', {
    role: 'measured',
    args: ['{"constant":true}'],
  });
  ground.later(() => bare.disconnect());
  const costs: Costs = {};
  for (const [name, request] of Object.entries(requests)) {
    const turns = await byTurns(TURNS, cost(request, api.pid), cost({ url: bare.url }, bare.pid!));
    costs[name] = Number(median(turns.map(({ ours, theirs }) => ours / theirs)).toFixed(2));
  }
  return costs;
}

/** CPU time of one request. */
const cost = (request: Request | Request[], pid: number) => async () => {
  const before = cpuTimeOf(pid);
  const perSecond = await throughput(request, { clients: CLIENTS, seconds: 1 });
  return (cpuTimeOf(pid) - before) / perSecond;
};

function compare(costs: Costs): number {
  const kept: Costs = JSON.parse(readFileSync(KEPT, 'utf8'));
  const worse = Object.entries(costs).filter(([name, now]) => now > kept[name]! * MOST_WORSE);
  for (const [name, now] of Object.entries(costs))
    console.log(`  ${name}: ${now} bare requests, ${kept[name]} are kept`);
  if (worse.length === 0) console.log(`Nothing costs over ${MOST_WORSE} times what it did.`);
  else
    console.log(
      `Dearer than before: ${worse.map(([name]) => name).join(', ')}. Find out why (docs/performance.md says how); where it is ` +
        'worth it, keep the new figures: npm run bench:regression -- --keep',
    );
  return worse.length === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  if (!redisServerInstalled()) {
    console.log('redis-server is not installed: nothing was measured');
    return 0;
  }
  pin(process.pid, 'everythingElse');
  const ground = await Ground.open(true);
  try {
    const costs = await measure(ground);
    if (!process.argv.includes('--keep')) return compare(costs);
    writeFileSync(KEPT, `${JSON.stringify(costs, null, 2)}\n`);
    console.log(costs);
    return 0;
  } finally {
    await ground.close();
  }
}

process.exit(await main());
