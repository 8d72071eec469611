import { InvalidArgumentError } from 'commander';
import { z } from 'zod';

const HOURS = { h: 1, d: 24, w: 168 } as const;
const dateOrTime = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** `30d`, `12h`, `4w`, a date (its start, UTC) or a time with zone. `undefined` if neither, or not ahead. */
export function parseExpiry(given: string, now: Date): string | undefined {
  const time = timeOf(given, now, 1);
  return time > now.getTime() ? new Date(time).toISOString() : undefined;
}

export const TIME_AHEAD = 'a date, a time with zone, or a span such as 12h, 30d';

/** Reads an option like `parseExpiry`. */
export function readTimeAhead(given: string, now: Date): string {
  const time = parseExpiry(given, now);
  if (time === undefined) throw new InvalidArgumentError(`It must be ${TIME_AHEAD}, and ahead.`);
  return time;
}

/** `24h`, `7d`, `4w` ago, a date (its start, UTC) or a time with zone. `undefined` if neither. */
export function parseSince(given: string, now: Date): string | undefined {
  const time = timeOf(given, now, -1);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** Seconds of `12h`, `30d`, `4w`; undefined for anything else. */
export function parseSpan(given: string): number | undefined {
  const seconds = timeOf(given, new Date(0), 1) / 1000;
  return /^\d+[hdw]$/.test(given) && !Number.isNaN(seconds) ? seconds : undefined;
}

/** Milliseconds, or NaN; a span lies `direction` from now. */
function timeOf(given: string, now: Date, direction: 1 | -1): number {
  const span = /^(\d{1,5})([hdw])$/.exec(given);
  if (!span) return Date.parse(dateOrTime.safeParse(given).data ?? '');
  return now.getTime() + direction * Number(span[1]) * HOURS[span[2] as keyof typeof HOURS] * 3_600_000;
}
