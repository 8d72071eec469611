import { useSyncExternalStore } from 'react';

/** `silent`: nothing comes any more, not even a heartbeat; `none`: this key may not listen. */
export type StreamState = 'live' | 'connecting' | 'silent' | 'none';

export interface StreamStatus {
  state: StreamState;
  /** Time of the last sign of life of the service, in milliseconds; null: none yet. */
  heardAt: number | null;
}

const listeners = new Set<() => void>();
let status: StreamStatus = { state: 'connecting', heardAt: null };

export function setStreamStatus(change: Partial<StreamStatus>): void {
  status = { ...status, ...change };
  for (const listener of listeners) listener();
}

/** Renders the caller again with each sign of life: for small components only. */
export const useStreamStatus = (): StreamStatus => useSyncExternalStore(subscribe, () => status);
export const useStreamState = (): StreamState => useSyncExternalStore(subscribe, () => status.state);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
