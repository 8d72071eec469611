import { describe, expect, it } from 'vitest';
import {
  assertWindows,
  type ChangeWindow,
  isOpen,
  MAX_WINDOWS,
  openingsOf,
  opensNext,
} from './change-window.js';

const NOW = new Date('2026-12-01T00:00:00Z');
const AT_NIGHT: ChangeWindow = { cron: '30 2 * * *', durationMinutes: 60, timezone: 'Europe/Berlin' };
const openAt = (window: ChangeWindow, ...times: string[]) =>
  times.map((time) => isOpen([window], new Date(time)));

it('is always open without windows', () => {
  expect(isOpen([], NOW)).toBe(true);
  expect(opensNext([], NOW)).toEqual(NOW);
});

it('is open from its first minute until before its end', () => {
  expect(
    openAt(
      AT_NIGHT,
      '2026-12-01T01:29:59.999Z',
      '2026-12-01T01:30:00Z',
      '2026-12-01T02:29:59.999Z',
      '2026-12-01T02:30:00Z',
    ),
  ).toEqual([false, true, true, false]);
});

it('is open while one of several windows is, and opens with the earliest', () => {
  const windows = [{ ...AT_NIGHT, cron: '0 8 * * 1-5' }, AT_NIGHT];
  expect(isOpen(windows, new Date('2026-12-01T01:45:00Z'))).toBe(true);
  expect(opensNext(windows, new Date('2026-12-01T00:00:00Z'))).toEqual(new Date('2026-12-01T01:30:00Z'));
  expect(opensNext(windows, new Date('2026-12-01T03:00:00Z'))).toEqual(new Date('2026-12-01T07:00:00Z'));
  const open = new Date('2026-12-01T07:30:00Z');
  expect(opensNext(windows, open)).toEqual(open);
});

it('joins windows that overlap', () => {
  const hourly = { cron: '0 * * * *', durationMinutes: 90, timezone: 'UTC' };
  expect(openAt(hourly, '2026-12-01T00:00:00Z', '2026-12-01T00:59:59Z', '2026-12-01T01:15:00Z')).toEqual([
    true,
    true,
    true,
  ]);
});

describe('at 02:30 in Berlin', () => {
  it('opens at 03:00 on the day without that time, for its whole duration', () => {
    expect(opensNext([AT_NIGHT], new Date('2026-03-28T12:00:00Z'))).toEqual(new Date('2026-03-29T01:00:00Z'));
    expect(
      openAt(
        AT_NIGHT,
        '2026-03-29T00:59:59Z',
        '2026-03-29T01:00:00Z',
        '2026-03-29T01:59:59Z',
        '2026-03-29T02:00:00Z',
      ),
    ).toEqual([false, true, true, false]);
    expect(opensNext([AT_NIGHT], new Date('2026-03-29T02:00:00Z'))).toEqual(new Date('2026-03-30T00:30:00Z'));
  });

  it('opens once, at the first of the two, on the day that has that time twice', () => {
    expect(opensNext([AT_NIGHT], new Date('2026-10-24T12:00:00Z'))).toEqual(new Date('2026-10-25T00:30:00Z'));
    expect(
      openAt(
        AT_NIGHT,
        '2026-10-25T00:29:59Z',
        '2026-10-25T00:30:00Z',
        '2026-10-25T01:29:59Z',
        '2026-10-25T01:30:00Z',
        '2026-10-25T02:00:00Z',
      ),
    ).toEqual([false, true, true, false, false]);
    expect(opensNext([AT_NIGHT], new Date('2026-10-25T01:30:00Z'))).toEqual(new Date('2026-10-26T01:30:00Z'));
  });

  it('lasts its elapsed minutes across a change', () => {
    const across = { ...AT_NIGHT, cron: '30 1 * * *', durationMinutes: 120 };
    expect(openAt(across, '2026-03-29T02:29:59Z', '2026-03-29T02:30:00Z')).toEqual([true, false]);
    expect(openAt(across, '2026-10-25T01:29:59Z', '2026-10-25T01:30:00Z')).toEqual([true, false]);
  });
});

it.each(['0 0 30 2 *', '0 0 31 4,6,9,11 *'])('refuses %s, which never opens', (cron) => {
  expect(() => assertWindows([AT_NIGHT, { ...AT_NIGHT, cron }], NOW)).toThrow(
    expect.objectContaining({
      kind: 'invalid',
      code: 'window_never_open',
      extensions: { errors: [expect.objectContaining({ field: 'windows.1.cron' })] },
    }),
  );
});

