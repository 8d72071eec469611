import { randomBytes } from 'node:crypto';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEnv } from '#libs/platform/config/env.js';
import { Shutdown } from '#libs/platform/health/shutdown.service.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { type TestEmulator, testEmulator } from '../support/bedrock-emulator.js';
import { blockEventLoop } from '../support/busy-event-loop.js';
import { eventually } from '../support/eventually.js';
import { FaultProxy } from '../support/fault-proxy.js';
import { passTime } from '../support/monotonic-clock.js';
import { listen } from '../support/raw-client.js';
import {
  createTestEnvironment,
  FAULT_TIMEOUTS,
  SERVICE_KEY,
  type TestEnvironment,
} from '../support/test-env.js';
import { textOfEvents, WireClient } from '../support/wire-client.js';
import { failureOf, onSonnet, WireSystem } from '../support/wire-system.js';

type RawAnswer = Awaited<ReturnType<WireClient['raw']>>;
const STARTUP_MS = 5_000;
const messages = [{ role: 'user' as const, content: [{ text: 'Hi' }] }];

/** In AWS's form, with the time to wait for both kinds of SDK. */
function expectUnavailable({ status, type, headers, body }: RawAnswer, code: string): void {
  expect([status, type]).toEqual([503, 'ServiceUnavailableException']);
  expect(body).toMatchObject({ code, message: expect.any(String) });
  const seconds = Number(headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(headers.get('x-amz-retry-after')).toBe(String(seconds * 1000));
}

/** Wire, with its form of an answer that says when to ask again. */
type OtherWire = [
  wire: string,
  path: string,
  headers: Record<string, string>,
  status: number,
  error: (code: string) => object,
];

/** The same faults on the wires of OpenAI and Anthropic. */
const OTHER_WIRES: OtherWire[] = [
  [
    'OpenAI',
    'openai/v1/chat/completions',
    { authorization: `Bearer ${SERVICE_KEY}` },
    503,
    () => ({ error: { code: 'service_unavailable', message: expect.any(String) } }),
  ],
  [
    'Anthropic',
    'anthropic/v1/messages',
    { 'x-api-key': SERVICE_KEY },
    529,
    (code) => ({ type: 'error', error: { type: 'overloaded_error', details: { error_code: code } } }),
  ],
];

/** Both wires take this request. */
const QUESTION = { model: 'clinical', max_tokens: 50, messages: [{ role: 'user', content: 'Hi' }] };

const send = (url: string, [, path, key]: OtherWire, more: object = {}, headers: object = {}) =>
  fetch(`${url}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...key, ...headers },
    body: JSON.stringify({ ...QUESTION, ...more }),
  });

async function ask(...asked: Parameters<typeof send>) {
  const response = await send(...asked);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function expectOtherUnavailable(
  answer: Awaited<ReturnType<typeof ask>>,
  wire: OtherWire,
  code: string,
): void {
  const [, , , status, error] = wire;
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.text)).toMatchObject(error(code));
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
}

/** A client that repeats nothing, over HTTP/2. */
const sdk = (url: string) =>
  new BedrockRuntimeClient({
    region: 'eu-central-1',
    endpoint: `${url}/bedrock`,
    token: { token: SERVICE_KEY },
    authSchemePreference: ['httpBearerAuth'],
    maxAttempts: 1,
  });

describe('while PostgreSQL is away', () => {
  let environment: TestEnvironment;
  let emulator: TestEmulator;
  let proxy: FaultProxy;
  let api: NestFastifyApplication;
  let wire: WireClient;
  beforeAll(async () => {
    emulator = await testEmulator();
    environment = await createTestEnvironment({ ...FAULT_TIMEOUTS, ...emulator.settings });
    const url = environment.variables.DATABASE_URL!;
    proxy = await FaultProxy.before(url);
    api = await createApi(loadEnv({ ...environment.variables, DATABASE_URL: proxy.through(url) }));
    wire = new WireClient(`http://127.0.0.1:${await listen(api)}`);
    await proxy.cut();
  });
  afterAll(async () => {
    await api.close();
    await environment.close();
    await emulator.close();
  });

  it('a call with a conversation that must be read is refused', async () => {
    const answer = await wire.raw('clinical/converse', undefined, {
      'x-conversation-id': 'wire-away',
      'x-user-id': 'anna',
    });
    expectUnavailable(answer, 'database_unavailable');
  });

  it.each(OTHER_WIRES)('a call with a conversation that must be read is refused: %s', async (...other) => {
    const conversation = { 'x-conversation-id': 'wire-away', 'x-user-id': 'anna' };
    const answer = await ask(wire.url, other, {}, conversation);
    expectOtherUnavailable(answer, other, 'database_unavailable');
  });

  it.each(OTHER_WIRES)('a key that nobody has seen is not called wrong: %s', async (...other) => {
    const key = `bmo_${randomBytes(32).toString('base64url')}`;
    const answer = await ask(wire.url, other, {}, { authorization: `Bearer ${key}`, 'x-api-key': key });
    expectOtherUnavailable(answer, other, 'database_unavailable');
  });

  it('a key that nobody has seen is not called wrong', async () => {
    const authorization = `Bearer bmo_${randomBytes(32).toString('base64url')}`;
    expectUnavailable(
      await wire.raw('clinical/converse', undefined, { authorization }),
      'database_unavailable',
    );
  });
});

