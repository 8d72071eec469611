import { expect, it } from 'vitest';
import { shapeOf } from './body-shape.js';

it.each([
  ['converse', 'converse', {}],
  ['claude', 'invoke', { anthropic_version: 'bedrock-2023-05-31', messages: [] }],
  ['nova', 'invoke', { schemaVersion: 'messages-v1', messages: [] }],
  ['nova', 'invoke', { messages: [], inferenceConfig: {} }],
  ['mistral', 'invoke', { prompt: '<s>[INST] Hi [/INST]', max_tokens: 9 }],
  ['openai', 'invoke', { messages: [{ role: 'user', content: 'Hi' }], max_tokens: 9 }],
  ['openai', 'invoke', { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] }],
  [
    'openai',
    'invoke',
    {
      messages: [
        { role: 'assistant', tool_calls: [] },
        { role: 'tool', content: '' },
      ],
    },
  ],
  ['other', 'invoke', { inputText: 'Hi' }],
  ['other', 'invoke', { messages: [] }],
  ['other', 'invoke', { messages: [null, { role: 'user', content: 5 }] }],
  // Nova without its marks, and Claude without its version: each model says itself what it misses.
  ['other', 'invoke', { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }],
  ['other', 'invoke', { messages: [{ role: 'user', content: 'Hi' }], system: 'Be brief', max_tokens: 9 }],
] as const)('is of the family %s in %s of %j', (family, operation, body) => {
  expect(shapeOf(operation, body).family).toBe(family);
});
