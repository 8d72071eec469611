import { describe, expect, it } from 'vitest';
import { demandsOf } from './demands.js';

const text = { messages: [{ role: 'user', content: [{ text: 'x'.repeat(400) }] }] };
const block = (content: object) => ({ messages: [{ role: 'user', content: [{ text: 'See' }, content] }] });

describe('a request demands', () => {
  it.each([
    ['text', text],
    ['a system prompt', { ...text, system: [{ text: 'Be brief' }] }],
    ['tuning', { ...text, inferenceConfig: { maxTokens: 9, temperature: 0, topP: 1, stopSequences: ['x'] } }],
    ['a guardrail', { ...text, guardrailConfig: { guardrailIdentifier: 'g', guardrailVersion: '1' } }],
    ['metadata', { ...text, requestMetadata: { useCase: 'clinical' } }],
    ['nothing', {}],
  ])('nothing but text with %s', (_, request) => {
    expect(demandsOf(request).beyondText).toBeUndefined();
  });

  it.each([
    ['toolConfig', { ...text, toolConfig: { tools: [] } }],
    ['a tool use', block({ toolUse: { toolUseId: 'a', name: 'b', input: {} } })],
    ['a tool result', block({ toolResult: { toolUseId: 'a', content: [] } })],
  ])('tools with %s', (_, request) => {
    expect(demandsOf(request).beyondText).toBe('tools_not_supported');
  });

  it.each([
    ['an image', block({ image: { format: 'png', source: { bytes: 'AA==' } } })],
    ['a document', block({ document: {} })],
    ['reasoning', block({ reasoningContent: {} })],
    ['a cache point', block({ cachePoint: { type: 'default' } })],
    ['a cache point of the system prompt', { ...text, system: [{ text: 'a' }, { cachePoint: {} }] }],
    ['fields of the model', { ...text, additionalModelRequestFields: { top_k: 5 } }],
    ['a member that is not known', { ...text, tomorrow: 1 }],
    ['tuning that is not known', { ...text, inferenceConfig: { topK: 5 } }],
    ['a block that is no object', { messages: [{ role: 'user', content: ['text'] }] }],
  ])('content with %s', (_, request) => {
    expect(demandsOf(request).beyondText).toBe('content_not_supported');
  });

  it('forms, tuning and tokens that models may refuse', () => {
    const { messages } = text;
    const request = {
      messages: [...messages, { role: 'assistant', content: [{ text: '{' }] }],
      inferenceConfig: { maxTokens: 9, temperature: 0.5 },
      guardrailConfig: {},
    };
    expect(demandsOf(request)).toMatchObject({
      needs: ['assistantPrefill'],
      tuning: { temperature: 0.5, topP: undefined },
      maxTokens: 9,
      hasGuardrail: true,
    });
  });

  it('about as many tokens as its texts have, and a fixed number for each image', () => {
    const { inputTokens } = demandsOf(text);
    expect(inputTokens).toBeGreaterThanOrEqual(100);
    const image = { image: { format: 'png', source: { bytes: 'A'.repeat(100_000) } } };
    const withImage = { messages: [...text.messages, ...block(image).messages] };
    expect(demandsOf(withImage).inputTokens - inputTokens).toBeGreaterThanOrEqual(1_600);
    expect(demandsOf(withImage).inputTokens - inputTokens).toBeLessThan(1_700);
  });

  it('what can be read of a body that is nested deeply', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}"x"${']'.repeat(100_000)}`);
    expect(demandsOf({ messages: deep }).inputTokens).toBe(1);
  });
});
