import { describe, expect, it } from 'vitest';
import type { Capability, KnownForms } from '#libs/catalogue/capabilities.js';
import type { Block } from '#libs/platform/bedrock/converse-request.js';
import { formsOfTuning, neededForms, refusedTuning } from './request-form.js';

const refusing = (...names: Capability[]): KnownForms => ({
  refusedForms: [],
  capabilities: Object.fromEntries(
    names.map((name) => [name, { supported: false, source: 's', readOn: '2026-11-28' }]),
  ),
});
const BOTH = { temperature: 0.2, topP: 0.9 };

describe('what is left out of a call', () => {
  it.each<[string, { temperature?: number; topP?: number }, KnownForms, string[]]>([
    ['nothing where nothing is known', BOTH, refusing(), []],
    ['nothing that the caller did not set', {}, refusing('temperature', 'topP', 'temperatureWithTopP'), []],
    ['a temperature of 0 too', { temperature: 0 }, refusing('temperature'), ['temperature']],
    ['both', BOTH, refusing('temperature', 'topP'), ['temperature', 'topP']],
    ['topP where the two do not go together', BOTH, refusing('temperatureWithTopP'), ['topP']],
    [
      'only the temperature where that is refused anyway',
      BOTH,
      refusing('temperature', 'temperatureWithTopP'),
      ['temperature'],
    ],
    ['nothing where one of the two is set', { topP: 0.9 }, refusing('temperatureWithTopP'), []],
  ])('is %s', (_, request, model, expected) => {
    expect(refusedTuning(request, model)).toEqual(expected);
  });

  it('is nothing that is known to be supported', () => {
    const supported = { supported: true, source: 's', readOn: '2026-11-28' };
    expect(
      refusedTuning(BOTH, { capabilities: { temperature: supported, topP: supported }, refusedForms: [] }),
    ).toEqual([]);
  });
});

it.each([
  [['user'], []],
  [['user', 'assistant', 'user'], []],
  [['user', 'assistant'], ['assistantPrefill']],
  [['user', 'user'], ['repeatedRoles']],
  [
    ['user', 'assistant', 'assistant'],
    ['assistantPrefill', 'repeatedRoles'],
  ],
] as const)('messages of %j need %j', (roles, expected) => {
  expect(neededForms({ messages: roles.map((role) => ({ role, text: 'x' })) })).toEqual(expected);
});

const IMAGE = { image: { format: 'png', source: { bytes: 'AA==' } } };
const tool = { toolSpec: { name: 'a', inputSchema: { json: {} } } };

it.each<[string, Parameters<typeof neededForms>[0], Capability[]]>([
  ['an image', said(IMAGE), ['image']],
  ['a document', said({ document: { ...IMAGE.image, format: 'pdf' } }), ['document']],
  ['the use of a tool', said({ toolUse: { toolUseId: 'a', name: 'b', input: {} } }), ['tools']],
  [
    'an image as the result of a tool',
    said({ toolResult: { toolUseId: 'a', content: [IMAGE] } }),
    ['tools', 'image'],
  ],
  ['tools', { ...said(), toolConfig: { tools: [tool] } }, ['tools']],
  [
    'any tool',
    { ...said(), toolConfig: { tools: [tool], toolChoice: { any: {} } } },
    ['tools', 'toolChoiceAny'],
  ],
  [
    'one tool',
    { ...said(), toolConfig: { tools: [tool], toolChoice: { tool: { name: 'a' } } } },
    ['tools', 'toolChoiceTool'],
  ],
  ['four stop sequences', { ...said(), stopSequences: [...'abcd'] }, []],
  ['five stop sequences', { ...said(), stopSequences: [...'abcde'] }, ['manyStopSequences']],
])('a request with %s needs what that needs', (_, request, expected) => {
  expect(neededForms(request)).toEqual(expected);
});

function said(...blocks: Block[]) {
  return { messages: [{ role: 'user' as const, text: '', blocks: [{ text: 'See' }, ...blocks] }] };
}

it.each([
  [{}, []],
  [{ temperature: 0 }, ['temperature']],
  [{ topP: 0.9 }, ['topP']],
  [{ temperature: 0, topP: 0.9 }, ['temperature', 'topP', 'temperatureWithTopP']],
])('the parameters %j have the forms %j', (request, forms) => {
  expect(formsOfTuning(request)).toEqual(forms);
});