it('an instance that is too busy refuses, over both protocols, and serves again', async () => {
  const busy = await WireSystem.start({ MAX_EVENT_LOOP_DELAY_MS: '100' });
  const client = sdk(busy.chats.url);
  // Start-up excuses a busy event loop.
  passTime(STARTUP_MS);
  const stop = blockEventLoop();
  try {
    await eventually(async () => expectUnavailable(await busy.wire.raw('clinical/converse'), 'overloaded'));
    await eventually(async () => {
      const failure = await failureOf(client.send(new ConverseCommand({ modelId: 'clinical', messages })));
      expect(failure).toMatchObject({ name: 'ServiceUnavailableException', $retryable: {} });
    });
    for (const other of OTHER_WIRES)
      await eventually(async () =>
        expectOtherUnavailable(await ask(busy.chats.url, other), other, 'overloaded'),
      );
  } finally {
    stop();
  }
  for (const other of OTHER_WIRES)
    await eventually(async () => expect((await ask(busy.chats.url, other)).status).toBe(200));
  await eventually(async () => expect((await busy.wire.raw('clinical/converse')).status).toBe(200));
  client.destroy();
  await busy.close();
});

it('an instance that stops cuts its calls off with an error, over both protocols', async () => {
  const stopping = await WireSystem.start();
  const client = sdk(stopping.chats.url);
  stopping.chats.faults(
    onSonnet({ kind: 'stall', afterEvents: 4, operation: 'ConverseStream' }),
    onSonnet({ kind: 'stall' }),
  );
  const events: ConverseStreamOutput[] = [];
  const streamed = async () => {
    const { stream } = await client.send(new ConverseStreamCommand({ modelId: 'clinical', messages }));
    for await (const event of stream!) events.push(event);
  };
  const stream = failureOf(streamed());
  await eventually(() => expect(textOfEvents(events)).not.toBe(''));
  const over1 = stopping.wire.raw('clinical/converse');
  const over2 = failureOf(client.send(new ConverseCommand({ modelId: 'clinical', messages })));
  await expect.poll(() => stopping.asked()).toHaveLength(3);
  stopping.chats.system.api.get(Shutdown, { strict: false }).cutOff();
  expectUnavailable(await over1, 'instance_stopping');
  expect(await over2).toMatchObject({ name: 'ServiceUnavailableException' });
  expect(await stream).toMatchObject({
    name: 'ModelStreamErrorException',
    originalMessage: expect.stringContaining('send the request again'),
  });
  client.destroy();
  await stopping.close();
});

it.each(OTHER_WIRES)('an instance that stops cuts its calls off with an error: %s', async (...other) => {
  const stopping = await WireSystem.start();
  const { chats } = stopping;
  chats.faults(onSonnet({ kind: 'stall', afterEvents: 4, times: 1 }), onSonnet({ kind: 'stall' }));
  // The head of a stream arrives with its first content.
  const streamed = await send(chats.url, other, { stream: true });
  const whole = ask(chats.url, other);
  await expect.poll(() => stopping.asked()).toHaveLength(2);
  chats.system.api.get(Shutdown, { strict: false }).cutOff();
  expectOtherUnavailable(await whole, other, 'instance_stopping');
  expect(streamed.status).toBe(200);
  const text = await streamed.text();
  // As a break: with an error, and without the end that its SDK waits for.
  expect(text.trim().split('\n\n').at(-1)).toContain('"error"');
  for (const end of ['[DONE]', 'message_stop']) expect(text).not.toContain(end);
  await stopping.close();
});
