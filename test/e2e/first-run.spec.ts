import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lifecycleWarnings } from '../../apps/cli/src/lifecycle.js';
import { exitOf } from '../../scripts/embedded/child-process.js';
import { commandOf, isAlive } from '../../scripts/embedded/processes.js';
import { eventually } from '../support/eventually.js';
import { copyCheckout, Launch, removeCopy } from '../support/first-run.js';
import { descendantsOf } from '../support/processes.js';
import { untilFinal } from '../support/retrying-client.js';
import { stablePort } from '../support/stable-port.js';

const copies: string[] = [];
const launches: Launch[] = [];
let port: number;
let first: Launch;

function launch(folder: string, script: 'start' | 'services' = 'start'): Launch {
  const launched = new Launch(folder, port, script);
  launches.push(launched);
  return launched;
}

beforeAll(async () => {
  copies.push(copyCheckout(), copyCheckout());
  port = await stablePort();
  first = launch(copies[0]!);
  await first.ready();
});
afterAll(async () => {
  await Promise.all(launches.map((one) => one.end()));
  for (const copy of copies) removeCopy(copy);
});

const call = async (path: string, body?: object) => {
  const headers = {
    authorization: `Bearer ${first.printed('Service key')}`,
    ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
  };
  const { text } = await untilFinal(async () => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    const retryAfter = Number(response.headers.get('retry-after') ?? NaN);
    return { status: response.status, text: await response.text(), retryAfter };
  });
  return JSON.parse(text);
};

const switchesListed = async () => (await call('/v1/switches')).items;

it('prints where the API and its description are, and both answer', async () => {
  expect(first.printed('API')).toBe(`http://127.0.0.1:${port}`);
  expect(first.printed('Docs')).toBe(`http://127.0.0.1:${port}/docs`);
  expect((await fetch(first.printed('Docs'))).status).toBe(200);
  expect(await (await fetch(first.printed('Console'))).text()).toContain('<div id="root">');
});

it('prints a curl that lists the eight models as it stands', async () => {
  const curl = /^ +(curl -X POST .+)$/m.exec(first.output)![1]!;
  expect(curl).toContain(first.printed('Service key'));
  const shell = spawn('sh', ['-c', curl], { stdio: ['ignore', 'pipe', 'ignore'] });
  let answer = '';
  shell.stdout!.on('data', (chunk) => {
    answer += chunk;
  });
  expect(await exitOf(shell)).toBe('exit code 0');
  await eventually(() => expect(JSON.parse(answer).data.total).toBe(8));
});

it("records the document's switch", async () => {
  const { data } = await call('/functions/v1/orchestrate-bedrock-models', {
    action: 'switch',
    modelId: 'eu.amazon.nova-lite-v1:0',
    conversationId: 'conv-123',
    userId: 'user-456',
    reason: 'Cost optimization',
    showNotification: true,
  });
  expect(data).toMatchObject({ switched: true, from: 'Claude Haiku 4.5', to: 'Amazon Nova Lite' });
  await eventually(async () =>
    expect(await switchesListed()).toMatchObject([{ id: data.switchId, status: 'recorded' }]),
  );
});

