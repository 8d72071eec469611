import type { TimeZone } from '../components/time-zone.js';

/** Times in ISO 8601; the end is exclusive. */
export interface Period {
  from: string;
  to: string;
}

/** Months that can be chosen, the present one first. */
const MONTHS = 6;

const firstOf = (year: number, month: number, zone: TimeZone): Date =>
  zone === 'utc' ? new Date(Date.UTC(year, month, 1)) : new Date(year, month, 1);
const yearAndMonthOf = (at: Date, zone: TimeZone): [number, number] =>
  zone === 'utc' ? [at.getUTCFullYear(), at.getUTCMonth()] : [at.getFullYear(), at.getMonth()];

/** Months such as 2027-01, from the present one on. */
export function monthsFrom(now: Date, zone: TimeZone): string[] {
  const [year, month] = yearAndMonthOf(now, zone);
  return Array.from({ length: MONTHS }, (_, index) =>
    new Date(Date.UTC(year, month + index, 1)).toISOString().slice(0, 7),
  );
}

/** The rest of a month of the zone that began, or a whole one. */
export function periodOf(month: string, now: Date, zone: TimeZone): Period {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const [first, next] = [firstOf(year, number - 1, zone), firstOf(year, number, zone)];
  return { from: (first < now ? now : first).toISOString(), to: next.toISOString() };
}

/** Begin of each day of the zone in a period. */
export function midnightsIn({ from, to }: Period, zone: TimeZone): number[] {
  const midnights: number[] = [];
  const day = new Date(from);
  for (;;) {
    if (zone === 'utc') day.setUTCHours(24, 0, 0, 0);
    else day.setHours(24, 0, 0, 0);
    if (day.getTime() >= Date.parse(to) || midnights.length > MONTHS * 31) return midnights;
    midnights.push(day.getTime());
  }
}

/** Returns the place of a time in a period, from 0 to 1. */
export function placeOf(at: string | number, { from, to }: Period): number {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const time = typeof at === 'number' ? at : Date.parse(at);
  return Math.min(1, Math.max(0, (time - begin) / (end - begin)));
}

export const overlaps = (one: Period, other: Period): boolean =>
  Date.parse(one.from) < Date.parse(other.to) && Date.parse(other.from) < Date.parse(one.to);

/** Returns the first time, from `after` on, that is in an opening and in no freeze; null: there is none. */
export function nextFree(
  openings: readonly Period[],
  freezes: readonly Period[],
  after: number,
): number | null {
  const byBegin = freezes.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from));
  for (const { from, to } of openings) {
    let at = Math.max(Date.parse(from), after);
    for (const freeze of byBegin)
      if (Date.parse(freeze.from) <= at && at < Date.parse(freeze.to)) at = Date.parse(freeze.to);
    if (at < Date.parse(to)) return at;
  }
  return null;
}
