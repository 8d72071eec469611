import { describe, expect, it } from 'vitest';
import { refusal } from '../../test/support/switch-fixture.js';
import { type AnalyticsQuery, dayOf, withDateRange } from './analytics-query.js';

const NOW = new Date('2026-11-22T23:59:59.999Z');
const MAX_DAYS = 31;
const days = (question: Partial<AnalyticsQuery>) => {
  const { from, to } = withDateRange({ groupBy: 'day', ...question }, NOW, MAX_DAYS);
  return [from, to];
};
const errorOf = (question: Partial<AnalyticsQuery>) => refusal(() => days(question)).extensions?.errors;

describe('the days of a question', () => {
  it.each<[given: Partial<AnalyticsQuery>, from: string, to: string]>([
    [{}, '2026-11-16', '2026-11-22'],
    [{ to: '2026-03-03' }, '2026-02-25', '2026-03-03'],
    [{ from: '2026-11-20' }, '2026-11-20', '2026-11-22'],
    [{ from: '2026-11-22' }, '2026-11-22', '2026-11-22'],
    [{ from: '2026-10-01', to: '2026-10-31' }, '2026-10-01', '2026-10-31'],
    [{ from: '2020-01-01', to: '2020-01-01' }, '2020-01-01', '2020-01-01'],
  ])('%j are from %s to %s', (given, from, to) => {
    expect(days(given)).toEqual([from, to]);
  });

  it('leave the rest of the question as it is', () => {
    const question = { groupBy: 'model' as const, modelId: 'eu.sonnet', userId: 'anna' };
    expect(withDateRange(question, NOW, MAX_DAYS)).toMatchObject(question);
  });

  it.each<[given: Partial<AnalyticsQuery>, message: string]>([
    [{ from: '2019-12-31', to: '2020-01-02' }, 'must be 2020-01-01 or later'],
    [{ from: '2026-11-23' }, 'must not be after to (2026-11-22)'],
    [
      { from: '2026-10-01', to: '2026-11-01' },
      'is too early: the period until 2026-11-01 has 32 days, and the maximum is 31 days',
    ],
  ])('%j are refused', (given, message) => {
    expect(errorOf(given)).toEqual([{ field: 'from', message }]);
  });
});

it('a day is that of UTC', () => {
  expect(dayOf(NOW.getTime())).toBe('2026-11-22');
  expect(dayOf(NOW.getTime() + 1)).toBe('2026-11-23');
});