it.each([
  ['switch eu.amazon.nova-lite-v1:0 "Cost optimization"', 'From: Amazon Nova 2 Lite To: Amazon Nova Lite'],
  ['auto-switch clinical', 'From: Claude Haiku 4.5 To: Claude Sonnet 4.6'],
])('the command of the document changes something: %s', async (command, change) => {
  const shell = spawn('sh', ['-c', `./scripts/orchestrate-bedrock.sh ${command}`], {
    cwd: copies[0]!,
    env: {
      PATH: process.env.PATH,
      SUPABASE_URL: first.printed('API'),
      SUPABASE_SERVICE_KEY: first.printed('Service key'),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  shell.stdout!.on('data', (chunk) => {
    output += chunk;
  });
  expect(await exitOf(shell)).toBe('exit code 0');
  const words = () => output.replace(/ \(eu\.[^)]+\)/g, '').replace(/\s+/g, ' ');
  await eventually(() => expect(words()).toContain(change));
});

/** Asks Bedrock; a model may be asked once in ten seconds. */
const isDeeplyValid = async (modelId: string) => {
  const body = { action: 'validate', modelId, deep: true };
  return (await call('/functions/v1/orchestrate-bedrock-models', body)).data?.valid;
};

it('emulates Bedrock where no account is configured, and says so', async () => {
  expect(first.printed('Bedrock')).toBe('emulator: answers are made up, no model is called');
  expect(await isDeeplyValid('eu.amazon.nova-lite-v1:0')).toBe(true);
});

it('starts the emulator again, where it was', async () => {
  if (process.platform !== 'linux') return;
  const log = join(copies[0]!, '.data', 'logs', 'bedrock-emulator.log');
  const begins = () => readFileSync(log, 'utf8').match(/^Bedrock emulator on .+$/gm)!;
  const isEmulator = (pid: number) => commandOf(pid)?.includes(join('bedrock-emulator', 'src'));
  process.kill(descendantsOf(first.pid).find(isEmulator)!, 'SIGKILL');
  await eventually(() => expect(begins()).toHaveLength(2));
  expect(begins()[1]).toBe(begins()[0]);
  expect(first.output).toContain('The Bedrock emulator stopped unexpectedly (killed by SIGKILL)');
  expect(await isDeeplyValid('eu.amazon.nova-pro-v1:0')).toBe(true);
});

it('prints which models must be left, as the service does', async () => {
  const { items } = await call('/v1/lifecycle');
  const notes = lifecycleWarnings(items).map((warning) => `  Note: ${warning}`);
  await eventually(() => expect(first.output.match(/^ {2}Note: .+$/gm) ?? []).toEqual(notes));
});

it('says that it runs already, and where, when it is started twice', async () => {
  const second = launch(copies[0]!);
  expect(await second.exited).toBe('exit code 1');
  expect(second.output).toContain(`already running at http://127.0.0.1:${port} (pid ${first.pid})`);
});

it('says which process holds the port when another checkout has it', async () => {
  const other = launch(copies[1]!);
  expect(await other.exited).toBe('exit code 1');
  expect(other.output).toContain(`Port ${port} is taken`);
  expect(other.output).toContain(`PORT=${port + 1} npm start`);
  if (process.platform !== 'linux') return;
  const holder = Number(/pid (\d+)/.exec(other.output)?.[1]);
  expect(descendantsOf(first.pid)).toContain(holder);
});

it('stops everything on Ctrl-C, and has its data when it is started again', async () => {
  const processes = descendantsOf(first.pid);
  if (process.platform === 'linux') expect(processes.length).toBeGreaterThanOrEqual(5);
  const before = await switchesListed();
  const key = first.printed('Service key');
  expect(await first.interrupt()).toBe('exit code 0');
  expect(first.output).toContain('stopped.');
  await eventually(() => expect(processes.filter(isAlive)).toEqual([]));

  const again = launch(copies[0]!);
  await again.ready();
  expect(again.printed('Service key')).toBe(key);
  expect(await switchesListed()).toEqual(before);
  expect(await again.interrupt()).toBe('exit code 0');
});

it('runs the services alone, and prints what leads to them', async () => {
  const services = launch(copies[1]!, 'services');
  await services.ready();
  const { output } = services;
  const exported = (name: string) => new RegExp(`^export ${name}='(.+)'$`, 'm').exec(output)?.[1];
  expect(exported('DATABASE_URL')).toMatch(/^postgres(ql)?:/);
  expect(exported('REDIS_URL')).toMatch(/^redis:/);
  const emulator = exported('AWS_ENDPOINT_URL_BEDROCK');
  expect(exported('AWS_ENDPOINT_URL_BEDROCK_RUNTIME')).toBe(emulator);
  expect(exported('AWS_ACCESS_KEY_ID')).toBe('emulator');
  expect(exported('AWS_SECRET_ACCESS_KEY')).toBe('emulator');
  expect(exported('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED')).toBe('true');
  expect(output).toContain('Bedrock: emulator: answers are made up');
  expect((await fetch(`${emulator}/_emulator/models`)).status).toBe(200);
  expect(await services.interrupt()).toBe('exit code 0');
});
