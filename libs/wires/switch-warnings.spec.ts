import { describe, expect, it } from 'vitest';
import type { CallForms } from '#libs/analytics/usage-figures.js';
import type { Capabilities, Capability } from '#libs/catalogue/capabilities.js';
import { aModel } from '../../test/support/catalogue-fixture.js';
import { warningsOf } from './switch-warnings.js';

const refuses = (...forms: Capability[]): Capabilities =>
  Object.fromEntries(forms.map((form) => [form, { supported: false, source: 's', readOn: '2026-11-28' }]));
const nova = (...refused: Capability[]) =>
  aModel('nova', { name: 'Nova', provider: 'amazon', capabilities: refuses(...refused) });
const group = (
  wire: CallForms['wire'],
  bodyFamily: string | null,
  calls: number,
  forms: Record<string, number> = {},
): CallForms => ({
  wire,
  bodyFamily,
  calls,
  forms: Object.entries(forms).map(([form, calls]) => ({ form, calls })),
});
const warnings = (model: ReturnType<typeof nova>, ...calls: CallForms[]) =>
  warningsOf({ useCase: 'clinical', calls }, model);

describe('a model of another family', () => {
  it('takes no native body of Claude, whatever its forms are', () => {
    expect(warnings(nova('tools'), group('bedrock', 'claude', 412, { tools: 12 }))).toEqual([
      {
        kind: 'body_family',
        useCase: 'clinical',
        wire: 'bedrock',
        bodyFamily: 'claude',
        calls: 412,
        text: '412 calls of clinical on the wire bedrock in the last 30 days had a body in the form of claude, which Nova does not take: such calls would get 400 body_family_not_taken. Converse is taken by every model.',
      },
    ]);
  });

  it.each([
    ['its own family', group('bedrock', 'nova', 1)],
    ['Converse', group('bedrock', 'converse', 1)],
    ['a family that is not known', group('bedrock', 'other', 1)],
    ['a family that only a newer release knows', group('bedrock', 'titan', 1)],
    ['a chat', group('chat', null, 1)],
    ['a wire that writes the body itself', group('anthropic', 'claude', 1)],
  ])('takes the body of %s', (_, calls) => {
    expect(warnings(nova(), calls)).toEqual([]);
  });
});

describe('a body of chat completions, which Mistral takes', () => {
  const calls = group('bedrock', 'openai', 3);

  it.each(['anthropic', 'amazon', 'cohere', 'meta'])('is not taken by a model of %s', (provider) => {
    const kinds = warnings(aModel('target', { provider }), calls).map(({ kind }) => kind);
    expect(kinds).toEqual(['body_family']);
  });

  it.each(['mistral', 'openai', 'qwen', 'deepseek'])('may be taken by a model of %s', (provider) => {
    expect(warnings(aModel('target', { provider }), calls)).toEqual([]);
  });
});

describe('a model that is known to refuse a form', () => {
  it('does not answer the calls that need it', () => {
    expect(warnings(nova('tools'), group('bedrock', 'converse', 9, { tools: 1, image: 3 }))).toEqual([
      {
        kind: 'lacks',
        useCase: 'clinical',
        wire: 'bedrock',
        bodyFamily: 'converse',
        form: 'tools',
        calls: 1,
        text: '1 call of clinical on the wire bedrock in the last 30 days had tools, which Nova does not take: another candidate that takes such calls would answer them, and without one they would get 400 capability_not_available.',
      },
    ]);
  });

  it('gets calls without those that a call can go without', () => {
    expect(warnings(nova('temperature'), group('chat', null, 7, { temperature: 7 }))).toEqual([
      {
        kind: 'adapted',
        useCase: 'clinical',
        wire: 'chat',
        form: 'temperature',
        calls: 7,
        text: '7 calls of clinical on the wire chat in the last 30 days had temperature, which Nova does not take: it would get such calls without, or with another value.',
      },
    ]);
  });

  it('also where it has learned so from the model', () => {
    const learned = aModel('nova', { refusedForms: ['image'] });
    expect(warnings(learned, group('bedrock', 'converse', 3, { image: 3 }))).toMatchObject([
      { kind: 'lacks', form: 'image' },
    ]);
  });
});

it('lists bodies first, then what is lacking, then adaptations, each with most calls first', () => {
  const found = warnings(
    nova('tools', 'image', 'cachePoint'),
    group('bedrock', 'converse', 90, { cachePoint: 90, image: 2, tools: 5, unheard: 9 }),
    group('bedrock', 'claude', 1),
    group('openai', 'converse', 4, { tools: 3 }),
  );
  expect(found.map(({ kind, form, calls }) => [kind, form, calls])).toEqual([
    ['body_family', undefined, 1],
    ['lacks', 'tools', 5],
    ['lacks', 'tools', 3],
    ['lacks', 'image', 2],
    ['adapted', 'cachePoint', 90],
  ]);
});

it('says nothing of forms that are not known of the model', () => {
  expect(warnings(nova(), group('bedrock', 'converse', 9, { tools: 9, temperature: 9 }))).toEqual([]);
});
