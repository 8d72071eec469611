import { describe, expect, it } from 'vitest';
import { midnightsIn, monthsFrom, nextFree, overlaps, periodOf, placeOf } from './calendar-period.js';

const at = (text: string) => `2026-12-${text}:00.000Z`;
const period = (from: string, to: string) => ({ from: at(from), to: at(to) });
const NOW = new Date(at('10T12:00'));

it('has the rest of the present month, and whole ones after it', () => {
  expect(monthsFrom(NOW, 'utc')).toEqual(['2026-12', '2027-01', '2027-02', '2027-03', '2027-04', '2027-05']);
  expect(periodOf('2026-12', NOW, 'utc')).toEqual({ from: at('10T12:00'), to: '2027-01-01T00:00:00.000Z' });
  expect(periodOf('2027-02', NOW, 'utc')).toEqual({
    from: '2027-02-01T00:00:00.000Z',
    to: '2027-03-01T00:00:00.000Z',
  });
});

it('has the begin of each day, and the place of each time', () => {
  const days = period('10T12:00', '12T12:00');
  const midnights = midnightsIn(days, 'utc');
  expect(midnights).toEqual([Date.parse(at('11T00:00')), Date.parse(at('12T00:00'))]);
  expect(midnights.map((midnight) => placeOf(midnight, days))).toEqual([0.25, 0.75]);
  expect(placeOf(at('01T00:00'), days)).toBe(0);
  expect(placeOf(at('31T00:00'), days)).toBe(1);
});

it('knows what overlaps: an end is exclusive', () => {
  expect(overlaps(period('10T00:00', '11T00:00'), period('11T00:00', '12T00:00'))).toBe(false);
  expect(overlaps(period('10T00:00', '11T00:01'), period('11T00:00', '12T00:00'))).toBe(true);
});

describe('the next time at which a change may be applied', () => {
  const openings = [period('10T02:00', '10T04:00'), period('11T02:00', '11T04:00')];
  const next = (freezes: { from: string; to: string }[], after = at('10T00:00')) => {
    const found = nextFree(openings, freezes, Date.parse(after));
    return found && new Date(found).toISOString();
  };

  it('is now in an opening, else the begin of the next one', () => {
    expect(next([])).toBe(at('10T02:00'));
    expect(next([], at('10T03:30'))).toBe(at('10T03:30'));
    expect(next([], at('10T04:00'))).toBe(at('11T02:00'));
    expect(next([], at('11T04:00'))).toBeNull();
  });

  it('is after freezes, also those that follow one another', () => {
    const second = period('10T02:30', '10T03:00');
    const first = period('10T01:00', '10T02:30');
    expect(next([second, first])).toBe(at('10T03:00'));
    expect(next([second, first, period('10T03:00', '11T00:00')])).toBe(at('11T02:00'));
    expect(next([period('09T00:00', '12T00:00')])).toBeNull();
  });
});