it.each(['0 0 29 2 *', '0 0 * * 1#5', '*/15 22-23 * * SAT,SUN', '0 0 L * *'])('takes %s', (cron) => {
  expect(() => assertWindows([{ ...AT_NIGHT, cron }], NOW)).not.toThrow();
});

it.each<[field: keyof ChangeWindow, value: string | number]>([
  ['cron', ''],
  ['cron', '* * * *'],
  ['cron', '0 30 2 * * *'],
  ['cron', '@daily'],
  ['cron', '? ? * * *'],
  ['cron', '61 * * * *'],
  ['cron', `${'1,'.repeat(60)}1 * * * *`],
  ['timezone', 'Mars/Olympus'],
  ['timezone', ''],
  ['durationMinutes', 0],
  ['durationMinutes', 1.5],
  ['durationMinutes', 10_081],
])('names the field %s where it is %j', (field, value) => {
  expect(() => assertWindows([{ ...AT_NIGHT, [field]: value }], NOW)).toThrow(
    expect.objectContaining({
      kind: 'invalid',
      extensions: { errors: [expect.objectContaining({ field: `windows.0.${field}` })] },
    }),
  );
});

it('refuses more windows than a policy may have', () => {
  expect(() => assertWindows(Array(MAX_WINDOWS).fill(AT_NIGHT), NOW)).not.toThrow();
  expect(() => assertWindows(Array(MAX_WINDOWS + 1).fill(AT_NIGHT), NOW)).toThrow('at most 20 windows');
});

describe('the openings in a period', () => {
  const period = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });
  const shown = (...[windows, from, to, max = 400]: [ChangeWindow[], string, string, number?]) => {
    const { openings, completeUntil } = openingsOf(windows, period(from, to), max);
    const text = (time: Date) => time.toISOString().slice(0, 16);
    return { openings: openings.map((each) => [text(each.from), text(each.to)]), completeUntil };
  };

  it('are those of the zone, also when its clocks change, and the one that has begun before', () => {
    expect(shown([AT_NIGHT], '2026-10-24T01:00:00Z', '2026-10-26T12:00:00Z')).toEqual({
      openings: [
        ['2026-10-24T00:30', '2026-10-24T01:30'],
        ['2026-10-25T00:30', '2026-10-25T01:30'],
        ['2026-10-26T01:30', '2026-10-26T02:30'],
      ],
      completeUntil: null,
    });
  });

  it('are one where windows overlap or follow one another', () => {
    const windows = [
      { cron: '0 2 * * *', durationMinutes: 60, timezone: 'UTC' },
      { cron: '0 3 * * *', durationMinutes: 60, timezone: 'UTC' },
      { cron: '30 3 * * *', durationMinutes: 10, timezone: 'UTC' },
      { cron: '0 5 * * *', durationMinutes: 60, timezone: 'UTC' },
    ];
    expect(shown(windows, '2026-12-01T00:00:00Z', '2026-12-01T23:00:00Z').openings).toEqual([
      ['2026-12-01T02:00', '2026-12-01T04:00'],
      ['2026-12-01T05:00', '2026-12-01T06:00'],
    ]);
  });

  it('are bounded, and say until when they are complete', () => {
    const often = { cron: '*/30 * * * *', durationMinutes: 10, timezone: 'UTC' };
    const { openings, completeUntil } = shown([often], '2026-12-01T00:00:00Z', '2026-12-15T00:00:00Z', 3);
    expect(openings.at(-1)).toEqual(['2026-12-01T00:30', '2026-12-01T00:40']);
    expect(completeUntil).toEqual(new Date('2026-12-01T01:00:00Z'));
  });

  it('hold a time exactly if a window is open then', () => {
    const windows = [
      AT_NIGHT,
      { cron: '0 22 * * 5', durationMinutes: 3 * 24 * 60, timezone: 'America/New_York' },
      { cron: '15 */7 * * *', durationMinutes: 200, timezone: 'Asia/Kolkata' },
    ];
    const { openings } = openingsOf(windows, period('2026-10-20T00:00:00Z', '2026-11-10T00:00:00Z'), 400);
    const first = Date.parse('2026-10-20T00:07:00Z');
    for (let minutes = 0; minutes < 20 * 24 * 60; minutes += 71) {
      const at = new Date(first + minutes * 60_000);
      const isListed = openings.some(({ from, to }) => from <= at && at < to);
      expect({ at, isListed }).toEqual({ at, isListed: isOpen(windows, at) });
    }
  });
});
