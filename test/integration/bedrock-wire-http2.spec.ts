import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamOutput,
  type Message,
} from '@aws-sdk/client-bedrock-runtime';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { NOVA_MICRO, SONNET } from '../support/chat-system.js';
import { eventually } from '../support/eventually.js';
import { SERVICE_KEY } from '../support/test-env.js';
import { textOfEvents } from '../support/wire-client.js';
import { error, failureOf, onSonnet, WireSystem } from '../support/wire-system.js';

const messages = [{ role: 'user' as const, content: [{ text: 'How are you?' }] }];

let system: WireSystem;
let client: BedrockRuntimeClient;
let versions: string[] = [];
beforeAll(async () => {
  system = await WireSystem.start();
  client = sdk();
  system.chats.system.api
    .getHttpServer()
    .on('request', ({ httpVersion }: IncomingMessage) => versions.push(httpVersion));
});
afterAll(async () => {
  client.destroy();
  await system.close();
});
afterEach(() => {
  system.reset();
  versions = [];
});

/** As applications make it: with the handler that the SDK takes by itself. */
const sdk = (token = SERVICE_KEY) =>
  new BedrockRuntimeClient({
    region: 'eu-central-1',
    endpoint: `${system.chats.url}/bedrock`,
    token: { token },
    authSchemePreference: ['httpBearerAuth'],
  });

async function stream(modelId: string, events: ConverseStreamOutput[] = [], abortSignal?: AbortSignal) {
  const answer = await client.send(new ConverseStreamCommand({ modelId, messages }), { abortSignal });
  for await (const event of answer.stream!) events.push(event);
  return { events, $metadata: answer.$metadata };
}

it('the SDK gets answers and streams over HTTP/2, and other clients over HTTP/1.1 on the same port', async () => {
  const whole = await client.send(new ConverseCommand({ modelId: 'clinical', messages }));
  expect(whole.output!.message!.content![0]!.text).toContain('You wrote: How are you?');
  const { events, $metadata } = await stream(NOVA_MICRO);
  expect(textOfEvents(events)).toContain('You wrote: How are you?');
  expect(events.at(-1)).toHaveProperty('metadata');
  expect(versions).toEqual(['2.0', '2.0']);
  expect(await system.rowOf(whole.$metadata.requestId)).toMatchObject({
    outcome: 'answered',
    streamed: false,
  });
  expect(await system.rowOf($metadata.requestId)).toMatchObject({ outcome: 'answered', streamed: true });
  expect((await system.wire.raw('clinical/converse')).status).toBe(200);
  expect(versions.at(-1)).toBe('1.1');
});

it('the SDK runs a tool in a stream over HTTP/2, and continues with its result', async () => {
  const toolSpec = {
    name: 'get_weather',
    inputSchema: { json: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
  };
  const toolConfig = { tools: [{ toolSpec }] };
  const asks: Message = { role: 'user', content: [{ text: 'Ask get_weather' }] };
  const { stream: events } = await client.send(
    new ConverseStreamCommand({ modelId: 'clinical', messages: [asks], toolConfig }),
  );
  let toolUseId: string | undefined;
  let input = '';
  for await (const { contentBlockStart, contentBlockDelta } of events!) {
    toolUseId ??= contentBlockStart?.start?.toolUse?.toolUseId;
    input += contentBlockDelta?.delta?.toolUse?.input ?? '';
  }
  expect(JSON.parse(input)).toEqual({ city: 'city' });
  const use = { toolUse: { toolUseId, name: 'get_weather', input: JSON.parse(input) } };
  const result = { toolResult: { toolUseId, content: [{ text: 'Rain' }] } };
  const turns: Message[] = [
    ...[asks, { role: 'assistant' as const, content: [use] }],
    { role: 'user', content: [result] },
  ];
  const { output } = await client.send(
    new ConverseCommand({ modelId: 'clinical', messages: turns, toolConfig }),
  );
  expect(output!.message!.content![0]!.text).toContain('get_weather returned: Rain');
  expect(versions).toEqual(['2.0', '2.0']);
});

it('fifty calls run concurrently', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, number) =>
      number % 2 === 0
        ? client.send(new ConverseCommand({ modelId: NOVA_MICRO, messages }))
        : stream(NOVA_MICRO),
    ),
  );
  const ids = new Set(answers.map(({ $metadata }) => $metadata.requestId));
  expect(ids.size).toBe(50);
  const rows = await system.chats.rows('SELECT outcome FROM model_invocations WHERE id = ANY($1)', [
    [...ids],
  ]);
  expect(rows).toEqual(Array.from({ length: 50 }, () => ({ outcome: 'answered' })));
  expect(versions).toEqual(Array.from({ length: 50 }, () => '2.0'));
});

it('an error keeps its name, its headers and its number of attempts', async () => {
  system.chats.faults(error('ModelErrorException'));
  const failure = await failureOf(client.send(new ConverseCommand({ modelId: 'clinical', messages })));
  expect(failure).toMatchObject({
    name: 'ModelErrorException',
    $metadata: { httpStatusCode: 424, attempts: 1 },
  });
  const denied = sdk('wrong');
  expect(await failureOf(denied.send(new ConverseCommand({ modelId: 'clinical', messages })))).toMatchObject({
    name: 'UnrecognizedClientException',
    $metadata: { httpStatusCode: 403, attempts: 1 },
  });
  denied.destroy();
});

it.each([
  ['a stream', (signal: AbortSignal) => stream('clinical', [], signal)],
  [
    'a whole answer',
    (abortSignal: AbortSignal) =>
      client.send(new ConverseCommand({ modelId: 'clinical', messages }), { abortSignal }),
  ],
])('a client that leaves %s stops the model', async (_, call) => {
  system.chats.faults(onSonnet({ kind: 'stall' }));
  const gone = new AbortController();
  const failure = failureOf(call(gone.signal));
  await expect.poll(() => system.asked()).toEqual([SONNET]);
  gone.abort();
  expect((await failure).name).toBe('AbortError');
  await eventually(() => expect(system.chats.emulator.calls().calls[0]!.outcome).toBe('client_gone'));
  await expect
    .poll(() => system.chats.rows('SELECT outcome FROM model_invocations ORDER BY started_at DESC LIMIT 1'))
    .toEqual([{ outcome: 'cancelled' }]);
});

it.each(['cut', 'truncate'])(
  'a model connection that breaks by %s after content is an error of the stream',
  async (kind) => {
    system.chats.faults(onSonnet({ kind, afterEvents: 4 }));
    const events: ConverseStreamOutput[] = [];
    expect((await failureOf(stream('clinical', events))).name).toBe('ModelStreamErrorException');
    expect(textOfEvents(events)).not.toBe('');
    expect(events.some((event) => event.messageStop || event.metadata)).toBe(false);
  },
);

it('a body that its client breaks off reaches no model', async () => {
  const socket = connectTcp(Number(new URL(system.chats.url).port), '127.0.0.1');
  const session = connect(system.chats.url, { createConnection: () => socket }).on('error', () => undefined);
  const arrived = once(system.chats.system.api.getHttpServer(), 'request');
  session
    .request({
      ':method': 'POST',
      ':path': '/bedrock/model/clinical/converse',
      authorization: `Bearer ${SERVICE_KEY}`,
      'content-type': 'application/json',
    })
    .on('error', () => undefined)
    .write(JSON.stringify({ messages }));
  const [, response] = await arrived;
  const closed = once(response, 'close');
  socket.destroy();
  await closed;
  expect((await system.wire.raw('clinical/converse')).status).toBe(200);
  expect(system.asked()).toEqual([SONNET]);
});
