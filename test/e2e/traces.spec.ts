import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestEmulator, testEmulator } from '../support/bedrock-emulator.js';
import { ChatClient } from '../support/chat-client.js';
import { HAIKU, SONNET } from '../support/chat-system.js';
import { eventually } from '../support/eventually.js';
import { BuiltApi, type BuiltProcess, startWorker } from '../support/processes.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';
import { TraceReceiver } from '../support/trace-receiver.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const SWITCH_ID = 'e2e-switch';
const [API, WORKER] = ['bedrock-model-orchestrator-api', 'bedrock-model-orchestrator-worker'];
const ROUTE = '/functions/v1/orchestrate-bedrock-models';
const SECRET = 'words of a patient';

let collector: TraceReceiver;
let emulator: TestEmulator;
let environment: TestEnvironment;
let api: BuiltApi;
let worker: BuiltProcess;
beforeAll(async () => {
  collector = await TraceReceiver.start();
  emulator = await testEmulator();
  environment = await createTestEnvironment({
    ...emulator.settings,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    LOG_LEVEL: 'info',
  });
  worker = startWorker(environment.variables);
  api = await BuiltApi.start(environment.variables);
});
afterAll(async () => {
  await Promise.all([api?.stop(), worker?.stop()]);
  await Promise.all([environment?.close(), emulator?.close(), collector?.close()]);
});

const spansOf = (traceId: string) => collector.spans.filter((span) => span.traceId === traceId);
const named = (name: string, traceId: string) => spansOf(traceId).find((span) => span.name === name);
const linesOf = (output: string, requestId: string) =>
  output
    .split('\n')
    .filter((line) => line.includes(requestId))
    .map((line) => JSON.parse(line));

it('a switch is one trace, from the request to its audit row in the worker', async () => {
  const answer = await api.act(
    { action: 'switch', modelId: HAIKU, conversationId: 'c1', userId: 'u1', reason: SECRET },
    { headers: { traceparent: `00-${TRACE}-${CALLER}-01`, 'x-request-id': SWITCH_ID } },
  );
  expect(answer.body).toMatchObject({ data: { switched: true } });
  await eventually(() => expect(named('write audit row', TRACE)).toBeDefined());
  await eventually(() => expect(named(`POST ${ROUTE}`, TRACE)).toBeDefined());
  const parents = Object.fromEntries(
    spansOf(TRACE).map(({ name, service, parentSpanId }) => [
      name,
      [service, spansOf(TRACE).find(({ spanId }) => spanId === parentSpanId)?.name ?? parentSpanId],
    ]),
  );
  expect(parents).toEqual({
    [`POST ${ROUTE}`]: [API, CALLER],
    'switch manual': [API, `POST ${ROUTE}`],
    'send switching.record-switch': [WORKER, 'switch manual'],
    'process switching.record-switch': [WORKER, 'switch manual'],
    'write audit row': [WORKER, 'process switching.record-switch'],
  });
  expect(named('switch manual', TRACE)!.attributes).toMatchObject({ 'switch.scope': 'conversation' });
});

it("the worker's log lines of a switch name the request and the trace", async () => {
  await eventually(() => expect(linesOf(worker.stdout, SWITCH_ID)).not.toEqual([]));
  for (const line of linesOf(worker.stdout, SWITCH_ID))
    expect(line).toMatchObject({
      process: 'worker',
      requestId: SWITCH_ID,
      traceId: TRACE,
      job: 'switching.record-switch',
    });
});

it.each([true, false])(
  'a chat is one trace with a span for each model that was asked (stream: %s)',
  async (stream) => {
    emulator.setFaults([{ kind: 'error', modelId: SONNET, name: 'ServiceUnavailableException' }]);
    const before = collector.spans.length;
    const client = new ChatClient(api.url);
    const body = { useCase: 'clinical', messages: [{ role: 'user', content: SECRET }] };
    if (stream) expect((await client.stream(body)).at(-1)?.event).toBe('done');
    else expect((await client.chat(body)).status).toBe(200);
    const added = () => collector.spans.slice(before);
    await eventually(() => expect(added().find(({ name }) => name === 'POST /v1/chat')).toBeDefined());
    const root = added().find(({ name }) => name === 'POST /v1/chat')!;
    const hops = spansOf(root.traceId).filter(
      ({ parentSpanId, name }) => parentSpanId === root.spanId && name.startsWith('chat '),
    );
    const asked = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'aws.bedrock' };
    expect(hops.at(0)?.attributes).toMatchObject({
      ...asked,
      'gen_ai.request.model': SONNET,
      'error.type': 'unavailable',
    });
    expect(hops.at(-1)?.attributes).toMatchObject({
      ...asked,
      'gen_ai.request.model': HAIKU,
      'gen_ai.response.model': HAIKU,
      'gen_ai.response.finish_reasons': ['end_turn'],
      'gen_ai.usage.input_tokens': expect.any(Number),
      'gen_ai.usage.output_tokens': expect.any(Number),
    });
    expect(hops.at(-1)?.attributes).not.toHaveProperty('error.type');
  },
);

it('no span has a word of what people wrote', () => {
  expect(collector.text).not.toContain(SECRET);
});
