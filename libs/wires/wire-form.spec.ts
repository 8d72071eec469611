import { assert, asyncProperty, boolean, constantFrom, dictionary, option } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BreakersService } from '#libs/breakers/breakers.service.js';
import type { Capabilities, Capability } from '#libs/catalogue/capabilities.js';
import type { Guardrail, Model } from '#libs/catalogue/catalogue.js';
import type { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import type { LearnedRefusals } from '#libs/catalogue/learned-refusals.service.js';
import { CallAttempts } from '#libs/inference/call-attempts.js';
import { FallbackCandidates } from '#libs/inference/fallback-candidates.service.js';
import { type AnswerPart, FallbackEngine } from '#libs/inference/fallback-engine.js';
import { ModelCall } from '#libs/inference/model-call.js';
import { BedrockError, type BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import { aCatalogue, aModel, HAIKU, OPUS, policy, SONNET } from '../../test/support/catalogue-fixture.js';
import { encodingOf } from './encoding.js';
import { WireForm, type WireSettings } from './wire-form.js';

const messages = [{ role: 'user', content: [{ text: 'Hi' }] }];
const required: Guardrail = { id: 'gr1', version: '3', required: true };
const refusing = (...names: Capability[]): { capabilities: Capabilities } => ({
  capabilities: Object.fromEntries(
    names.map((name) => [name, { supported: false, source: 's', readOn: '2026-11-28' }]),
  ),
});

interface Given {
  json?: Record<string, unknown>;
  isNamed?: boolean;
  system?: string;
  stream?: boolean;
  settings?: Partial<WireSettings>;
}
const factsFor = ({ id }: Model) => ({ model: id, useCase: 'clinical', invocationId: 'call-1', attempts: 1 });

/** Content before a failure, of `breaks`; a failure without content, of `fails`. */
interface Scripts {
  fails?: Record<string, BedrockErrorKind>;
  breaks?: Record<string, BedrockErrorKind>;
}

function aForm(
  { json = {}, isNamed = false, stream = true, settings, ...rest }: Given,
  scripts: Scripts = {},
) {
  const request = { messages, ...json };
  const body = Buffer.from(JSON.stringify(request));
  const asked: { modelId: string; body: Record<string, unknown> }[] = [];
  const end = { stopReason: 'end_turn', usage: null, durationMs: 1, firstTextMs: 1 };
  const ask = (called: { modelId: string; body: Uint8Array }) => {
    asked.push({ modelId: called.modelId, body: JSON.parse(Buffer.from(called.body).toString()) });
    const kind = scripts.fails?.[called.modelId];
    if (kind) throw failure(kind, false);
  };
  const passThrough: ConstructorParameters<typeof WireForm>[1] = {
    whole: async (called) => {
      ask(called);
      return { ...end, bytes: Buffer.from('whole'), text: 'Hello', headers: {} };
    },
    stream: async (called, _, onContent) => {
      ask(called);
      await onContent({ bytes: Buffer.from('frames'), text: 'Hello', headers: {} });
      const kind = scripts.breaks?.[called.modelId];
      if (kind) throw failure(kind, true);
      return { ...end, tail: Buffer.from('tail'), headers: {} };
    },
  };
  const operation = stream ? 'converse-stream' : 'converse';
  const encoding = encodingOf({ operation, body });
  const first = { id: SONNET, provider: 'amazon' };
  const all: WireSettings = { WIRE_FORWARD_METADATA: 'on', WIRE_DEFAULT_MAX_TOKENS: 'off', ...settings };
  const form = new WireForm({ encoding, isNamed, first, factsFor, settings: all, ...rest }, passThrough);
  return { form, asked, body };
}

const failure = (kind: BedrockErrorKind, textShown: boolean) =>
  new BedrockError('no', { kind, awsName: kind, modelId: 'm', textShown });
const bodyOf = (given: Given, model: Model, guardrail: Guardrail | null = null) =>
  JSON.parse(aForm(given).form.bodyFor({ model, guardrail }).toString());
const sonnet = aModel(SONNET, { maxTokens: 8_000 });
const haiku = aModel(HAIKU, { maxTokens: 8_000 });

describe('the bytes for a model', () => {
  it('are those of the client where the model refuses nothing', () => {
    const { form, body } = aForm({
      json: { inferenceConfig: { temperature: 0.5, topP: 0.5, maxTokens: 8_000 } },
    });
    for (const model of [sonnet, haiku]) expect(form.bodyFor({ model, guardrail: null })).toBe(body);
  });

  it('are those of the client for a model that it names, whatever that refuses', () => {
    const json = { inferenceConfig: { temperature: 0.5, topP: 0.5, maxTokens: 9_000 } };
    const model = { ...sonnet, ...refusing('temperature', 'topP') };
    const { form, body } = aForm({ json, isNamed: true });
    expect(form.bodyFor({ model, guardrail: null })).toBe(body);
    expect(form.changesFor({ model, guardrail: null })).toEqual({ leftOut: [], adapted: [] });
    expect(form.lackOf({ ...model, maxTokens: 10 })).toBeUndefined();
  });

  it('go without refused parameters, and allow no more tokens than the model', () => {
    const json = { inferenceConfig: { temperature: 0.5, topP: 0.5, maxTokens: 9_000, stopSequences: ['x'] } };
    const model = { ...haiku, ...refusing('temperatureWithTopP') };
    const inferenceConfig = { temperature: 0.5, maxTokens: 8_000, stopSequences: ['x'] };
    expect(bodyOf({ json }, model)).toEqual({ messages, inferenceConfig });
    expect(aForm({ json }).form.changesFor({ model, guardrail: null })).toEqual({
      leftOut: ['topP'],
      adapted: ['maxTokens'],
    });
  });

  it('go without metadata only where the settings say so, also for a model that is named', () => {
    const json = { requestMetadata: { userId: 'anna' } };
    expect(bodyOf({ json }, sonnet)).toEqual({ messages, ...json });
    const settings = { WIRE_FORWARD_METADATA: 'off' } as const;
    for (const isNamed of [true, false])
      expect(bodyOf({ json, settings, isNamed }, sonnet)).toEqual({ messages });
    const { form, body } = aForm({ settings });
    expect(form.bodyFor({ model: sonnet, guardrail: null })).toBe(body);
  });

  it.each([
    ['a call of a use case without a limit', {}, false, { maxTokens: 8_000 }],
    ['one with a limit', { inferenceConfig: { maxTokens: 7 } }, false, { maxTokens: 7 }],
    ['one that names its model', {}, true, undefined],
    ['one with members that are not known', { inferenceConfig: { limit: 7 } }, false, { limit: 7 }],
  ])('get the limit of the model where the settings say so: %s', (_, json, isNamed, inferenceConfig) => {
    const settings = { WIRE_DEFAULT_MAX_TOKENS: 'on' } as const;
    const given = { json, isNamed, settings };
    expect(bodyOf(given, sonnet).inferenceConfig).toEqual(inferenceConfig);
    const isSet = inferenceConfig !== undefined && !('inferenceConfig' in json);
    const { adapted } = aForm(given).form.changesFor({ model: sonnet, guardrail: null });
    expect(adapted).toEqual(isSet ? ['maxTokens'] : []);
    expect(bodyOf({ json, isNamed }, sonnet).inferenceConfig).toEqual(
      'inferenceConfig' in json ? json.inferenceConfig : undefined,
    );
  });

  it('have the guardrail of the use case in place of the client’s, and its system prompt', () => {
    const json = { guardrailConfig: { guardrailIdentifier: 'mine' }, system: [{ text: 'Mine' }] };
    expect(bodyOf({ json, system: 'Ours' }, sonnet, required)).toEqual({
      messages,
      system: [{ text: 'Ours' }],
      guardrailConfig: { guardrailIdentifier: 'gr1', guardrailVersion: '3' },
    });
  });

  it('go without a guardrail that is not required where the model takes none', () => {
    const model = { ...haiku, ...refusing('guardrail') };
    const optional = { ...required, required: false };
    expect(bodyOf({}, model, optional)).toEqual({ messages });
    expect(aForm({}).form.changesFor({ model, guardrail: optional }).leftOut).toEqual(['guardrail']);
    expect(bodyOf({}, haiku, optional)).toHaveProperty('guardrailConfig');
  });
});

describe('a model is passed over', () => {
  const against = (json: object, model: Model) =>
    aForm({ json: json as Given['json'] }).form.lackOf(model)?.reason;

  it.each([
    ['tools', { toolConfig: {} }, haiku, 'tools_not_supported'],
    ['content that is not known', { tomorrow: {} }, haiku, 'content_not_supported'],
    ['nothing, as the first', { toolConfig: {} }, sonnet, undefined],
    [
      'a guardrail of the client',
      { guardrailConfig: {} },
      { ...haiku, ...refusing('guardrail') },
      'form_not_supported',
    ],
    [
      'a form',
      { messages: [...messages, ...messages] },
      { ...haiku, ...refusing('repeatedRoles') },
      'form_not_supported',
    ],
    [
      'many tokens',
      { inferenceConfig: { maxTokens: 9_000 } },
      { ...haiku, maxTokens: 4_095 },
      'output_too_small',
    ],
    ['few tokens', { inferenceConfig: { maxTokens: 500 } }, { ...haiku, maxTokens: 499 }, 'output_too_small'],
    ['enough tokens', { inferenceConfig: { maxTokens: 9_000 } }, { ...haiku, maxTokens: 4_096 }, undefined],
    ['an unknown limit', { inferenceConfig: { maxTokens: 9_000 } }, { ...haiku, maxTokens: null }, undefined],
  ])('for %s', (_, json, model, reason) => {
    expect(against(json, model)).toBe(reason);
  });
});

/** Runs a call of `clinical`: Sonnet, and after it Haiku and Opus. */
async function run(given: Given & Scripts & { models?: Record<string, object>; guardrail?: Guardrail }) {
  const { models = {}, guardrail, fails, breaks, ...rest } = given;
  const catalogue = aCatalogue({ models, ...(guardrail && { useCases: { clinical: { guardrail } } }) });
  const breakers = {
    isOpen: () => false,
    recheckSoon() {},
    secondsUntilProbe: () => 7,
    succeeded() {},
    failed() {},
  } as unknown as BreakersService;
  const fake = { snapshot: () => catalogue, policy, useCase: () => catalogue.useCases[0]! };
  const engine = new FallbackEngine(
    new FallbackCandidates(fake as unknown as CatalogueService, breakers),
    breakers,
    undefined as unknown as LearnedRefusals,
  );
  const { form, asked } = aForm(rest, { ...(fails && { fails }), ...(breaks && { breaks }) });
  const first = catalogue.models.find(({ id }) => id === SONNET)!;
  const attempts = new CallAttempts('clinical', first, {}, 10);
  attempts.alone = rest.isNamed === true;
  const limits = { deadlineMs: 60_000, firstTextMs: 6_000, idleMs: 6_000 };
  const call = new ModelCall(form, attempts, limits, new AbortController().signal);
  const parts: AnswerPart[] = [];
  const error = await engine
    .answer(call, (part) => {
      parts.push(part);
      return undefined;
    })
    .catch((reason: unknown) => reason);
  return { asked, parts, error, attempts: attempts.all };
}

it('has a required guardrail in every call, whatever the client sends and whichever models fail', async () => {
  const ids = constantFrom(SONNET, HAIKU, OPUS);
  const failures = dictionary(ids, constantFrom<BedrockErrorKind>('not_ready', 'model_gone'));
  const own = option(constantFrom(null, {}, { guardrailIdentifier: 'mine', guardrailVersion: '1' }));
  await assert(
    asyncProperty(
      dictionary(ids, boolean()),
      failures,
      own,
      boolean(),
      async (takers, fails, config, isNamed) => {
        const models = Object.fromEntries(
          Object.entries(takers).map(([id, isTaken]) => [id, isTaken ? {} : refusing('guardrail')]),
        );
        const json = {
          ...(config && { guardrailConfig: config }),
          inferenceConfig: { temperature: 1, topP: 1 },
        };
        const { asked } = await run({ models, fails, guardrail: required, json, isNamed });
        for (const { modelId, body } of asked) {
          expect(body.guardrailConfig).toEqual({ guardrailIdentifier: 'gr1', guardrailVersion: '3' });
          expect(takers[modelId]).not.toBe(false);
        }
      },
    ),
    { numRuns: 60 },
  );
});

it('falls back while there was no content, and not after it', async () => {
  const before = await run({ fails: { [SONNET]: 'not_ready' } });
  expect(before.asked.map(({ modelId }) => modelId)).toEqual([SONNET, HAIKU]);
  expect(before.parts.map(({ type }) => type)).toEqual(['begin', 'text', 'end']);
  const after = await run({ breaks: { [SONNET]: 'throttled' } });
  expect(after.asked.map(({ modelId }) => modelId)).toEqual([SONNET]);
  expect(after.error).toMatchObject({ failure: 'throttled' });
});

it('does not fall back from a model that stands alone', async () => {
  const { asked, error } = await run({ fails: { [SONNET]: 'not_ready' }, isNamed: true });
  expect(asked).toHaveLength(1);
  expect(error).toMatchObject({ failure: 'not_ready' });
});

it('passes on a whole answer as it is, also one that a chat would not accept', async () => {
  const { parts } = await run({ stream: false });
  expect(parts).toMatchObject([{ type: 'begin' }, { bytes: Buffer.from('whole') }, { type: 'end' }]);
  expect(aForm({}).form.failureOf()).toBeNull();
});

it('blames the client for a guardrail only where the use case has none', async () => {
  const fails = { [SONNET]: 'guardrail_unavailable' } as const;
  expect((await run({ fails, isNamed: true })).error).toMatchObject({ failure: 'invalid_request' });
  expect((await run({ fails, isNamed: true, guardrail: required })).error).toMatchObject({
    failure: 'guardrail_unavailable',
  });
});
