import { describe, expect, it } from 'vitest';
import type { Capabilities, Capability } from '#libs/catalogue/capabilities.js';
import type { Model } from '#libs/catalogue/catalogue.js';
import { aModel } from '../../test/support/catalogue-fixture.js';
import { adaptationFor, lackOf } from './adaptation.js';
import { shapeOf } from './body-shape.js';
import { withEdits } from './json-edits.js';
import { readBody } from './read-body.js';

const facts = (supported: boolean, ...forms: Capability[]): Capabilities =>
  Object.fromEntries(forms.map((form) => [form, { supported, source: 's', readOn: '2026-11-28' }]));
const takes = (...forms: Capability[]) => ({ capabilities: facts(true, ...forms) });
const refuses = (...forms: Capability[]) => ({ capabilities: facts(false, ...forms) });

const first = { id: 'first', provider: 'anthropic' };
const claude = (changes: Partial<Model>) => aModel('claude', { provider: 'anthropic', ...changes });
const nova = (changes: Partial<Model> = {}) => aModel('nova', { provider: 'amazon', ...changes });

const SAY = { role: 'user', content: [{ text: 'Hi' }] };
const user = (...content: object[]) => ({ messages: [{ role: 'user', content }] });
const demandsIn = (request: object, operation: 'converse' | 'invoke' = 'converse') => {
  const read = readBody(Buffer.from(JSON.stringify(request)));
  return shapeOf(operation, read.json).demandsOf(read);
};
const lack = (request: object, model: Model) => lackOf(demandsIn(request), { model, first });

function adapted(request: object, model: Model, operation: 'converse' | 'invoke' = 'converse') {
  const { edits, leftOut, adapted } = adaptationFor(demandsIn(request, operation), { model, first });
  const body = JSON.parse(withEdits(Buffer.from(JSON.stringify(request)), edits).toString('utf8'));
  return { body, leftOut, adapted };
}

const TOOL = { toolSpec: { name: 'a', inputSchema: { json: {} } } };
const tools = (changes: object = {}) => ({
  ...user({ text: 'Hi' }),
  toolConfig: { tools: [TOOL], ...changes },
});
const media = (kind: string, source: object = { bytes: 'AA==' }) =>
  user({ text: 'See' }, { [kind]: { source } });

