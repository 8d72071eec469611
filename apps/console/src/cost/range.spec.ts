import { describe, expect, it } from 'vitest';
import { daysOf, isByHour, moved, previousOf, rangeOf } from './range.js';

const NOW = Date.parse('2026-11-30T21:00:00Z');
const filters = (values: Record<string, string>) => ({ of: (name: string) => values[name] ?? '' });

describe('the period of an address', () => {
  it('is the last seven days unless it names another', () => {
    expect(rangeOf(filters({}), NOW)).toEqual({ from: '2026-11-24', to: '2026-11-30', days: '7' });
    expect(rangeOf(filters({ days: '1' }), NOW)).toEqual({ from: '2026-11-30', to: '2026-11-30', days: '1' });
    expect(rangeOf(filters({ days: 'nonsense' }), NOW).days).toBe('7');
    expect(rangeOf(filters({ from: '2026-02-01', to: '2026-02-03', days: '7' }), NOW)).toEqual({
      ...{ from: '2026-02-01', to: '2026-02-03', days: undefined },
    });
  });

  it('is preceded by one of the same length', () => {
    expect(previousOf({ from: '2026-11-24', to: '2026-11-30' })).toEqual({
      ...{ from: '2026-11-17', to: '2026-11-23' },
    });
    expect(previousOf({ from: '2026-03-01', to: '2026-03-01' })).toEqual({
      ...{ from: '2026-02-28', to: '2026-02-28' },
    });
  });

  it('has its days, and is shown by the hour if it is short', () => {
    expect(daysOf({ from: '2026-02-27', to: '2026-03-01' })).toEqual([
      ...['2026-02-27', '2026-02-28', '2026-03-01'],
    ]);
    expect(isByHour({ from: '2026-02-27', to: '2026-02-28' })).toBe(true);
    expect(isByHour({ from: '2026-02-27', to: '2026-03-01' })).toBe(false);
  });

  it('stays within what the api answers when one end is moved', () => {
    const range = { from: '2026-11-24', to: '2026-11-30', days: '7' };
    expect(moved(range, 'from', '2026-01-01')).toEqual({ from: '2026-01-01', to: '2026-04-02' });
    expect(moved(range, 'to', '2026-11-01')).toEqual({ from: '2026-11-01', to: '2026-11-01' });
  });
});
