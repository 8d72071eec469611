const DAY_MS = 86_400_000;

/** Limit of one request to the api. */
const MAX_DAYS = 92;
/** Longest period that is shown by the hour. */
const MAX_DAYS_BY_HOUR = 2;

/** That are offered; the last seven by default. */
export const SPANS = { '1': 'Today', '7': '7 days', '30': '30 days', '90': '90 days' } as const;
const DEFAULT_SPAN = '7';

/** The api answers from 2020 on, also for the period before. */
const FIRST_DAY = '2021-01-01';

export const isDay = (text: string): boolean => /^2\d{3}-\d\d-\d\d$/.test(text) && text >= FIRST_DAY;
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Days (UTC), both included. */
export interface Days {
  from: string;
  to: string;
}

export interface Range extends Days {
  /** Of `SPANS`; undefined: two days that somebody chose. */
  days: string | undefined;
}

/** Of an address: `days` up to today (UTC), or `from` and `to`, which go first. */
export function rangeOf(filters: { of(name: string): string }, now = Date.now()): Range {
  const [from, to] = [filters.of('from'), filters.of('to')];
  if (isDay(from) && isDay(to)) return { from, to, days: undefined };
  const asked = filters.of('days');
  const days = asked in SPANS ? asked : DEFAULT_SPAN;
  return { from: dayOf(now - (Number(days) - 1) * DAY_MS), to: dayOf(now), days };
}

/** With one end moved: the other follows where it would be before it, or further away than the api answers for. */
export function moved({ from, to }: Range, end: 'from' | 'to', day: string): Days {
  const most = (MAX_DAYS - 1) * DAY_MS;
  const at = Date.parse(day);
  return end === 'from'
    ? { from: day, to: dayOf(Math.min(Math.max(Date.parse(to), at), at + most)) }
    : { from: dayOf(Math.max(Math.min(Date.parse(from), at), at - most)), to: day };
}

export const lengthOf = ({ from, to }: Days): number =>
  Math.max(0, (Date.parse(to) - Date.parse(from)) / DAY_MS + 1);

/** The period of the same length that ends the day before. */
export function previousOf(days: Days): Days {
  const first = Date.parse(days.from);
  return { from: dayOf(first - lengthOf(days) * DAY_MS), to: dayOf(first - DAY_MS) };
}

/** Each day of a range, the first first. */
export const daysOf = (days: Days): string[] =>
  Array.from({ length: lengthOf(days) }, (_, n) => dayOf(Date.parse(days.from) + n * DAY_MS));

export const isByHour = (days: Days): boolean => lengthOf(days) <= MAX_DAYS_BY_HOUR;
