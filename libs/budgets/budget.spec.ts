import { describe, expect, it } from 'vitest';
import {
  type BudgetSpend,
  daysOf,
  hasEnded,
  isIncomplete,
  knownSpend,
  reachedThresholds,
  usedPercent,
} from './budget.js';

const aSpend = (spentUsd: string, limitUsd: string): BudgetSpend => ({
  ...{ id: 'b', scope: 'all', useCase: null, key: null, userId: null, period: 'month' },
  ...{ from: '2026-11-01', to: '2026-11-30', updatedAt: new Date(0), unknownCosts: 0, complete: true },
  spentUsd,
  limitUsd,
});

describe('the days of a period', () => {
  it.each([
    ['day', '2026-11-22T00:00:00.000Z', '2026-11-22', '2026-11-22'],
    ['day', '2026-11-22T23:59:59.999Z', '2026-11-22', '2026-11-22'],
    ['day', '2026-11-23T00:00:00.000Z', '2026-11-23', '2026-11-23'],
    ['month', '2026-11-01T00:00:00.000Z', '2026-11-01', '2026-11-30'],
    ['month', '2026-11-30T23:59:59.999Z', '2026-11-01', '2026-11-30'],
    ['month', '2026-12-01T00:00:00.000Z', '2026-12-01', '2026-12-31'],
    ['month', '2027-02-15T12:00:00.000Z', '2027-02-01', '2027-02-28'],
    ['month', '2028-02-15T12:00:00.000Z', '2028-02-01', '2028-02-29'],
  ] as const)('of the %s at %s are those of UTC', (period, at, from, to) => {
    expect(daysOf(period, new Date(at))).toEqual({ from, to });
  });
});

describe('a period has ended with its limit', () => {
  it.each([
    ['2026-11-21T00:00:00.000Z', '2026-11-20T23:59:59.999Z', true],
    ['2026-11-20T23:59:59.999Z', '2026-11-20T12:00:00.000Z', false],
    ['2026-11-21T00:00:00.000Z', '2026-11-21T00:00:00.000Z', false],
    ['2026-11-25T00:00:00.000Z', '2026-01-01T00:00:00.000Z', true],
  ])('on 2026-11-20, at %s, set at %s: %s', (now, updatedAt, ended) => {
    expect(hasEnded({ to: '2026-11-20', updatedAt: new Date(updatedAt) }, new Date(now))).toBe(ended);
  });
});

describe('the thresholds that a spend has reached', () => {
  it.each([
    ['0', '100', []],
    ['49.999999999999999', '100', []],
    ['50', '100', [50]],
    ['79.999999999999999', '100', [50]],
    ['80', '100', [50, 80]],
    ['99.999999999999999', '100', [50, 80]],
    ['100', '100', [50, 80, 100]],
    ['250', '100', [50, 80, 100]],
    // As numbers of JavaScript, 0.07 * 100 is more than 7.
    ['0.07', '0.14', [50]],
    ['0.000001', '0.000001', [50, 80, 100]],
  ])('%s of %s USD', (spent, limit, thresholds) => {
    expect(reachedThresholds(aSpend(spent, limit))).toEqual(thresholds);
  });

  it.each([
    ['0', '3', 0],
    ['1', '3', 33],
    ['2.9999', '3', 99],
    ['7', '3', 233],
  ])('%s of %s USD are %i whole percent', (spent, limit, percent) => {
    expect(usedPercent(aSpend(spent, limit))).toBe(percent);
  });
});

describe('a spend is incomplete', () => {
  it.each([
    [{}, false],
    [{ unknownCosts: 1 }, true],
    [{ complete: false }, true],
  ])('where calls are missing: %j', (change, incomplete) => {
    expect(isIncomplete({ ...aSpend('1', '2'), ...change })).toBe(incomplete);
  });

  it.each([
    ['0', 0, '0'],
    ['0', 2, null],
    ['0.5', 2, '0.5'],
  ])('and %s USD with %i unknown costs are %s: unknown is never 0', (spentUsd, unknownCosts, known) => {
    expect(knownSpend({ ...aSpend(spentUsd, '2'), unknownCosts })).toBe(known);
  });
});
