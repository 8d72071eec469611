import { type Arbitrary, assert, asyncProperty, boolean, constantFrom, dictionary, option } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BreakersService } from '#libs/breakers/breakers.service.js';
import type { Capabilities, Capability } from '#libs/catalogue/capabilities.js';
import type { Guardrail } from '#libs/catalogue/catalogue.js';
import type { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import type { LearnedRefusals } from '#libs/catalogue/learned-refusals.service.js';
import { BedrockError, type BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import type { BedrockRuntimeService } from '#libs/platform/bedrock/bedrock-runtime.service.js';
import type { ConverseRequest, Message } from '#libs/platform/bedrock/converse-request.js';
import type { OnText } from '#libs/platform/bedrock/converse-stream.js';
import { aCatalogue, HAIKU, OPUS, policy, SONNET } from '../../test/support/catalogue-fixture.js';
import { CallAttempts } from './call-attempts.js';
import { ChatForm } from './chat-form.js';
import { FallbackCandidates } from './fallback-candidates.service.js';
import { type AnswerPart, FallbackEngine } from './fallback-engine.js';
import { ModelCall } from './model-call.js';

const refusing = (...names: Capability[]): { capabilities: Capabilities } => ({
  capabilities: Object.fromEntries(
    names.map((name) => [name, { supported: false, source: 's', readOn: '2026-11-28' }]),
  ),
});

const TAKES = { capabilities: {} };
const taking = (name: Capability) => ({
  capabilities: { [name]: { supported: true, source: 's', readOn: '2026-11-28' } },
});

interface Given {
  models?: Record<string, { capabilities: Capabilities }>;
  /** How models fail; the others answer. */
  failures?: Record<string, BedrockErrorKind>;
  /** Words with which a model refuses a request that has this parameter. */
  refuses?: Record<string, [parameter: 'temperature' | 'topP', words: string]>;
  stopReason?: string;
  question?: { temperature?: number; topP?: number; messages?: Message[] };
  guardrail?: Guardrail;
}

/** Runs one chat of `clinical`: Sonnet, and after it Haiku and Opus. */
async function run({
  models = {},
  failures = {},
  refuses = {},
  stopReason = 'end_turn',
  question = {},
  guardrail,
}: Given) {
  const catalogue = aCatalogue({ models, ...(guardrail && { useCases: { clinical: { guardrail } } }) });
  const asked: ConverseRequest[] = [];
  const fakeModels: Pick<BedrockRuntimeService, 'answer'> = {
    answer: async (request, _, { onText }: { onText: OnText }) => {
      asked.push(request);
      const kind = failures[request.modelId];
      if (kind)
        throw new BedrockError('no', { kind, awsName: kind, modelId: request.modelId, textShown: false });
      const [parameter, words] = refuses[request.modelId] ?? [];
      if (parameter && request[parameter] !== undefined)
        throw new BedrockError(`ValidationException: ${words}`, {
          ...{ kind: 'invalid_request', awsName: 'ValidationException' },
          ...{ modelId: request.modelId, textShown: false },
        });
      await onText('Hello');
      return { stopReason, usage: null, durationMs: 5, firstTextMs: 3 };
    },
  };
  const results: ('succeeded' | 'failed')[] = [];
  const learned: string[][] = [];
  const breakers = {
    isOpen: () => false,
    recheckSoon() {},
    secondsUntilProbe: () => 7,
    succeeded: () => results.push('succeeded'),
    failed: () => results.push('failed'),
  };
  const fakeCatalogue = { snapshot: () => catalogue, policy, useCase: () => catalogue.useCases[0]! };
  const candidates = new FallbackCandidates(
    fakeCatalogue as unknown as CatalogueService,
    breakers as unknown as BreakersService,
  );
  const engine = new FallbackEngine(
    candidates,
    breakers as unknown as BreakersService,
    {
      learn: (...refused: string[]) => void learned.push(refused),
    } as unknown as LearnedRefusals,
  );
  const first = catalogue.models.find(({ id }) => id === SONNET)!;
  const call = new ModelCall(
    new ChatForm({ messages: [{ role: 'user', text: 'Hi' }], stream: true, ...question }, first, fakeModels),
    new CallAttempts('clinical', first, {}, 10),
    { deadlineMs: 60_000, firstTextMs: 6_000, idleMs: 6_000 },
    new AbortController().signal,
  );
  const begun: [model: string, after: BedrockErrorKind | null][] = [];
  const onPart = (part: AnswerPart) => {
    if (part.type === 'begin') begun.push([part.model.id, part.after]);
    return undefined;
  };
  const error = await engine.answer(call, onPart).catch((failure: Error) => failure);
  return { asked, begun, error, results, learned, attempts: call.attempts.all };
}

const PREFILLED: Message[] = [
  { role: 'user', text: 'Answer in JSON' },
  { role: 'assistant', text: '{' },
];

it('leaves out of each call what its model refuses, and says so', async () => {
  const { asked, attempts } = await run({
    models: { [SONNET]: refusing('temperatureWithTopP'), [HAIKU]: refusing('temperature', 'topP') },
    failures: { [SONNET]: 'not_ready', [HAIKU]: 'not_ready' },
    question: { temperature: 0.2, topP: 0.9 },
  });
  expect(asked.map(({ modelId, temperature, topP }) => [modelId, temperature, topP])).toEqual([
    [SONNET, 0.2, undefined],
    [HAIKU, undefined, undefined],
    [OPUS, 0.2, 0.9],
  ]);
  expect(attempts.map(({ leftOut }) => leftOut)).toEqual([['topP'], ['temperature', 'topP'], undefined]);
});

describe('a model that refuses a form which it was thought to take', () => {
  const TEMPERATURE = '`temperature` is deprecated for this model.';

  it('is called again without it, and the catalogue learns', async () => {
    const { asked, attempts, learned, error } = await run({
      refuses: { [SONNET]: ['temperature', TEMPERATURE] },
      question: { temperature: 0.2, topP: 0.9 },
    });
    expect(error).toBeUndefined();
    expect(asked.map(({ modelId, temperature, topP }) => [modelId, temperature, topP])).toEqual([
      [SONNET, 0.2, 0.9],
      [SONNET, undefined, 0.9],
    ]);
    expect(attempts).toMatchObject([
      { modelId: SONNET, outcome: 'failed', errorKind: 'invalid_request' },
      { modelId: SONNET, outcome: 'answered', leftOut: ['temperature'] },
    ]);
    expect(learned).toEqual([[SONNET, 'temperature']]);
  });

  it('is passed over where the request cannot do without it', async () => {
    const { asked, attempts, learned } = await run({
      refuses: { [SONNET]: ['temperature', 'This model does not support assistant message prefill.'] },
      models: { [HAIKU]: taking('assistantPrefill') },
      question: { messages: PREFILLED, temperature: 0 },
    });
    expect(asked.map(({ modelId }) => modelId)).toEqual([SONNET, HAIKU]);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'answered']);
    expect(learned).toEqual([[SONNET, 'assistantPrefill']]);
  });

  it.each([
    ['words that are not known', 'Something is wrong with temperature.'],
    ['a form that the request does not have', '`top_p` is deprecated for this model.'],
  ])('is believed only where that helps: not with %s', async (_, words) => {
    const { asked, learned, error } = await run({
      refuses: { [SONNET]: ['temperature', words] },
      question: { temperature: 0.2 },
    });
    expect(asked).toHaveLength(1);
    expect(learned).toEqual([]);
    expect(error).toMatchObject({ code: 'request_not_accepted' });
  });
});

