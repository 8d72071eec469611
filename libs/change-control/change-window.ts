import { Cron } from 'croner';
import { type FieldError, InvalidInputError } from '#libs/platform/errors/errors.js';
import { WindowNeverOpenError } from './change-time.errors.js';

/** Time in which changes may be applied: it opens at each time of the cron expression. */
export interface ChangeWindow {
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  cron: string;
  /** Elapsed minutes, 1 to 10,080 (a week). */
  durationMinutes: number;
  /** IANA name, e.g. `Europe/Berlin`. */
  timezone: string;
}

export const MAX_WINDOWS = 20;
export const MAX_WINDOW_MINUTES = 7 * 24 * 60;
/** Five fields without `?`, which croner replaces by the time of the process, and without nicknames such as `@daily`. */
const FIVE_FIELDS = /^[\dA-Za-z*,/#-]+( +[\dA-Za-z*,/#-]+){4}$/;

/**
 * Checks the windows of a policy.
 * @param field name of the list in errors
 * @throws InvalidInputError that names each wrong field; WindowNeverOpenError
 */
export function assertWindows(windows: readonly ChangeWindow[], now: Date, field = 'windows'): void {
  if (windows.length > MAX_WINDOWS)
    throw new InvalidInputError([{ field, message: `at most ${MAX_WINDOWS} windows` }]);
  const errors = windows.flatMap((window, index) => errorsOf(window, `${field}.${index}`));
  if (errors.length > 0) throw new InvalidInputError(errors);
  const never = windows.findIndex((window) => cronOf(window).nextRun(now) === null);
  if (never >= 0) throw new WindowNeverOpenError(`${field}.${never}.cron`, windows[never]!.cron);
}

/** Returns whether a change may be applied at that time; without windows it always may. */
export const isOpen = (windows: readonly ChangeWindow[], at: Date): boolean =>
  windows.length === 0 || windows.some((window) => openedWithin(window, at));

/** @returns `after` itself if a window is open then; null: none opens any more */
export function opensNext(windows: readonly ChangeWindow[], after: Date): Date | null {
  if (isOpen(windows, after)) return after;
  const times = windows.flatMap((window) => cronOf(window).nextRun(after)?.getTime() ?? []);
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

/** Time in which at least one window is open; its end is exclusive. */
export interface Opening {
  from: Date;
  to: Date;
}

/** Openings in a period, in their order. */
export interface Openings {
  openings: Opening[];
  /** Openings that begin at this time or later are left out; null: none is. */
  completeUntil: Date | null;
  /** Times of cron expressions that were computed. */
  computed: number;
}

/**
 * Returns when the windows are open in a period. Those that overlap or follow one another are one opening; the first may
 * begin before the period.
 * @param max computed times: one takes about 0.3 ms
 */
export function openingsOf(windows: readonly ChangeWindow[], period: Opening, max: number): Openings {
  const runs = windows.map((window) => {
    const cron = cronOf(window);
    const lasts = window.durationMinutes * 60_000;
    return { cron, lasts, next: cron.nextRun(new Date(period.from.getTime() - lasts)) };
  });
  const openings: Opening[] = [];
  for (let computed = runs.length; ; computed += 1) {
    const [run] = runs
      .filter(({ next }) => next !== null && next < period.to)
      .sort((a, b) => a.next!.getTime() - b.next!.getTime());
    if (!run || computed >= max) return { openings, completeUntil: run?.next ?? null, computed };
    const opening = { from: run.next!, to: new Date(run.next!.getTime() + run.lasts) };
    const last = openings.at(-1);
    if (!last || opening.from > last.to) openings.push(opening);
    else if (opening.to > last.to) last.to = opening.to;
    run.next = run.cron.nextRun(opening.from);
  }
}

/** `nextRun` is later than the time that it is given: the end of a window is not in it. */
function openedWithin(window: ChangeWindow, at: Date): boolean {
  const opened = cronOf(window).nextRun(new Date(at.getTime() - window.durationMinutes * 60_000));
  return opened !== null && opened <= at;
}

function errorsOf({ cron, durationMinutes, timezone }: ChangeWindow, field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!isZone(timezone)) errors.push({ field: `${field}.timezone`, message: 'is no known time zone' });
  if (!isCron(cron)) errors.push({ field: `${field}.cron`, message: 'is no cron expression of five fields' });
  if (!Number.isInteger(durationMinutes) || durationMinutes < 1 || durationMinutes > MAX_WINDOW_MINUTES)
    errors.push({ field: `${field}.durationMinutes`, message: `must be 1 to ${MAX_WINDOW_MINUTES}` });
  return errors;
}

function isZone(timeZone: string): boolean {
  try {
    return timeZone !== '' && new Intl.DateTimeFormat('en', { timeZone }) !== undefined;
  } catch {
    return false;
  }
}

function isCron(cron: string): boolean {
  try {
    return cron.length <= 100 && FIVE_FIELDS.test(cron) && new Cron(cron, { mode: '5-part' }) !== undefined;
  } catch {
    return false;
  }
}

const cronOf = ({ cron, timezone }: ChangeWindow): Cron => new Cron(cron, { timezone, mode: '5-part' });
