import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HAIKU, NOVA_MICRO, SONNET } from '../support/chat-system.js';
import { eventually } from '../support/eventually.js';
import { textOfEvents, type WireClient } from '../support/wire-client.js';
import { error, failureOf, onSonnet, WireSystem } from '../support/wire-system.js';

let system: WireSystem;
let wire: WireClient;
beforeAll(async () => {
  system = await WireSystem.start();
  wire = system.wire;
});
afterAll(() => system.close());
afterEach(() => system.reset());

/** As no serializer of ours would write it. */
const RICH = Buffer.from(`{ "messages":[ {"role":"user","content":[{"text":"K\\u00e4se?"},
  {"image":{"format":"png","source":{"bytes":"iVBORw0KGgo="}}},{"cachePoint":{"type":"default"}}]} ],
  "toolConfig":{"tools":[{"toolSpec":{"name":"t","inputSchema":{"json":{"maximum":12345678901234567890.0}}}}]},
  "inferenceConfig":{"maxTokens":50} }`);

describe('the bytes of a client and of a model', () => {
  it.each(['converse', 'converse-stream'])('pass through %s unchanged', async (operation) => {
    for (const name of [SONNET, 'clinical']) {
      const { status, bytes, headers } = await wire.raw(`${name}/${operation}`, RICH, {
        'x-use-case': 'clinical',
      });
      expect(status).toBe(200);
      const exchange = system.upstream.exchanges.at(-1)!;
      expect(exchange.path).toBe(`/model/${encodeURIComponent(SONNET)}/${operation}`);
      expect(exchange.asked.equals(RICH)).toBe(true);
      expect(exchange.answered.length).toBeGreaterThan(100);
      expect(bytes.equals(exchange.answered)).toBe(true);
      expect(headers.get('x-orchestrator-model')).toBe(SONNET);
    }
  });

  it('go without the headers of the client', async () => {
    await wire.raw('clinical/converse', undefined, {
      'x-user-id': 'anna',
      cookie: 'a=b',
      'x-mine': 'secret',
    });
    const { headers } = system.upstream.exchanges.at(-1)!;
    expect(Object.keys(headers).filter((name) => /^x-(user|mine)|cookie/.test(name))).toEqual([]);
    expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 /);
  });

  it('have the type that AWS gives them', async () => {
    const whole = await wire.raw('clinical/converse');
    const stream = await wire.raw('clinical/converse-stream');
    expect(whole.headers.get('content-type')).toMatch(/^application\/json/);
    expect(stream.headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
  });
});

describe('a client of the AWS SDK', () => {
  it.each([
    ['auto', 'auto', NOVA_MICRO, 'platform'],
    ['a use case', 'clinical', SONNET, 'clinical'],
    ['a model', NOVA_MICRO, NOVA_MICRO, 'platform'],
    ['a foundation model', 'amazon.nova-micro-v1:0', NOVA_MICRO, 'platform'],
    [
      'an ARN',
      `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/${NOVA_MICRO}`,
      NOVA_MICRO,
      'platform',
    ],
  ])('that names %s gets its answer, and leaves one row', async (_, name, model, useCase) => {
    const { output, usage, stopReason, $metadata } = await wire.converse(name);
    expect(output!.message!.content![0]!.text).toContain('You wrote: How are you?');
    expect(stopReason).toBe('end_turn');
    const row = await system.rowOf($metadata.requestId);
    expect(row).toMatchObject({
      ...{ conversation_id: null, use_case: useCase, model_id: model, outcome: 'answered', streamed: false },
      ...{ input_tokens: usage!.inputTokens, output_tokens: usage!.outputTokens, estimated: false },
      ...{ user_id: row.actor, on_behalf_of: null, stop_reason: 'end_turn' },
    });
    expect(Number(row.cost_usd)).toBeGreaterThan(0);
  });

  it('gets a stream in pieces, recorded when it has ended', async () => {
    const { events, $metadata } = await wire.stream('clinical');
    expect(textOfEvents(events)).toContain('You wrote: How are you?');
    expect(events.at(-1)).toHaveProperty('metadata');
    const row = await system.rowOf($metadata.requestId);
    expect(row).toMatchObject({ outcome: 'answered', streamed: true, estimated: false });
    expect(row.first_text_ms).not.toBeNull();
  });

  it('that names an assistant gets the model of its use case', async () => {
    await system.chats.rows(
      `INSERT INTO ai_assistants (id, name, use_case) VALUES ('nurse', 'Nurse', 'health') ON CONFLICT DO NOTHING`,
    );
    await system.chats.system.act({ action: 'clear-cache' });
    for (const name of ['assistant:nurse', 'nurse'])
      expect((await wire.raw(`${name}/converse`)).headers.get('x-orchestrator-use-case')).toBe('health');
  });
});

