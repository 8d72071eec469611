import { expect, it } from 'vitest';
import { formatMoment, formatPercent, formatRelative, formatUsd } from './format.js';
import { chooseTimeZone } from './time-zone.js';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const before = (seconds: number) => formatRelative(new Date(NOW - seconds * 1_000).toISOString(), NOW);

it('says how long ago a time was, and names the day of an old one', () => {
  expect([before(59), before(61), before(3 * 3_600), before(-90)]).toEqual([
    'just now',
    '1 min ago',
    '3 hr ago',
    'in 1 min',
  ]);
  expect(before(15 * 86_400)).toBe('15 Nov 2026');
});

it('names the zone of a time', () => {
  chooseTimeZone('utc');
  expect(formatMoment('2026-11-27T17:05:09.123Z')).toBe('27 Nov 2026, 17:05:09 UTC');
});

it('writes numbers in English, whatever the browser speaks', () => {
  expect([formatUsd('6911.5'), formatUsd('0.00038'), formatPercent(0.3314)]).toEqual([
    '$6,911.50',
    '$0.00038',
    '33.1 %',
  ]);
});