describe('a request needs', () => {
  it.each<[string, object, Capability[], string]>([
    ['tools', tools(), ['tools'], 'tools_not_supported'],
    ['a tool', tools({ toolChoice: { any: {} } }), ['tools', 'toolChoiceAny'], 'tools_not_supported'],
    [
      'one tool',
      tools({ toolChoice: { tool: { name: 'a' } } }),
      ['tools', 'toolChoiceTool'],
      'tools_not_supported',
    ],
    [
      'strict tools',
      tools({ tools: [{ toolSpec: { strict: true } }] }),
      ['tools', 'strictTools'],
      'tools_not_supported',
    ],
    ['an image', media('image'), ['image'], 'content_not_supported'],
    ['a document', media('document'), ['document'], 'content_not_supported'],
    ['a video', media('video'), ['video'], 'content_not_supported'],
    ['audio', media('audio'), ['audio'], 'content_not_supported'],
    ['an object of S3', media('image', { s3Location: {} }), ['image', 's3Location'], 'content_not_supported'],
    ['a search result', user({ searchResult: {} }), ['citations'], 'content_not_supported'],
    [
      'citations',
      user({ document: { citations: { enabled: true } } }),
      ['document', 'citations'],
      'content_not_supported',
    ],
    [
      'an image in a tool result',
      { ...tools(), ...user({ toolResult: { content: [{ image: {} }] } }) },
      ['tools', 'image'],
      'tools_not_supported',
    ],
    [
      'a JSON schema',
      { ...user({ text: 'Hi' }), outputConfig: { textFormat: {} } },
      ['structuredOutput'],
      'form_not_supported',
    ],
    [
      'a prefill',
      { messages: [SAY, { role: 'assistant', content: [{ text: '{' }] }] },
      ['assistantPrefill'],
      'form_not_supported',
    ],
    [
      'five stop sequences',
      { ...user({ text: 'Hi' }), inferenceConfig: { stopSequences: [...'abcde'] } },
      ['manyStopSequences'],
      'form_not_supported',
    ],
  ])('%s of a fallback, which must be known to take it', (_, request, forms, reason) => {
    expect(demandsIn(request).needs).toEqual(expect.arrayContaining(forms));
    expect(lack(request, nova(takes(...forms)))).toBeUndefined();
    expect(lack(request, nova())?.reason).toBe(reason);
    for (const form of forms)
      expect(lack(request, nova(takes(...forms.filter((other) => other !== form))))).toBeDefined();
  });

  it('nothing that is not known of the first model, and what that is known to refuse', () => {
    const model = aModel('first', { provider: 'anthropic' });
    expect(lack(tools(), model)).toBeUndefined();
    expect(lack(tools(), { ...model, ...refuses('tools') })).toEqual({
      reason: 'tools_not_supported',
      lacks: ['tools'],
    });
    expect(lack(tools(), { ...model, refusedForms: ['tools'] })).toBeDefined();
  });

  it.each<[string, Capability, object]>([
    ['a guardrail', 'guardrail', { ...user({ text: 'Hi' }), guardrailConfig: {} }],
    ['content for a guardrail', 'guardrail', user({ guardContent: {} })],
    ['repeated roles', 'repeatedRoles', { messages: [SAY, SAY] }],
  ])('%s of every model that is not known to refuse it', (_, form, request) => {
    expect(lack(request, nova())).toBeUndefined();
    expect(lack(request, nova(refuses(form)))?.reason).toBe('form_not_supported');
  });

  it.each([
    ['a member', { ...user({ text: 'Hi' }), promptVariables: {} }],
    ['a block', user({ toolAddition: {} })],
    ['an empty block', user({})],
    ['a setting', { ...user({ text: 'Hi' }), inferenceConfig: { topK: 5 } }],
    ['an output', { ...user({ text: 'Hi' }), outputConfig: { tomorrow: 1 } }],
    ['a tool', tools({ tools: [{ systemTool: { name: 'a' } }] })],
    ['a tool result without tools', user({ toolResult: { content: [] } })],
  ])('the first model with %s that is not known to fit others', (_, request) => {
    const knowsAll = nova(takes('tools'));
    expect(lack(request, knowsAll)?.reason).toBe('content_not_supported');
    expect(lack(request, aModel('first'))).toBeUndefined();
  });

  it('models of the same provider with fields that only those know', () => {
    const request = { ...user({ text: 'Hi' }), additionalModelRequestFields: { anthropic_beta: ['x'] } };
    expect(lack(request, nova())?.reason).toBe('fields_of_another_family');
    expect(lack(request, claude({}))).toBeUndefined();
  });

  it('a fair part of the tokens that it allows', () => {
    const request = { ...user({ text: 'Hi' }), inferenceConfig: { maxTokens: 9_000 } };
    expect(lack(request, nova({ maxTokens: 4_095 }))?.reason).toBe('output_too_small');
    expect(lack(request, nova({ maxTokens: 4_096 }))).toBeUndefined();
    expect(lack(request, nova({ maxTokens: null }))).toBeUndefined();
  });
});

