import { type Days, daysOf } from './range.js';

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

/** Each hour or day of a period, in the format of the keys of the api, the first first. */
export const timesOf = (days: Days, unit: 'hour' | 'day'): string[] =>
  unit === 'day' ? daysOf(days) : daysOf(days).flatMap((day) => HOURS.map((hour) => `${day}T${hour}:00:00Z`));
