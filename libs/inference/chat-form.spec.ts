import { describe, expect, it } from 'vitest';
import { aModel } from '../../test/support/catalogue-fixture.js';
import { ChatForm } from './chat-form.js';

const sonnet = aModel('eu.sonnet', { maxTokens: 1_000 });
const messages = [{ role: 'user' as const, text: 'Hello' }];
const end = { stopReason: 'end_turn', usage: null, durationMs: 5, firstTextMs: 3 };

const aForm = (changes: { maxTokens?: number; temperature?: number; system?: string } = {}) =>
  new ChatForm({ messages, stream: true, ...changes }, sonnet, {
    answer: async (_request, _limits, { onText }) => {
      await onText('Hi');
      return end;
    },
  });

describe('the request to a model', () => {
  it('has what the caller asked', () => {
    expect(aForm({ system: 'Be short', temperature: 0.5, maxTokens: 10 }).requestFor(sonnet, null)).toEqual({
      modelId: 'eu.sonnet',
      messages,
      system: 'Be short',
      temperature: 0.5,
      maxTokens: 10,
    });
  });

  it.each([
    ['the model allows', undefined, 1_000, 1_000],
    ['the model allows at most', 2_000, 1_000, 1_000],
    ['the caller wants', 10, 1_000, 10],
    ['nobody has limited', undefined, null, 4_000],
  ])('is for as many tokens as %s', (_, maxTokens, limit, tokens) => {
    const form = aForm({ ...(maxTokens !== undefined && { maxTokens }) });
    expect(form.requestFor({ ...sonnet, maxTokens: limit }, null).maxTokens).toBe(tokens);
  });
});

it('leaves no guardrail out where the use case has none, also for a model that takes none', () => {
  const guardrail = { supported: false, source: 's', readOn: '2026-11-28' };
  expect(aForm().changesFor({ model: { ...sonnet, capabilities: { guardrail } }, guardrail: null })).toEqual({
    leftOut: [],
    adapted: [],
  });
});

it('passes on the text alone', async () => {
  const contents: object[] = [];
  const called = await aForm().call({ model: sonnet, guardrail: null }, { deadlineMs: 1 }, (content) => {
    contents.push(content);
    return undefined;
  });
  expect([contents, called]).toEqual([[{ text: 'Hi' }], end]);
});

it.each([
  ['end_turn', true, null],
  ['end_turn', false, 'unusable_answer'],
  ['malformed_model_output', true, 'unusable_answer'],
  ['model_context_window_exceeded', true, 'input_too_long'],
  ['guardrail_intervened', false, null],
])('judges an answer that stops by %s, with text: %s', (stopReason, hasText, failure) => {
  expect(aForm().failureOf({ ...end, stopReason }, hasText)).toBe(failure);
});