it.each([
  ['content_filtered', 'refused', ['succeeded']],
  ['guardrail_intervened', 'guardrail_intervened', []],
])('ends with %s as %s, and its breaker counts %j', async (stopReason, outcome, counted) => {
  const { attempts, results } = await run({ stopReason });
  expect(attempts).toMatchObject([{ modelId: SONNET, outcome, errorKind: outcome }]);
  expect(results).toEqual(counted);
});

it('begins without a word of the failure before where no text of it was shown', async () => {
  const { begun } = await run({ failures: { [SONNET]: 'not_ready' } });
  expect(begun).toEqual([[HAIKU, null]]);
});

it('passes over a model that refuses a form which cannot be left out', async () => {
  const { asked, attempts } = await run({
    models: { [SONNET]: refusing('assistantPrefill'), [HAIKU]: taking('assistantPrefill') },
    question: { messages: PREFILLED },
  });
  expect(asked.map(({ modelId }) => modelId)).toEqual([HAIKU]);
  expect(attempts).toMatchObject([
    { modelId: SONNET, outcome: 'skipped', errorKind: 'form_not_supported' },
    { modelId: HAIKU, outcome: 'answered' },
  ]);
});

it('calls it a mistake of the caller where every model refuses the form', async () => {
  const models = Object.fromEntries([SONNET, HAIKU, OPUS].map((id) => [id, refusing('assistantPrefill')]));
  const { asked, error } = await run({ models, question: { messages: PREFILLED } });
  expect(asked).toEqual([]);
  expect(error).toMatchObject({ kind: 'invalid', code: 'capability_not_available' });
});

