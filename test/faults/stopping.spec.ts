import {
  BedrockRuntimeClient,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestEmulator, testEmulator } from '../support/bedrock-emulator.js';
import { ChatClient, type ChatFrame, eventsOf, question } from '../support/chat-client.js';
import { eventually } from '../support/eventually.js';
import { BuiltApi } from '../support/processes.js';
import { stablePort } from '../support/stable-port.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';
import { textOfEvents } from '../support/wire-client.js';
import { ClientRecord } from './runner/client-record.js';
import { KeptLoad } from './runner/kept-load.js';

const PACE_MS = 400;
/** Its answer repeats it, and takes longer than a process that does not wait for answers takes to end. */
const LONG = 'word '.repeat(60);

let emulator: TestEmulator;
let environment: TestEnvironment;
const started: BuiltApi[] = [];
beforeAll(async () => {
  emulator = await testEmulator({ paceMs: PACE_MS });
  environment = await createTestEnvironment({ ...emulator.settings, CHAT_IDLE_SECONDS: '120' });
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((api) => api.kill()));
  emulator.reset();
});
afterAll(async () => {
  await Promise.all([environment?.close(), emulator?.close()]);
});

async function start(settings: Record<string, string> = {}, port = 0): Promise<BuiltApi> {
  const api = await BuiltApi.start({ ...environment.variables, ...settings }, port);
  started.push(api);
  return api;
}

/** A stream of which something was shown. */
async function begunStream(api: BuiltApi, conversationId: string, text = 'How are you?') {
  const frames: ChatFrame[] = [];
  const read = async () => {
    const body = { conversationId, useCase: 'clinical', ...question(text) };
    for await (const frame of new ChatClient(api.url).frames(body)) frames.push(frame);
  };
  const ended = read();
  await eventually(() => expect(eventsOf(frames)).toEqual(['model', 'delta']));
  return { frames, ended };
}

const callOf = async (conversationId: string) => {
  const { rows } = await environment.app.query(
    'SELECT outcome, estimated, cost_usd::float8 AS cost FROM model_invocations WHERE conversation_id = $1',
    [conversationId],
  );
  return rows;
};

describe('after SIGTERM', () => {
  it('a stream comes to its end and its call is recorded, before the api ends', async () => {
    const api = await start({ SHUTDOWN_GRACE_SECONDS: '120' });
    const { frames, ended } = await begunStream(api, 'finishes', LONG);
    api.signal('SIGTERM');
    await ended;
    expect(eventsOf(frames)).toEqual(['model', 'delta', 'done']);
    expect(await api.exited).toBe('exit code 0');
    expect(await callOf('finishes')).toEqual([
      { outcome: 'answered', estimated: false, cost: expect.any(Number) },
    ]);
  });

  it('a stream over HTTP/2 comes to its end, too', async () => {
    const api = await start({ SHUTDOWN_GRACE_SECONDS: '120' });
    const client = new BedrockRuntimeClient({
      region: 'eu-central-1',
      endpoint: `${api.url}/bedrock`,
      token: { token: environment.variables.SUPABASE_SERVICE_KEY! },
      authSchemePreference: ['httpBearerAuth'],
    });
    const messages = [{ role: 'user' as const, content: [{ text: LONG }] }];
    const { stream } = await client.send(new ConverseStreamCommand({ modelId: 'clinical', messages }));
    const events: ConverseStreamOutput[] = [];
    const ended = (async () => {
      for await (const event of stream!) events.push(event);
    })();
    await eventually(() => expect(textOfEvents(events)).not.toBe(''));
    api.signal('SIGTERM');
    await ended;
    expect(events.at(-1)).toHaveProperty('metadata');
    expect(await api.exited).toBe('exit code 0');
    client.destroy();
  });

  it('what cannot finish in time gets an error that says what to do, and its call is recorded', async () => {
    emulator.setFaults([
      { kind: 'stall', afterEvents: 4, operation: 'ConverseStream' },
      { kind: 'stall', operation: 'Converse' },
    ]);
    const api = await start({ SHUTDOWN_GRACE_SECONDS: '1', LOG_LEVEL: 'warn' });
    const { frames, ended } = await begunStream(api, 'cut');
    const whole = new ChatClient(api.url).chat({ conversationId: 'cut-whole', ...question() });
    await eventually(() =>
      expect(emulator.calls().calls.map(({ outcome }) => outcome)).toEqual(['running', 'running']),
    );
    api.signal('SIGTERM');
    await ended;
    expect(frames.at(-1)).toEqual({
      event: 'error',
      data: expect.objectContaining({
        status: 503,
        code: 'instance_stopping',
        detail:
          'This instance stops and cannot finish the answer: send the request again, and another instance answers',
      }),
    });
    const answer = await whole;
    expect(answer).toMatchObject({ status: 503, body: { code: 'instance_stopping' } });
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await api.exited).toBe('exit code 0');
    expect(api.output).toContain('instance_stopping');
    expect(await callOf('cut')).toEqual([
      { outcome: 'cancelled', estimated: true, cost: expect.any(Number) },
    ]);
    expect(await callOf('cut-whole')).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('the api is unready at first, and still answers, each time closing the connection', async () => {
    const api = await start({ SHUTDOWN_DELAY_SECONDS: '300', SHUTDOWN_GRACE_SECONDS: '300' });
    // It says where it listens just before it handles signals.
    expect((await api.get('/readyz')).status).toBe(200);
    api.signal('SIGTERM');
    await eventually(async () => expect((await api.get('/readyz')).status).toBe(503));
    const answer = await api.act({ action: 'list-all' });
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
  });
});

it('a rolling restart under streaming and switching load is seen by no client that keeps its connection', async () => {
  const settings = {
    SUPABASE_SERVICE_KEY: 'service-key-of-the-fault-run-32-characters',
    SHUTDOWN_DELAY_SECONDS: '1',
    SHUTDOWN_GRACE_SECONDS: '120',
  };
  const ports = [await stablePort(), await stablePort()];
  const apis = await Promise.all(ports.map((port) => start(settings, port)));
  const record = new ClientRecord();
  const load = new KeptLoad(
    apis.map(({ url }) => url),
    record,
  );
  await load.more(1);
  for (const [number, port] of ports.entries()) {
    expect(await apis[number]!.stop()).toBe('exit code 0');
    await start(settings, port);
    await load.more(1);
  }
  await load.stop();
  expect([record.wrong, [...record.errors]]).toEqual([[], []]);
  expect([...record.outcomes.keys()]).toEqual(['200']);
  expect(await load.unrecorded(environment.owner)).toEqual([]);
});