describe('the cost of an answer', () => {
  const costOf = (headers: Headers) => headers.get('x-orchestrator-cost-usd');

  it('is in a header of a whole answer, as in its row', async () => {
    const { headers } = await wire.raw('clinical/converse');
    const row = await system.rowOf(headers.get('x-amzn-requestid'));
    expect(Number(costOf(headers))).toBeGreaterThan(0);
    expect(Number(costOf(headers))).toBe(Number(row.cost_usd));
  });

  it('is not there where no price of the tier is known, nor in a stream', async () => {
    const tier = await wire.raw('clinical/converse', {
      messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
      serviceTier: { type: 'priority' },
    });
    const row = await system.rowOf(tier.headers.get('x-amzn-requestid'));
    expect([tier.status, row.cost_unknown]).toEqual([200, 'no_price_for_service_tier']);
    const stream = await wire.raw('clinical/converse-stream');
    for (const { headers } of [tier, stream]) expect(costOf(headers)).toBeNull();
  });
});

describe('an echo in the body', () => {
  const ECHO = { 'x-orchestrator-echo': 'body' };

  it('says who answered where an SDK hides headers', async () => {
    const { body, headers } = await wire.raw('clinical/converse', undefined, ECHO);
    expect(body.additionalModelResponseFields.orchestrator).toEqual({
      ...{ model: SONNET, useCase: 'clinical', attempts: 1 },
      invocationId: headers.get('x-orchestrator-invocation-id'),
    });
    const { bytes } = await wire.raw('clinical/converse-stream', undefined, ECHO);
    expect(bytes.toString('latin1')).toContain(`"orchestrator":{"model":"${SONNET}"`);
  });

  it('has the notification of a switch', async () => {
    const conversation = { ...ECHO, 'x-conversation-id': 'conv-echo' };
    await wire.raw('clinical/converse', undefined, conversation);
    const { body } = await wire.raw('platform/converse', undefined, conversation);
    expect(body.additionalModelResponseFields.orchestrator.notification).toMatchObject({ type: 'auto' });
  });

  it('is not there unless the client or its key asks for it', async () => {
    const { body } = await wire.raw('clinical/converse');
    expect(body).not.toHaveProperty('additionalModelResponseFields');
  });
});

describe('a failure before content', () => {
  it.each([
    ['a refusal', error('ServiceUnavailableException'), 'unavailable', 3],
    [
      'an exception of a stream',
      { kind: 'exception', name: 'ThrottlingException', afterEvents: 1 },
      'throttled',
      3,
    ],
    ['a cut stream', { kind: 'cut', afterEvents: 1 }, 'stream_broken', 2],
    ['a stream that ends too early', { kind: 'truncate', afterEvents: 1 }, 'stream_broken', 2],
  ])('by %s is not seen by the client', async (_, fault, reason, attempts) => {
    system.chats.faults(onSonnet(fault));
    const { status, headers, bytes } = await wire.raw('clinical/converse-stream');
    expect(status).toBe(200);
    expect(headers.get('x-orchestrator-model')).toBe(HAIKU);
    expect(headers.get('x-orchestrator-fallback')).toBe(reason);
    expect(headers.get('x-orchestrator-attempts')).toBe(String(attempts));
    expect(bytes.equals(system.upstream.exchanges.at(-1)!.answered)).toBe(true);
    expect(await system.rowOf(headers.get('x-orchestrator-invocation-id'))).toMatchObject({
      model_id: HAIKU,
    });
    const { events } = await wire.stream('clinical');
    expect(textOfEvents(events)).toContain('You wrote');
  });

  it('asks a candidate that takes the content, which gets the same bytes', async () => {
    system.chats.faults(onSonnet(error('ModelNotReadyException')));
    const { status, headers } = await wire.raw('clinical/converse', RICH);
    expect([status, headers.get('x-orchestrator-model')]).toEqual([200, HAIKU]);
    expect(system.upstream.exchanges.at(-1)!.asked.equals(RICH)).toBe(true);
    expect(headers.has('x-orchestrator-adapted')).toBe(false);
  });

  it('of a model that is named has no fallback, unless the client says so', async () => {
    system.chats.faults(onSonnet(error('ServiceUnavailableException')));
    const named = (headers = {}) =>
      wire.raw(`${SONNET}/converse`, undefined, { 'x-use-case': 'clinical', ...headers });
    expect((await named()).status).toBe(503);
    expect(new Set(system.asked())).toEqual(new Set([SONNET]));
    const { status, headers } = await named({ 'x-orchestrator-fallback': 'same-use-case' });
    expect([status, headers.get('x-orchestrator-model')]).toEqual([200, HAIKU]);
  });
});

