import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CatalogueSyncService } from '#libs/catalogue/catalogue-sync.service.js';
import { HAIKU, NOVA_LITE, NOVA_MICRO, OPUS, PIXTRAL, SONNET } from '../support/chat-system.js';
import { eventually } from '../support/eventually.js';
import type { WireClient } from '../support/wire-client.js';
import { error, onSonnet, WireSystem } from '../support/wire-system.js';

let system: WireSystem;
let wire: WireClient;
beforeAll(async () => {
  system = await WireSystem.start();
  wire = system.wire;
});
afterAll(() => system.close());
afterEach(() => system.reset());

const messages = [{ role: 'user', content: [{ text: 'How are you?' }] }];
const TOOLS = { tools: [{ toolSpec: { name: 'weather', inputSchema: { json: { type: 'object' } } } }] };
/** As no serializer of ours would write it. */
const CLAUDE = Buffer.from(
  '{ "anthropic_version":"bedrock-2023-05-31", "max_tokens": 5e1, "messages":[ {"role":"user","content":"K\\u00e4se?"} ] }',
);
const IMAGE = { image: { format: 'png', source: { bytes: 'iVBORw0KGgo=' } } };

const setActive = async (useCase: string, modelId: string) => {
  await system.chats.rows('UPDATE use_cases SET active_model_id = $2 WHERE name = $1', [useCase, modelId]);
  await system.chats.system.act({ action: 'clear-cache' });
};

describe('a request with more than text', () => {
  it('falls back to a model that takes it, which gets what it takes', async () => {
    system.chats.faults(onSonnet(error('ServiceUnavailableException')));
    const request = {
      messages: [{ role: 'user', content: [{ text: 'See' }, IMAGE, { cachePoint: { type: 'default' } }] }],
      toolConfig: TOOLS,
      inferenceConfig: { temperature: 0.5, topP: 0.9 },
    };
    const { status, headers } = await wire.raw('clinical/converse', request);
    expect([status, headers.get('x-orchestrator-model')]).toEqual([200, HAIKU]);
    expect(headers.get('x-orchestrator-adapted')).toBe('topP');
    const sent = JSON.parse(system.upstream.exchanges.at(-1)!.asked.toString('utf8'));
    expect(sent).toEqual({ ...request, inferenceConfig: { temperature: 0.5 } });
    const row = await system.rowOf(headers.get('x-amzn-requestid'));
    expect(row).toMatchObject({
      wire: 'bedrock',
      body_family: 'converse',
      forms: ['image', 'tools', 'temperature', 'topP', 'temperatureWithTopP', 'cachePoint'],
    });
    expect(row.attempts.at(-1)).toMatchObject({ modelId: HAIKU, leftOut: ['topP'] });
  });

  it('is refused where no model of the use case takes it, and says which lacks what', async () => {
    const { status, type, body } = await wire.raw('clinical/converse', {
      messages: [
        { role: 'user', content: [{ text: 'See' }, { video: { format: 'mp4', source: { bytes: 'AA==' } } }] },
      ],
      toolConfig: TOOLS,
    });
    expect([status, type, body.code]).toEqual([400, 'ValidationException', 'capability_not_available']);
    expect(body.message).toContain(`${SONNET} does not take videos`);
    expect(body.attempts[0]).toMatchObject({ modelId: SONNET, outcome: 'skipped', lacks: ['videos'] });
    expect(system.asked()).toEqual([]);
  });

  it('is retried without what a model refuses, which the catalogue knows until the next sync', async () => {
    const refused = {
      ...error('ValidationException'),
      message: '`temperature` is deprecated for this model.',
    };
    system.chats.faults(onSonnet({ ...refused, times: 1 }));
    const request = { messages, inferenceConfig: { temperature: 0.5 } };
    const { status, headers } = await wire.raw('clinical/converse', request);
    expect([status, headers.get('x-orchestrator-model')]).toEqual([200, SONNET]);
    expect(headers.get('x-orchestrator-adapted')).toBe('temperature');
    expect(system.asked()).toEqual([SONNET, SONNET]);
    const refusedForms = async () =>
      (await system.chats.rows('SELECT refused_forms FROM bedrock_models WHERE model_id = $1', [SONNET]))[0];
    await eventually(async () => expect(await refusedForms()).toEqual({ refused_forms: ['temperature'] }));
    const sync = system.chats.system.api.get(CatalogueSyncService, { strict: false });
    await sync.sync({ force: true });
    expect(await refusedForms()).toEqual({ refused_forms: [] });
  });

  it('is not changed for a model that the client names, whose refusal it gets', async () => {
    const refused = {
      ...error('ValidationException'),
      message: '`temperature` is deprecated for this model.',
    };
    system.chats.faults(onSonnet(refused));
    const request = { messages, inferenceConfig: { temperature: 0.5 } };
    const { status, body } = await wire.raw(`${SONNET}/converse`, request, { 'x-use-case': 'clinical' });
    expect([status, body.message]).toEqual([400, '`temperature` is deprecated for this model.']);
    expect(system.asked()).toEqual([SONNET]);
  });
});

