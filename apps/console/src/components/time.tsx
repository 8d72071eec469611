import { useSyncExternalStore } from 'react';
import { formatMoment, formatRelative } from './format.js';
import { useTimeZone } from './time-zone.js';

const TICK_MS = 10_000;

interface Props {
  /** ISO 8601. */
  at: string;
  /** Shows date, time and zone, not the distance to now. */
  isExact?: boolean;
}

/** A time relative to now; its tooltip has the exact time in the chosen zone and in ISO 8601. */
export function Time({ at, isExact = false }: Props) {
  useTimeZone();
  const now = useNow();
  const moment = formatMoment(at);
  return (
    <time dateTime={at} title={`${moment} · ${new Date(at).toISOString()}`}>
      {isExact ? moment : formatRelative(at, now)}
    </time>
  );
}

const listeners = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;

/** One timer for all times of the page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  ticking ??= setInterval(() => {
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

const useNow = (): number =>
  useSyncExternalStore(subscribe, () => Math.floor(Date.now() / TICK_MS) * TICK_MS);
