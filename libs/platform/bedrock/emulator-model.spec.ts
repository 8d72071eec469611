import * as control from '@aws-sdk/client-bedrock';
import * as runtime from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamedEvents, type TestEmulator, testEmulator } from '../../../test/support/bedrock-emulator.js';
import { faultsOf } from '../../../test/support/service-model.js';

/** That each answer of the emulator has the structure of the service's own model, as the SDK ships it. */
const CLAUDE = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const NOVA = 'eu.amazon.nova-lite-v1:0';
const QUESTION = { messages: [{ role: 'user', content: [{ text: 'How are you today?' }] }] };
const NATIVE = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 50,
  messages: [{ role: 'user', content: 'Hi' }],
};

/** Answered with reasoning, the use of a tool, and what is cached. */
const RICH = {
  messages: [
    {
      role: 'user',
      content: [
        { image: { format: 'png', source: { bytes: 'AA==' } } },
        { text: 'Ask get_weather' },
        { cachePoint: { type: 'default', ttl: '1h' } },
      ],
    },
  ],
  toolConfig: { tools: [{ toolSpec: { name: 'get_weather', inputSchema: { json: {} } } }] },
  additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1_024 } },
  serviceTier: { type: 'flex' },
  performanceConfig: { latency: 'standard' },
};
/** Answered with citations. */
const CITED = {
  messages: [
    {
      role: 'user',
      content: [
        { text: 'How many?' },
        { document: { name: 'Leaflet', source: { text: 'Two a day' }, citations: { enabled: true } } },
      ],
    },
  ],
};

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await testEmulator();
});
afterAll(() => emulator.close());

const send = (path: string, body?: unknown) =>
  fetch(`${emulator.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: 'Bearer any' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const invoke = (modelId: string, action: string, body: unknown = QUESTION) =>
  send(`/model/${encodeURIComponent(modelId)}/${action}`, body);

describe('the check itself', () => {
  it.each([
    [
      { contentBlockStart: { contentBlockIndex: 0, start: {} } },
      /ContentBlockStart is a union: one member, not 0/,
    ],
    [
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'a', more: 1 } } },
      /more: not in ContentBlockDelta/,
    ],
    [{ messageStop: {} }, /stopReason: required by MessageStopEvent/],
    [{ messageStart: { role: 1 } }, /role: is number/],
  ])('finds the fault of %j', (event, fault) => {
    expect(faultsOf(event, runtime.ConverseStreamOutput$).join('; ')).toMatch(fault);
  });
});

describe('the runtime plane', () => {
  it.each([CLAUDE, NOVA])('answers Converse by the model (%s)', async (modelId) => {
    const body = await (await invoke(modelId, 'converse')).json();
    expect(faultsOf(body, runtime.ConverseResponse$)).toEqual([]);
  });

  it.each([CLAUDE, NOVA])('streams events by the model (%s)', async (modelId) => {
    const events = await streamedEvents(await invoke(modelId, 'converse-stream'));
    expect(events.length).toBeGreaterThan(4);
    expect(events.flatMap((event) => faultsOf(event, runtime.ConverseStreamOutput$))).toEqual([]);
    expect(events.map((event) => Object.keys(event)[0])).not.toContain('contentBlockStart');
  });

  it.each([
    ['tools, reasoning and a cache', RICH],
    ['citations', CITED],
    ['redacted reasoning', QUESTION],
  ])('answers with %s by the model', async (name, body) => {
    if (name === 'redacted reasoning')
      emulator.setFaults([{ kind: 'answer', content: [{ redacted: 'AA==' }, { text: 'Hi' }] }]);
    const whole = await (await invoke(CLAUDE, 'converse', body)).json();
    const events = await streamedEvents(await invoke(CLAUDE, 'converse-stream', body));
    emulator.reset();
    expect(faultsOf(whole, runtime.ConverseResponse$)).toEqual([]);
    expect(whole.output.message.content.length).toBe(body === CITED ? 1 : 2);
    expect(events.flatMap((event) => faultsOf(event, runtime.ConverseStreamOutput$))).toEqual([]);
    expect(events.at(-1)).toHaveProperty('metadata');
  });

  it.each([
    'ThrottlingException',
    'ModelStreamErrorException',
    'ValidationException',
    'InternalServerException',
  ])('breaks a stream with %s by the model', async (name) => {
    emulator.setFaults([{ kind: 'exception', name, afterEvents: 2 }]);
    const events = await streamedEvents(await invoke(NOVA, 'converse-stream'));
    emulator.reset();
    expect(events).toHaveLength(3);
    expect(events.flatMap((event) => faultsOf(event, runtime.ConverseStreamOutput$))).toEqual([]);
  });

  it('streams native bodies and counts tokens by the model', async () => {
    const events = await streamedEvents(await invoke(CLAUDE, 'invoke-with-response-stream', NATIVE));
    expect(events.flatMap((event) => faultsOf(event, runtime.ResponseStream$))).toEqual([]);
    const counted = await (
      await invoke(CLAUDE.slice(3), 'count-tokens', { input: { converse: QUESTION } })
    ).json();
    expect(faultsOf(counted, runtime.CountTokensResponse$)).toEqual([]);
  });

  it('breaks a native stream with a time-out by the model', async () => {
    emulator.setFaults([
      { kind: 'exception', name: 'ModelTimeoutException', afterEvents: 'content_block_delta' },
    ]);
    const events = await streamedEvents(await invoke(CLAUDE, 'invoke-with-response-stream', NATIVE));
    emulator.reset();
    expect(events.at(-1)).toHaveProperty('modelTimeoutException');
    expect(events.flatMap((event) => faultsOf(event, runtime.ResponseStream$))).toEqual([]);
  });

  it.each([
    [400, { messages: [] }, NOVA],
    [400, QUESTION, 'no.such-model'],
    [404, QUESTION, 'eu.anthropic.claude-3-haiku-20240307-v1:0'],
  ])('refuses with %s by the model', async (status, body, modelId) => {
    const response = await invoke(modelId, 'converse', body);
    expect(response.status).toBe(status);
    expect(faultsOf(await response.json(), runtime.ValidationException$)).toEqual([]);
  });
});

describe('the control plane', () => {
  it.each([
    ['/foundation-models', control.ListFoundationModelsResponse$],
    ['/foundation-models/amazon.nova-lite-v1%3A0', control.GetFoundationModelResponse$],
    ['/inference-profiles', control.ListInferenceProfilesResponse$],
    [`/inference-profiles/${encodeURIComponent(NOVA)}`, control.GetInferenceProfileResponse$],
  ])('answers %s by the model', async (path, schema) => {
    const response = await send(path);
    expect(response.status).toBe(200);
    expect(faultsOf(await response.json(), schema)).toEqual([]);
  });
});
