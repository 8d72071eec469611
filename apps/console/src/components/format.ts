import { currentTimeZone } from './time-zone.js';

/** The texts are English, so the numbers and times are, too, whatever the language of the browser. */
const LOCALE = 'en-GB';

const inChosenZone = (options: Intl.DateTimeFormatOptions): ((iso: string) => string) => {
  const formats = {
    local: new Intl.DateTimeFormat(LOCALE, options),
    utc: new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' }),
  };
  return (iso) => formats[currentTimeZone()].format(new Date(iso));
};
const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const MINUTE = { hour: '2-digit', minute: '2-digit' } as const;
const SECOND = { ...MINUTE, second: '2-digit' } as const;
const ZONE = { timeZoneName: 'short' } as const;
const utcDay = new Intl.DateTimeFormat(LOCALE, { ...DAY, timeZone: 'UTC' });
const shortUtcDay = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const count = new Intl.NumberFormat(LOCALE);

/** All take ISO 8601, and show it in the zone that is chosen in the header. */
export const formatTime = inChosenZone({ ...DAY, ...MINUTE, ...ZONE });
export const formatDay = inChosenZone(DAY);
/** With seconds. */
export const formatMoment = inChosenZone({ ...DAY, ...SECOND, ...ZONE });
/** Without the day. */
export const formatClock = inChosenZone(SECOND);
/** A day that the api counts by: from midnight to midnight UTC, wherever the reader is. */
export const formatUtcDay = (day: string): string => utcDay.format(new Date(day));
export const formatShortUtcDay = (day: string): string => shortUtcDay.format(new Date(day));

const ago = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'always', style: 'short' });
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;
const JUST_NOW_MS = 60_000;
const RELATIVE_FOR_MS = 14 * 86_400_000;

/** Returns the distance to now, e.g. `5 min ago`; two weeks away or more: the day. */
export function formatRelative(iso: string, now: number): string {
  const distance = new Date(iso).getTime() - now;
  const size = Math.abs(distance);
  if (size < JUST_NOW_MS) return 'just now';
  if (size >= RELATIVE_FOR_MS) return formatDay(iso);
  const [unit, ms] = UNITS.find(([, length]) => size >= length)!;
  return ago.format(Math.trunc(distance / ms), unit);
}

export const formatCount = (number: number): string => count.format(number);

/** @param share 1 is 100 % */
export const formatPercent = (share: number, digits = 1): string =>
  `${new Intl.NumberFormat(LOCALE, { maximumFractionDigits: digits }).format(share * 100)} %`;

/** Milliseconds below ten seconds, else seconds. */
export const formatDuration = (ms: number): string =>
  ms < 10_000 ? `${formatCount(Math.round(ms))} ms` : `${formatCount(Math.round(ms / 1000))} s`;

/** USD as a decimal, with as many digits as say something; null: not known. */
export function formatUsd(usd: string | null | undefined): string {
  if (usd === null || usd === undefined) return 'unknown';
  const value = Number(usd);
  const digits =
    value === 0 || Math.abs(value) >= 1 ? 2 : Math.min(9, 2 - Math.floor(Math.log10(Math.abs(value))));
  return new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: Math.min(2, digits),
    maximumFractionDigits: digits,
  }).format(value);
}

/** Of several amounts, what is known together; an amount that is not known is counted, and never 0. */
export function sumUsd(amounts: (string | null)[]): { usd: string | null; unknown: number } {
  const known = amounts.filter((amount) => amount !== null);
  const sum = known.reduce((total, amount) => total + Number(amount), 0);
  return {
    usd: known.length === 0 ? null : String(Number(sum.toPrecision(12))),
    unknown: amounts.length - known.length,
  };
}

/** The api has prices per 1,000 tokens; people compare them per million. */
export const perMillion = (per1k: string | null): string =>
  per1k === null ? 'unknown' : formatUsd(String(Number((Number(per1k) * 1000).toPrecision(12))));

const month = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
/** A month such as 2027-03. */
export const formatMonth = (yearAndMonth: string): string => month.format(new Date(`${yearAndMonth}-01`));
