import { describe, expect, it } from 'vitest';
import type { Capabilities, Capability } from '#libs/catalogue/capabilities.js';
import { aModel } from '../../../test/support/catalogue-fixture.js';
import { encodingsOf } from './chat-encoding.js';
import { readChatRequest } from './chat-request.js';

const known = (supported: Partial<Record<Capability, boolean>>): Capabilities =>
  Object.fromEntries(
    Object.entries(supported).map(([name, value]) => [
      name,
      { supported: value, source: 's', readOn: '2026-11-28' },
    ]),
  );
const model = (id: string, provider: string, supported: Partial<Record<Capability, boolean>> = {}) => ({
  ...aModel(id, { provider, capabilities: known(supported) }),
});
const NONE = { thinkingBudget: false, adaptiveThinking: false };
const MODELS = {
  adaptive: model('anthropic.new', 'anthropic', { thinkingBudget: false, adaptiveThinking: true }),
  both: model('anthropic.both', 'anthropic', { thinkingBudget: true, adaptiveThinking: true }),
  budget: model('anthropic.old', 'anthropic', { thinkingBudget: true, adaptiveThinking: false }),
  unknown: model('anthropic.unknown', 'anthropic'),
  nova2: model('amazon.nova-2-lite-v1:0', 'amazon', NONE),
  nova: model('amazon.nova-lite-v1:0', 'amazon', NONE),
  oss: model('openai.gpt-oss-120b-1:0', 'openai', NONE),
};

function bodyFor(name: keyof typeof MODELS, members: object, isNamed = false) {
  const messages = [{ role: 'user', content: 'Hi' }];
  const { encodingFor } = encodingsOf(readChatRequest({ model: 'm', messages, ...members }));
  const { body, demands } = encodingFor!({ model: MODELS[name], isNamed });
  const { messages: _, inferenceConfig: __, toolConfig: ___, ...rest } = JSON.parse(body.toString('utf8'));
  return { rest, demands };
}

const fields = (additionalModelRequestFields: object) => ({ additionalModelRequestFields });
const budget = (budget_tokens: number) => fields({ thinking: { type: 'enabled', budget_tokens } });
const adaptive = (effort: string) => ({
  ...fields({ thinking: { type: 'adaptive' } }),
  outputConfig: { effort },
});

describe('an effort of reasoning', () => {
  it.each<[string, keyof typeof MODELS, object, object]>([
    ['none', 'adaptive', { reasoning_effort: 'none' }, {}],
    ['minimal', 'adaptive', { reasoning_effort: 'minimal' }, adaptive('low')],
    ['low', 'both', { reasoning_effort: 'low' }, adaptive('low')],
    ['high', 'unknown', { reasoning_effort: 'high' }, adaptive('high')],
    ['low', 'budget', { reasoning_effort: 'low' }, budget(1_024)],
    ['medium', 'budget', { reasoning_effort: 'medium' }, budget(4_096)],
    ['high', 'budget', { reasoning_effort: 'high' }, budget(16_384)],
    ['high in few tokens', 'budget', { reasoning_effort: 'high', max_tokens: 5_000 }, budget(4_096)],
    [
      'high',
      'nova2',
      { reasoning_effort: 'high' },
      fields({ reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' } }),
    ],
    ['medium', 'oss', { reasoning_effort: 'medium' }, fields({ reasoning_effort: 'medium' })],
  ])('%s is in the words of the model (%s)', (_, name, members, expected) => {
    expect(bodyFor(name, members).rest).toEqual(expected);
    expect(bodyFor(name, members, true).rest).toEqual(expected);
  });

  it('is left out for a use case on a model that does not reason, and refused for the model itself', () => {
    const { demands } = bodyFor('nova', { reasoning_effort: 'low' });
    expect(demands.thinking).toMatchObject({ kind: 'budget' });
    expect(() => bodyFor('nova', { reasoning_effort: 'low' }, true)).toThrow(/reasoning_effort/);
  });

  it('is refused where no token would be left for the answer', () => {
    expect(() => bodyFor('budget', { reasoning_effort: 'low', max_completion_tokens: 1_024 })).toThrow(
      /reasoning_effort.*max_completion_tokens/,
    );
  });

  it('keeps the schema of the answer beside it', () => {
    const response_format = { type: 'json_schema', json_schema: { name: 'n', schema: { type: 'object' } } };
    const { rest, demands } = bodyFor('adaptive', { reasoning_effort: 'low', response_format });
    expect(rest.outputConfig).toMatchObject({ effort: 'low', textFormat: { type: 'json_schema' } });
    expect(demands).toMatchObject({ hasEffort: true, needs: ['structuredOutput'] });
  });
});

describe('parallel_tool_calls: false', () => {
  const tools = [{ type: 'function', function: { name: 'f' } }];
  const one = { tools, parallel_tool_calls: false };
  it.each<[string, object, object]>([
    ['auto', {}, { type: 'auto' }],
    ['required', { tool_choice: 'required' }, { type: 'any' }],
    ['a tool', { tool_choice: { type: 'function', function: { name: 'f' } } }, { type: 'tool', name: 'f' }],
  ])('is in the words of Claude, with the choice %s', (_, members, choice) => {
    expect(bodyFor('budget', { ...one, ...members }).rest).toEqual(
      fields({ tool_choice: { ...choice, disable_parallel_tool_use: true } }),
    );
  });

  it('needs nothing without tools, and is beside an effort', () => {
    expect(bodyFor('nova', { parallel_tool_calls: false }).rest).toEqual({});
    expect(bodyFor('nova', { ...one, tool_choice: 'none' }).rest).toEqual({});
    expect(bodyFor('nova', { tools, parallel_tool_calls: true }).rest).toEqual({});
    const { rest } = bodyFor('budget', { ...one, reasoning_effort: 'low' });
    expect(Object.keys(rest.additionalModelRequestFields)).toEqual(['thinking', 'tool_choice']);
  });

  it('is refused for other families', () => {
    expect(() => bodyFor('nova', one)).toThrow(/parallel_tool_calls/);
  });
});
