import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeyedLoad } from '../faults/runner/keyed-load.js';
import { DOCUMENTED } from '../support/documented-requests.js';
import { type Acknowledged, expectInvariants } from '../support/invariants.js';
import { Composed } from './composed.js';

const SERVICES = ['api', 'emulator', 'postgres', 'redis', 'worker'];
const CLIENTS = 8;
/** The leases of a worker that died (15 s), and what it takes to start again. */
const DRAIN_TIMEOUT_MS = 90_000;

let composed: Composed;
let load: KeyedLoad | undefined;
/** Switches that were made by hand. */
const told: Acknowledged[] = [];
beforeAll(async () => {
  composed = await Composed.inCleanCheckout();
  await composed.compose('build', '--quiet');
});
afterAll(async () => {
  await load?.abandon();
  await composed?.remove();
});

/** Runs the command of the documents, with the shell's own variables. */
function curl(body: string) {
  const command = `curl -sS -X POST "$SUPABASE_URL/functions/v1/orchestrate-bedrock-models" \\
    -H "Authorization: Bearer $SUPABASE_KEY" -H "Content-Type: application/json" -d '${body}'`;
  const answer = JSON.parse(
    execFileSync('bash', ['-c', command], { env: composed.environment, encoding: 'utf8' }),
  );
  const { switched, switchId, fromId, toId } = answer.data ?? {};
  const conversationId = JSON.parse(body).conversationId ?? null;
  if (switched) told.push({ switchId, conversationId, fromId, toId, idempotencyKey: null });
  return answer;
}

it('docker compose up on a clean checkout ends with every service healthy', async () => {
  const began = performance.now();
  await composed.compose('up', '--detach', '--wait', '--wait-timeout', '300');
  console.log(`every service was healthy after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const states = await composed.states();
  const healthy = states.filter(({ Health }) => Health === 'healthy').map(({ Service }) => Service);
  expect(healthy.toSorted()).toEqual(SERVICES);
  expect(await composed.state('migrate')).toMatchObject({ State: 'exited', ExitCode: 0 });
});

describe('the commands of the document', () => {
  it.each(Object.entries(DOCUMENTED))('%s', (_, body) => {
    const answer = curl(body);
    expect(answer, JSON.stringify(answer)).toMatchObject({
      success: true,
      action: JSON.parse(body).action,
    });
  });

  it('the switch has the notification that is documented, and the model answers', () => {
    curl(JSON.stringify({ ...JSON.parse(DOCUMENTED.switch), modelId: 'eu.amazon.nova-micro-v1:0' }));
    const { notification } = curl(DOCUMENTED.switch);
    expect(notification).toMatchObject({ title: 'Switching AI Model', modelName: 'Amazon Nova Lite' });
    const { data } = curl('{"action":"validate","modelId":"eu.amazon.nova-lite-v1:0","deep":true}');
    expect(data).toMatchObject({ valid: true });
  });
});

it.each(['/console', '/docs', '/switch-ui/model-switch.js', '/readyz'])(
  '%s is in the image',
  async (path) => {
    const { status } = await fetch(composed.url + path);
    expect(status).toBe(200);
  },
);

it('all this is served by processes that may do little', async () => {
  for (const service of ['api', 'worker']) {
    const who = `console.log(process.getuid(), require('fs').readFileSync('/proc/1/cmdline', 'utf8').split('\\0')[0])`;
    expect(await composed.inside(service, who)).toBe('1000 node');
    const write = `try { require('fs').writeFileSync('/app/x', '') } catch ({ code }) { console.log(code) }`;
    expect(await composed.inside(service, write)).toBe('EROFS');
  }
});

it.each(['api', 'worker'])('%s ends by itself when it is asked to', async (service) => {
  const began = performance.now();
  await composed.compose('stop', '--timeout', '20', service);
  const tookMs = performance.now() - began;
  expect(await composed.state(service)).toMatchObject({ State: 'exited', ExitCode: 0 });
  console.log(`${service} stopped in ${(tookMs / 1000).toFixed(1)} s`);
  await composed.compose('up', '--detach', '--wait', service);
});

it('killing any service and starting it again loses nothing', async () => {
  console.log(`without load: ${await composed.usage()}`);
  load = new KeyedLoad([composed.url], CLIENTS);
  const { count } = load;
  const began = performance.now();
  await load.more(200);
  const usage = await composed.usage();
  const perSecond = (load.count - count) / ((performance.now() - began) / 1000);
  console.log(`with ${perSecond.toFixed(0)} switches/s: ${usage}`);
  for (const service of ['worker', 'redis', 'api', 'postgres', 'emulator']) {
    await load.more(40);
    const before = load.count;
    await composed.compose('kill', service);
    expect(await composed.state(service)).toMatchObject({ State: 'exited', ExitCode: 137 });
    await delay(2_000);
    const acknowledgedMeanwhile = load.count - before;
    await composed.compose('up', '--detach', '--wait', service);
    await load.more(40);
    console.log(`${service} killed and back: ${acknowledgedMeanwhile} switches acknowledged meanwhile`);
  }
  await load.stop();
  expect(load.record.wrong).toEqual([]);
  const all = [...told, ...load.record.acknowledged];
  await composed.look((owner) => expectInvariants(owner, all, DRAIN_TIMEOUT_MS));
  const errors = [...load.record.errors].map(([error, times]) => `${times} × ${error}`).join(', ');
  console.log(`${all.length} acknowledged, each with its audit row; clients saw ${errors || 'no errors'}`);
});

it('the audit chain is intact afterwards', async () => {
  const response = await fetch(`${composed.url}/v1/audit/verify`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${composed.environment.SUPABASE_KEY}`,
      'content-type': 'application/json',
    },
    body: '{}',
  });
  const lines = (await response.text()).trim().split('\n');
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ intact: true });
});
