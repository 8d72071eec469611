import { z } from 'zod';

const HOURS = { h: 1, d: 24, w: 168 } as const;
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** `30d`, `12h`, `4w`, a date (its first moment, UTC) or a time with zone. `undefined` if neither, or not ahead. */
export function parseExpiry(given: string, now: Date): string | undefined {
  const ahead = /^(\d{1,5})([hdw])$/.exec(given);
  const time = ahead
    ? now.getTime() + Number(ahead[1]) * HOURS[ahead[2] as keyof typeof HOURS] * 3_600_000
    : Date.parse(moment.safeParse(given).data ?? '');
  return time > now.getTime() ? new Date(time).toISOString() : undefined;
}