describe('a request for another model', () => {
  it('is the same where the model takes all of it', () => {
    const request = { ...user({ text: 'Hi' }), inferenceConfig: { temperature: 1, maxTokens: 4_000 } };
    expect(adapted(request, nova())).toEqual({ body: request, leftOut: [], adapted: [] });
  });

  it('goes without cache points that the model does not take, and caches for five minutes at most', () => {
    const point = (ttl?: string) => ({ cachePoint: { type: 'default', ...(ttl && { ttl }) } });
    const request = {
      ...user({ text: 'Hi' }, point('1h')),
      system: [{ text: 'Be brief' }, point()],
      toolConfig: { tools: [TOOL, point('1h')] },
    };
    expect(adapted(request, nova())).toEqual({
      body: { ...user({ text: 'Hi' }), system: [{ text: 'Be brief' }], toolConfig: { tools: [TOOL] } },
      leftOut: ['cachePoint'],
      adapted: [],
    });
    expect(adapted(request, nova(takes('cachePoint')))).toEqual({
      body: {
        ...user({ text: 'Hi' }, point()),
        system: [{ text: 'Be brief' }, point()],
        toolConfig: { tools: [TOOL] },
      },
      leftOut: ['cachePoint'],
      adapted: ['cachePoint'],
    });
    const all = takes('cachePoint', 'cachePointInTools', 'cacheOneHour');
    expect(adapted(request, nova(all))).toEqual({ body: request, leftOut: [], adapted: [] });
  });

  it('keeps the temperature of two settings that exclude each other', () => {
    const request = { ...user({ text: 'Hi' }), inferenceConfig: { temperature: 0.5, topP: 0.9 } };
    expect(adapted(request, claude(refuses('temperatureWithTopP')))).toEqual({
      body: { ...user({ text: 'Hi' }), inferenceConfig: { temperature: 0.5 } },
      leftOut: ['topP'],
      adapted: [],
    });
  });

  it('goes without all sampling where the model takes none, and without top k in another family', () => {
    const request = {
      ...user({ text: 'Hi' }),
      inferenceConfig: { temperature: 0.5, topP: 0.9, maxTokens: 9 },
      additionalModelRequestFields: { top_k: 5 },
    };
    const bare = {
      ...user({ text: 'Hi' }),
      inferenceConfig: { maxTokens: 9 },
      additionalModelRequestFields: {},
    };
    expect(adapted(request, claude(refuses('temperature', 'topP', 'topK'))).body).toEqual(bare);
    expect(adapted(request, nova()).leftOut).toEqual(['topK']);
    expect(adapted(request, claude({})).leftOut).toEqual([]);
  });

  const thinking = (config: object, rest: object = {}) => ({
    ...user({ text: 'Hi' }),
    additionalModelRequestFields: { thinking: config },
    ...rest,
  });

  it.each([
    [1_024, 'low'],
    [3_999, 'low'],
    [4_000, 'medium'],
    [15_999, 'medium'],
    [16_000, 'high'],
  ])(
    'with a budget of %i tokens for thinking has the effort %s where the model decides',
    (budget, effort) => {
      const request = thinking({ type: 'enabled', budget_tokens: budget });
      const model = claude({
        capabilities: { ...facts(true, 'adaptiveThinking'), ...facts(false, 'thinkingBudget') },
      });
      expect(adapted(request, model)).toEqual({
        body: thinking({ type: 'adaptive' }, { outputConfig: { effort } }),
        leftOut: [],
        adapted: ['thinking'],
      });
    },
  );

  it.each([
    ['a budget', thinking({ type: 'enabled', budget_tokens: 2_000 })],
    ['an effort', thinking({ type: 'adaptive' }, { outputConfig: { effort: 'high' } })],
    [
      'a form of another family',
      { ...user({ text: 'Hi' }), additionalModelRequestFields: { reasoning_effort: 'low' } },
    ],
  ])('goes without thinking by %s in another family', (_, request) => {
    const { body, leftOut } = adapted(request, nova());
    expect(body).toMatchObject({ ...user({ text: 'Hi' }), additionalModelRequestFields: {} });
    expect(body.outputConfig?.effort).toBeUndefined();
    expect(leftOut).toContain('thinking');
  });

  it('keeps thinking where the model takes its form', () => {
    const budget = thinking({ type: 'enabled', budget_tokens: 2_000 });
    expect(adapted(budget, claude(takes('thinkingBudget'))).body).toEqual(budget);
    const adaptive = thinking({ type: 'adaptive' }, { outputConfig: { effort: 'high' } });
    expect(adapted(adaptive, claude(takes('adaptiveThinking'))).body).toEqual(adaptive);
    const disabled = thinking({ type: 'disabled' });
    expect(adapted(disabled, claude({})).body).toEqual(disabled);
  });

  const reasoned = (reasoningContent: object, ...rest: object[]) => ({
    messages: [SAY, { role: 'assistant', content: [{ reasoningContent }, ...rest] }, SAY],
  });

  it.each([
    ['signed', { reasoningText: { text: 'hm', signature: 'x' } }, 'signedReasoning' as const],
    ['redacted', { redactedContent: 'AA==' }, 'signedReasoning' as const],
    ['unsigned', { reasoningText: { text: 'hm' } }, 'unsignedReasoning' as const],
  ])('goes without %s reasoning of earlier turns, unless the model takes it', (_, reasoning, form) => {
    const request = reasoned(reasoning, { text: 'Hello' });
    expect(adapted(request, nova())).toEqual({
      body: { messages: [SAY, { role: 'assistant', content: [{ text: 'Hello' }] }, SAY] },
      leftOut: ['reasoningContent'],
      adapted: [],
    });
    expect(adapted(request, nova(takes(form))).body).toEqual(request);
  });

  it('does not go to a model that would get a turn without content', () => {
    const request = reasoned({ reasoningText: { text: 'hm', signature: 'x' } });
    expect(lack(request, nova())?.reason).toBe('reasoning_of_another_family');
    expect(lack(request, claude(takes('signedReasoning')))).toBeUndefined();
  });

  it('goes without options of speed and price that the model is not known to take', () => {
    const request = {
      ...user({ text: 'Hi' }),
      serviceTier: { type: 'flex' },
      performanceConfig: { latency: 'optimized' },
    };
    expect(adapted(request, nova())).toEqual({
      body: user({ text: 'Hi' }),
      leftOut: ['serviceTier', 'performanceConfig'],
      adapted: [],
    });
    expect(adapted(request, aModel('first')).body).toEqual(request);
  });

  it('allows no more tokens than the model', () => {
    const request = { ...user({ text: 'Hi' }), inferenceConfig: { maxTokens: 9_000, stopSequences: ['x'] } };
    expect(adapted(request, nova({ maxTokens: 5_000 }))).toEqual({
      body: { ...user({ text: 'Hi' }), inferenceConfig: { maxTokens: 5_000, stopSequences: ['x'] } },
      leftOut: [],
      adapted: ['maxTokens'],
    });
  });
});