describe('a native body', () => {
  it.each(['invoke', 'invoke-with-response-stream'])('passes through %s unchanged', async (operation) => {
    const { status, bytes, headers } = await wire.raw(`clinical/${operation}`, CLAUDE, {
      'x-amzn-bedrock-trace': 'ENABLED',
      'x-mine': 'secret',
    });
    expect(status).toBe(200);
    const exchange = system.upstream.exchanges.at(-1)!;
    expect(exchange.path).toBe(`/model/${encodeURIComponent(SONNET)}/${operation}`);
    expect(exchange.asked.equals(CLAUDE)).toBe(true);
    expect(bytes.equals(exchange.answered)).toBe(true);
    expect(exchange.headers['x-amzn-bedrock-trace']).toBe('ENABLED');
    expect(exchange.headers).not.toHaveProperty('x-mine');
    const row = await system.rowOf(headers.get('x-amzn-requestid'));
    expect(row).toMatchObject({
      wire: 'bedrock',
      body_family: 'claude',
      outcome: 'answered',
      estimated: false,
    });
    expect(row.output_tokens).toBeGreaterThan(0);
    expect(Number(row.cost_usd)).toBeGreaterThan(0);
    expect(row.stop_reason).toBe('end_turn');
  });

  it.each(['application/octet-stream', undefined])('may have the type %s, as SDKs send it', async (type) => {
    const { status } = await wire.raw('clinical/invoke', CLAUDE, { 'content-type': type });
    expect(status).toBe(200);
    expect(system.upstream.exchanges.at(-1)!.asked.equals(CLAUDE)).toBe(true);
  });

  it('is taken from the SDK without a type of the application', async () => {
    const { body } = await wire.sdk().send(new InvokeModelCommand({ modelId: 'clinical', body: CLAUDE }));
    expect(JSON.parse(body.transformToString()).stop_reason).toBe('end_turn');
  });

  it('has the headers of the model in its answer', async () => {
    const { headers } = await wire.raw('clinical/invoke', CLAUDE);
    expect(Number(headers.get('x-amzn-bedrock-input-token-count'))).toBeGreaterThan(0);
    const stream = await wire.raw('clinical/invoke-with-response-stream', CLAUDE);
    expect(stream.headers.get('x-amzn-bedrock-content-type')).toBe('application/json');
    expect(stream.headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
  });

  it.each([
    ['a refusal', error('ServiceUnavailableException')],
    ['an exception of a stream', { kind: 'exception', name: 'ThrottlingException', afterEvents: 1 }],
    ['a cut stream', { kind: 'cut', afterEvents: 1 }],
  ])('falls back within its family after %s', async (_, fault) => {
    system.chats.faults(onSonnet(fault));
    const { status, headers, bytes } = await wire.raw('clinical/invoke-with-response-stream', CLAUDE);
    expect([status, headers.get('x-orchestrator-model')]).toEqual([200, HAIKU]);
    expect(bytes.equals(system.upstream.exchanges.at(-1)!.answered)).toBe(true);
  });

  it('is counted in the preview of a switch to another family', async () => {
    const request = { action: 'switch', useCase: 'clinical', dryRun: true };
    const warningsFor = async (modelId: string) =>
      (await system.chats.system.act({ ...request, modelId })).body.data.warnings ?? [];
    const before = await warningsFor(NOVA_LITE);
    await wire.raw('clinical/invoke', CLAUDE);
    const native = ({ kind }: { kind: string }) => kind === 'body_family';
    const { calls = 0 } = before.find(native) ?? {};
    expect((await warningsFor(NOVA_LITE)).filter(native)).toMatchObject([
      { wire: 'bedrock', bodyFamily: 'claude', calls: calls + 1 },
    ]);
    expect((await warningsFor(HAIKU)).filter(native)).toEqual([]);
  });

  it('follows its use case, unless it names a model or its conversation is pinned', async () => {
    const conversation = { 'x-conversation-id': 'conv-follows', 'x-user-id': 'anna' };
    const follows = async (name: string, headers = {}) => {
      const answer = await wire.raw(`${name}/invoke`, CLAUDE, { 'x-use-case': 'clinical', ...headers });
      return (await system.rowOf(answer.headers.get('x-amzn-requestid'))).follows;
    };
    expect(await follows('clinical')).toBe(true);
    expect(await follows(SONNET)).toBe(false);
    expect(await follows('clinical', conversation)).toBe(true);
    const pin = { action: 'switch', conversationId: 'conv-follows', userId: 'anna', modelId: HAIKU };
    expect((await system.chats.system.act(pin)).body.success).toBe(true);
    expect(await follows('clinical', conversation)).toBe(false);
  });

  it('is refused where the use case is on a model of another family', async () => {
    await setActive('platform', NOVA_LITE);
    const { status, type, body } = await wire.raw('platform/invoke', CLAUDE);
    expect([status, type, body.code]).toEqual([400, 'ValidationException', 'body_family_not_taken']);
    expect(body.message).toContain('use Converse');
    expect(system.asked()).toEqual([]);
    await setActive('platform', NOVA_MICRO);
  });

  it('has the guardrail of the use case in its headers, whatever the client sends', async () => {
    await system.chats.rows(
      `UPDATE use_cases SET guardrail = '{"id":"emulated0001","version":"1","required":true}' WHERE name = 'clinical'`,
    );
    await system.chats.system.act({ action: 'clear-cache' });
    await wire.raw('clinical/invoke', CLAUDE, { 'x-amzn-bedrock-guardrailidentifier': 'mine' });
    expect(system.upstream.exchanges.at(-1)!.headers).toMatchObject({
      'x-amzn-bedrock-guardrailidentifier': 'emulated0001',
      'x-amzn-bedrock-guardrailversion': '1',
    });
    await system.chats.rows(`UPDATE use_cases SET guardrail = NULL WHERE name = 'clinical'`);
    await system.chats.system.act({ action: 'clear-cache' });
  });
});

describe('a chat in the form of OpenAI, which Mistral takes', () => {
  const CHAT = { messages: [{ role: 'user', content: 'Hi' }], max_tokens: 50 };

  it('is answered by Mistral, counted in the preview of a switch away, and refused after it', async () => {
    await setActive('operations', PIXTRAL);
    const answer = await wire.raw('operations/invoke', CHAT);
    expect([answer.status, answer.headers.get('x-orchestrator-model')]).toEqual([200, PIXTRAL]);
    expect(await system.rowOf(answer.headers.get('x-amzn-requestid'))).toMatchObject({
      body_family: 'openai',
    });
    const preview = { action: 'switch', useCase: 'operations', modelId: NOVA_LITE, dryRun: true };
    expect((await system.chats.system.act(preview)).body.data.warnings).toMatchObject([
      { kind: 'body_family', wire: 'bedrock', bodyFamily: 'openai', calls: 1 },
    ]);
    await setActive('operations', NOVA_LITE);
    const { status, body } = await wire.raw('operations/invoke', CHAT);
    expect([status, body.code]).toEqual([400, 'body_family_not_taken']);
    expect(system.asked()).toEqual([PIXTRAL]);
  });
});

describe('a count of tokens', () => {
  const count = { input: { converse: { messages } } };

  it('is that of the first model that counts, and leaves no row', async () => {
    const before = await system.chats.rows('SELECT count(*) FROM model_invocations');
    const { status, body, headers } = await wire.raw('clinical/count-tokens', count);
    expect([status, headers.get('x-orchestrator-model')]).toEqual([200, HAIKU]);
    expect(body.inputTokens).toBeGreaterThan(0);
    expect(await system.chats.rows('SELECT count(*) FROM model_invocations')).toEqual(before);
  });

  it('is refused as by Bedrock where no model of the use case counts', async () => {
    const { status, type, body } = await wire.raw('platform/count-tokens', count);
    expect([status, type]).toEqual([400, 'ValidationException']);
    expect(body.message).toContain("The provided model doesn't support counting tokens");
  });

  it('of a model that is named is asked of it', async () => {
    const { status } = await wire.raw(`${OPUS}/count-tokens`, count, { 'x-use-case': 'clinical' });
    expect(system.asked()).toEqual([OPUS]);
    expect([200, 400]).toContain(status);
  });
});