it.each<BedrockErrorKind>(['invalid_request', 'input_too_long'])(
  'an outage stays one where the last candidate then says %s',
  async (kind) => {
    const { error, attempts } = await run({
      failures: { [SONNET]: 'not_ready', [HAIKU]: 'not_ready', [OPUS]: kind },
    });
    expect(error).toMatchObject({ kind: 'unavailable', code: 'model_unavailable', retryAfter: 5 });
    expect(attempts.map(({ errorKind }) => errorKind)).toEqual(['not_ready', 'not_ready', kind]);
  },
);

it('a refusal of the input by the first model stays the caller’s mistake', async () => {
  const { error, asked } = await run({ failures: { [SONNET]: 'invalid_request' } });
  expect(error).toMatchObject({ kind: 'invalid', code: 'request_not_accepted' });
  expect(asked).toHaveLength(1);
});

describe('the guardrail of a use case', () => {
  const required: Guardrail = { id: 'gr1', version: '3', required: true };
  const models = [SONNET, HAIKU, OPUS];
  const someModels = <T>(value: Arbitrary<T>) => dictionary(constantFrom(...models), value);

  it('that is required is in every call, whichever models take it, refuse it or fail', async () => {
    const failures = someModels(constantFrom<BedrockErrorKind>('not_ready', 'model_gone'));
    const takers = someModels(boolean());
    await assert(
      asyncProperty(takers, failures, option(boolean()), async (takes, failing, isTuned) => {
        const given = Object.entries(takes).map(([id, isTaken]) => [
          id,
          isTaken ? TAKES : refusing('guardrail'),
        ]);
        const { asked } = await run({
          models: Object.fromEntries(given),
          failures: failing,
          guardrail: required,
          question: isTuned ? { temperature: 1, topP: 1 } : {},
        });
        for (const { modelId, guardrail } of asked) {
          expect(guardrail).toEqual(required);
          expect(takes[modelId]).not.toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('passes over a model that takes none, and says so', async () => {
    const { asked, attempts } = await run({
      models: { [SONNET]: refusing('guardrail') },
      guardrail: required,
    });
    expect(asked.map(({ modelId }) => modelId)).toEqual([HAIKU]);
    expect(attempts[0]).toMatchObject({
      modelId: SONNET,
      outcome: 'skipped',
      errorKind: 'guardrail_not_supported',
    });
  });

  it('that no candidate takes is a matter for operators, and calls nobody', async () => {
    const refused = Object.fromEntries(models.map((id) => [id, refusing('guardrail')]));
    const { asked, error } = await run({ models: refused, guardrail: required });
    expect(asked).toEqual([]);
    expect(error).toMatchObject({ kind: 'unavailable', failure: 'guardrail_unavailable', retryAfter: 60 });
  });

  it('that is not required is left out where the model takes none', async () => {
    const guardrail = { ...required, required: false };
    const { asked, attempts } = await run({
      models: { [SONNET]: refusing('guardrail') },
      failures: { [SONNET]: 'not_ready' },
      guardrail,
    });
    expect(asked.map((request) => request.guardrail)).toEqual([undefined, guardrail]);
    expect(attempts.map(({ leftOut }) => leftOut)).toEqual([['guardrail'], undefined]);
  });
});
