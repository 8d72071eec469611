import { describe, expect, it } from 'vitest';
import type { Capability } from '#libs/catalogue/capabilities.js';
import { shapeOf } from './body-shape.js';
import { formsOf } from './demands.js';
import { readBody } from './read-body.js';

const formsIn = (request: object) => {
  const read = readBody(Buffer.from(JSON.stringify(request)));
  return formsOf(shapeOf('converse', read.json).demandsOf(read));
};
const SAY = { role: 'user', content: [{ text: 'Hi' }] };
const user = (...content: object[]) => ({ messages: [{ role: 'user', content }] });
const TOOL = { toolSpec: { name: 'a', inputSchema: { json: {} } } };

describe('the forms of a request are', () => {
  const reasoning = (text: object) => ({
    messages: [
      { role: 'assistant', content: [{ reasoningContent: { reasoningText: text } }, { text: 'Hi' }] },
      SAY,
    ],
  });
  it.each<[string, object, Capability[]]>([
    ['none of plain text', user({ text: 'Hi' }), []],
    ['those that it needs', { ...user({ text: 'Hi' }), toolConfig: { tools: [TOOL] } }, ['tools']],
    [
      'its parameters',
      { ...user({ text: 'Hi' }), inferenceConfig: { temperature: 0, topP: 0.5, topK: 5 } },
      ['temperature', 'topP', 'temperatureWithTopP', 'topK'],
    ],
    ['one parameter', { ...user({ text: 'Hi' }), inferenceConfig: { topP: 0.5 } }, ['topP']],
    [
      'its cache points, once',
      {
        ...user(
          { text: 'Hi' },
          { cachePoint: { type: 'default' } },
          { cachePoint: { type: 'default', ttl: '1h' } },
        ),
        toolConfig: { tools: [TOOL, { cachePoint: { type: 'default' } }] },
      },
      ['tools', 'cachePoint', 'cachePointInTools', 'cacheOneHour'],
    ],
    ['signed reasoning', reasoning({ text: 'I', signature: 'S' }), ['signedReasoning']],
    ['reasoning without a signature', reasoning({ text: 'I' }), ['unsignedReasoning']],
    [
      'thinking with a budget',
      {
        ...user({ text: 'Hi' }),
        additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2_000 } },
      },
      ['thinkingBudget'],
    ],
    ['an effort', { ...user({ text: 'Hi' }), outputConfig: { effort: 'low' } }, ['adaptiveThinking']],
    [
      'its options',
      { ...user({ text: 'Hi' }), serviceTier: { type: 'flex' }, performanceConfig: { latency: 'optimized' } },
      ['serviceTier', 'performanceConfig'],
    ],
  ])('%s', (_, request, forms) => {
    expect(formsIn(request)).toEqual(forms);
  });
});
