import { useSyncExternalStore } from 'react';

/** Zone in which times are shown. */
export type TimeZone = 'local' | 'utc';

const KEY = 'time-zone';
const listeners = new Set<() => void>();
let chosen: TimeZone = stored() === 'utc' ? 'utc' : 'local';

export const currentTimeZone = (): TimeZone => chosen;

export function chooseTimeZone(zone: TimeZone): void {
  chosen = zone;
  try {
    localStorage.setItem(KEY, zone);
  } catch {
    // A browser without storage keeps the choice until the page is loaded again.
  }
  for (const listener of listeners) listener();
}

export const useTimeZone = (): TimeZone => useSyncExternalStore(subscribe, currentTimeZone);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