describe('a failure after content', () => {
  it.each([
    ['an end that is too early', { kind: 'truncate', afterEvents: 4 }],
    ['a damaged frame', { kind: 'malformed', afterEvents: 4 }],
    ['an exception', { kind: 'exception', name: 'ThrottlingException', afterEvents: 4 }],
    ['a cut', { kind: 'stall', afterEvents: 4 }],
  ])('by %s throws in the client, and asks no second model', async (_, fault) => {
    system.chats.faults(onSonnet(fault));
    const events: ConverseStreamOutput[] = [];
    const failure = failureOf(wire.stream('clinical', events));
    await eventually(() => expect(textOfEvents(events)).not.toBe(''));
    if (fault.kind === 'stall') system.upstream.cut();
    const { name } = await failure;
    expect(name).toBe('ModelStreamErrorException');
    expect(textOfEvents(events)).not.toBe('');
    expect(system.asked()).toEqual([SONNET]);
    const rows = await system.chats.rows('SELECT * FROM model_invocations ORDER BY started_at DESC LIMIT 1');
    expect(rows[0]).toMatchObject({ outcome: 'failed', estimated: true, streamed: true });
    expect(Number(rows[0].cost_usd)).toBeGreaterThan(0);
  });

  it('by the client stops the model, and is recorded as cancelled', async () => {
    system.chats.faults(onSonnet({ kind: 'stall', afterEvents: 4 }));
    const gone = new AbortController();
    const response = await fetch(`${system.chats.url}/bedrock/model/clinical/converse-stream`, {
      method: 'POST',
      headers: {
        'x-api-key': await system.chats.system.key(['switch'], 'leaving'),
        'content-type': 'application/json',
      },
      body: JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }),
      signal: gone.signal,
    });
    await response.body!.getReader().read();
    gone.abort();
    await eventually(() => expect(system.chats.emulator.calls().calls.at(-1)!.outcome).toBe('client_gone'));
    const id = response.headers.get('x-orchestrator-invocation-id');
    await expect
      .poll(() => system.rowOf(id))
      .toMatchObject({ outcome: 'cancelled', error_kind: 'cancelled' });
  });
});

it('puts the guardrail of the use case into every call, whatever the client sends', async () => {
  await system.chats.rows(
    `UPDATE use_cases SET guardrail = '{"id":"emulated0001","version":"1","required":true}' WHERE name = 'clinical'`,
  );
  await system.chats.system.act({ action: 'clear-cache' });
  system.chats.faults(onSonnet(error('ModelNotReadyException')));
  const question = '{"messages":[{"role":"user","content":[{"text":"Hi"}]}]';
  for (const own of [
    '',
    ',"guardrailConfig":{"guardrailIdentifier":"mine","guardrailVersion":"1"}',
    ',"guardrail\\u0043onfig":null',
  ]) {
    const { status } = await wire.raw('clinical/converse', `${question}${own}}`);
    expect(status).toBe(200);
  }
  const guardrails = system.chats.emulator.calls().calls.map(({ guardrail }) => guardrail);
  expect(guardrails).toHaveLength(6);
  expect(new Set(guardrails)).toEqual(new Set(['emulated0001']));
});
