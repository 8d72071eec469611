import { expect, it } from 'vitest';
import { charactersOf, estimatePrompt, estimateTokens } from './token-estimate.js';

it.each([
  ['', 0],
  ['a', 1],
  ['four', 1],
  ['fives', 2],
])('estimates %j at %i tokens', (text, tokens) => {
  expect(estimateTokens(text)).toBe(tokens);
});

it('adds up all messages and the system prompt', () => {
  const messages = [
    { role: 'user' as const, text: 'four' },
    { role: 'assistant' as const, text: 'fives' },
  ];
  expect(estimatePrompt({ messages })).toBe(3);
  expect(estimatePrompt({ messages, system: 'nine char' })).toBe(6);
  expect(charactersOf({ messages })).toBe(9);
  expect(charactersOf({ messages, system: 'nine char' })).toBe(18);
});
