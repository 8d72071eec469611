const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const utcDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const count = new Intl.NumberFormat();

/** All take ISO 8601, and show it in the reader's own time. */
export const formatTime = (iso: string): string => time.format(new Date(iso));
export const formatDay = (iso: string): string => day.format(new Date(iso));
/** A day that the api counts by: from midnight to midnight UTC, wherever the reader is. */
export const formatUtcDay = (day: string): string => utcDay.format(new Date(day));
/** With seconds; the day as well where it was another. */
export function formatMoment(iso: string): string {
  const date = new Date(iso);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? clock.format(date) : time.format(date);
}

export const formatCount = (number: number): string => count.format(number);

/** USD as a decimal, with as many digits as say something; null: not known. */
export function formatUsd(usd: string | null | undefined): string {
  if (usd === null || usd === undefined) return 'unknown';
  const value = Number(usd);
  const digits =
    value === 0 || Math.abs(value) >= 1 ? 2 : Math.min(9, 2 - Math.floor(Math.log10(Math.abs(value))));
  return new Intl.NumberFormat(undefined, {
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
