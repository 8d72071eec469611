import { describe, expect, it } from 'vitest';
import type { Health } from './model-health.js';
import { isSpent, needsProbe } from './sweep-plan.js';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const health = (changes: Partial<Health>): Health => ({
  modelId: 'm',
  status: 'passed',
  failures: 0,
  successes: 1,
  answeredAt: ago(1),
  ...changes,
});

it.each<[string, Partial<Health>, boolean]>([
  ['its answer is young', {}, false],
  ['its answer is nearly six hours old', { answeredAt: ago(5.99) }, false],
  ['its answer is six hours old', { answeredAt: ago(6) }, true],
  ['it never answered', { status: 'unknown', answeredAt: null }, true],
  ['it failed since', { failures: 1 }, true],
  ['it has to prove that it recovered', { status: 'failed' }, true],
])('a model is asked or not: %s', (_, changes, expected) => {
  expect(needsProbe(health(changes), NOW)).toBe(expected);
});

describe('a budget', () => {
  const budget = { tokens: 100, usd: 0.05 };
  it.each([
    ['is there', { tokens: 99, usd: 0.0499 }, false],
    ['is spent when its tokens are', { tokens: 100, usd: 0 }, true],
    ['is spent when its USD are', { tokens: 0, usd: 0.05 }, true],
  ])('%s', (_, spent, expected) => {
    expect(isSpent(spent, budget)).toBe(expected);
  });

  it('of nothing is spent from the start', () => {
    expect(isSpent({ tokens: 0, usd: 0 }, { tokens: 0, usd: 1 })).toBe(true);
    expect(isSpent({ tokens: 0, usd: 0 }, { tokens: 1, usd: 0 })).toBe(true);
  });
});