describe('a body in Claude’s own form', () => {
  const say = (...content: object[]) => ({
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 9_000,
    messages: [{ role: 'user', content }],
  });
  const text = { type: 'text', text: 'Hi' };

  it.each<[string, object, Capability[]]>([
    [
      'tools',
      { ...say(text), tools: [{ name: 'a' }], tool_choice: { type: 'any' } },
      ['tools', 'toolChoiceAny'],
    ],
    [
      'a tool by name',
      { ...say(text), tools: [{ name: 'a', strict: true }], tool_choice: { type: 'tool' } },
      ['tools', 'toolChoiceTool', 'strictTools'],
    ],
    [
      'an image in a tool result',
      say({ type: 'tool_result', content: [{ type: 'image' }] }),
      ['tools', 'image'],
    ],
    [
      'a document with citations',
      say({ type: 'document', citations: { enabled: true } }),
      ['document', 'citations'],
    ],
    ['a JSON schema', { ...say(text), output_config: { format: {} } }, ['structuredOutput']],
    ['five stop sequences', { ...say(text), stop_sequences: [...'abcde'] }, ['manyStopSequences']],
  ])('needs %s', (_, request, forms) => {
    expect(demandsIn(request, 'invoke').needs).toEqual(forms);
    expect(demandsIn(request, 'invoke').hasUnknown).toBe(false);
  });

  it.each([
    ['a member', { ...say(text), container: 'x' }],
    ['a block', say({ type: 'tomorrow' })],
    [
      'a tool of the provider',
      { ...say(text), tools: [{ type: 'web_search_20250305', name: 'web_search' }] },
    ],
  ])('has %s that is not known', (_, request) => {
    expect(demandsIn(request, 'invoke').hasUnknown).toBe(true);
  });

  it('is adapted by the names of its form', () => {
    const request = {
      ...say({ ...text, cache_control: { type: 'ephemeral' } }),
      ...{ temperature: 1, top_p: 0.9, top_k: 5, thinking: { type: 'enabled', budget_tokens: 20_000 } },
    };
    const model = claude({
      capabilities: {
        ...facts(false, 'temperature', 'topP', 'topK', 'thinkingBudget'),
        ...facts(true, 'adaptiveThinking'),
      },
    });
    expect(adapted(request, { ...model, maxTokens: 8_000 }, 'invoke')).toEqual({
      body: {
        ...say(text),
        max_tokens: 8_000,
        thinking: { type: 'adaptive' },
        output_config: { effort: 'high' },
      },
      leftOut: ['temperature', 'topP', 'topK', 'cachePoint'],
      adapted: ['thinking', 'maxTokens'],
    });
  });
});

it.each([
  ['flex', { serviceTier: { type: 'flex' } }],
  ['optimized', { performanceConfig: { latency: 'optimized' } }],
  [undefined, { serviceTier: { type: 'default' } }],
  [undefined, {}],
])('asks for the service tier %s in %j', (tier, request) => {
  expect(demandsIn(request).tier).toBe(tier);
});

it('sends a body whose form is not known to the first model alone', () => {
  const demands = demandsIn({ inputText: 'Hi' }, 'invoke');
  expect(lackOf(demands, { model: aModel('first'), first })).toBeUndefined();
  expect(lackOf(demands, { model: claude({}), first })).toBeDefined();
});
