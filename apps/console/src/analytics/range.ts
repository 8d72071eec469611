const DAY_MS = 86_400_000;

/** Limit of one request to the api. */
const MAX_DAYS = 92;

/** That are offered; the last seven by default. */
export const SPANS = ['7', '30', '90'] as const;

export const isDay = (text: string): boolean => /^2\d{3}-\d\d-\d\d$/.test(text);
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

export interface Range {
  from: string;
  to: string;
  /** Of `SPANS`; undefined: two days that somebody chose. */
  days: string | undefined;
}

/** Of an address: `days` up to today (UTC), or `from` and `to`, which go first. */
export function rangeOf(filters: { of(name: string): string }, now = Date.now()): Range {
  const [from, to] = [filters.of('from'), filters.of('to')];
  if (isDay(from) && isDay(to)) return { from, to, days: undefined };
  const days = SPANS.find((span) => span === filters.of('days')) ?? SPANS[0];
  return { from: dayOf(now - (Number(days) - 1) * DAY_MS), to: dayOf(now), days };
}

/** With one end moved: the other follows where it would be before it, or further away than the api answers for. */
export function moved({ from, to }: Range, end: 'from' | 'to', day: string): { from: string; to: string } {
  const most = (MAX_DAYS - 1) * DAY_MS;
  const at = Date.parse(day);
  return end === 'from'
    ? { from: day, to: dayOf(Math.min(Math.max(Date.parse(to), at), at + most)) }
    : { from: dayOf(Math.max(Math.min(Date.parse(from), at), at - most)), to: day };
}

/** Each day of a range, the first first. */
export function daysOf({ from, to }: { from: string; to: string }): string[] {
  const first = Date.parse(from);
  const count = Math.max(0, (Date.parse(to) - first) / DAY_MS + 1);
  return Array.from({ length: count }, (_, n) => dayOf(first + n * DAY_MS));
}
