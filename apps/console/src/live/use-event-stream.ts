import { useDocumentVisibility, useThrottledCallback } from '@mantine/hooks';
import type { Schemas } from '@orchestrator/client/client.js';
import { useEffect, useState } from 'react';
import { queries, SESSION } from '../api.js';
import type { Session } from '../session/use-session.js';
import { BREAKERS, noteBreakers } from './breakers.js';

/** `silent`: not even a heartbeat comes any more; `none`: this key may not listen. */
export type StreamState = 'live' | 'connecting' | 'silent' | 'none';

const COME_BACK_MS = 3_000;
/** Heartbeats come each 15 seconds: two may be late. */
const SILENT_AFTER_MS = 40_000;
/** Many switches in a short time cause one reading. */
const READ_AT_MOST_EVERY_MS = 300;

/** Returns the address of the stream: an auditor receives all notifications, others receive their own. */
function addressFor({ kind, scopes }: Session): string | undefined {
  if (scopes.includes('audit')) return '/v1/notifications/stream?everybody=true';
  const hasFeed = kind === 'user' || scopes.includes('read') || scopes.includes('operate');
  return hasFeed ? '/v1/notifications/stream' : undefined;
}

/** Listens for as long as somebody is signed in. What is on the page is read again when something has happened. */
export function useEventStream(session: Session): StreamState {
  const address = addressFor(session);
  const isSeen = useDocumentVisibility() === 'visible';
  const [state, setState] = useState<StreamState>(address ? 'connecting' : 'none');
  const readAgain = useThrottledCallback(
    () =>
      void queries.invalidateQueries({
        predicate: ({ queryKey: [name] }) => name !== SESSION[0] && name !== BREAKERS[0],
      }),
    READ_AT_MOST_EVERY_MS,
  );
  useEffect(() => {
    // A browser has six connections for all its tabs: one that nobody sees must not hold one.
    if (!address || !isSeen) return;
    const listening = listen(address, {
      heard: readAgain,
      changed: setState,
      breakers: (all) => noteBreakers(all),
    });
    return () => {
      listening.stop();
      setState('connecting');
    };
  }, [address, isSeen, readAgain]);
  return state;
}

interface Listener {
  heard(): void;
  changed(state: StreamState): void;
  breakers(all: Schemas['Breaker'][]): void;
}

/**
 * The browser comes back by itself after an interruption; after a refusal, and where nothing comes although the connection
 * stands, the page does. After a refusal it also reads whether the session is over.
 */
function listen(address: string, { heard, changed, breakers }: Listener): { stop(): void } {
  let source: EventSource;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let watching: ReturnType<typeof setTimeout> | undefined;
  const reopen = () => {
    source.close();
    reopening = setTimeout(open, COME_BACK_MS);
  };
  const watch = () => {
    clearTimeout(watching);
    watching = setTimeout(() => {
      changed('silent');
      reopen();
    }, SILENT_AFTER_MS);
  };
  const open = () => {
    source = new EventSource(address);
    watch();
    const on = (event: string, then: (message: MessageEvent) => void = () => undefined) =>
      source.addEventListener(event, (message) => {
        watch();
        then(message);
      });
    on('ready', () => {
      changed('live');
      // Reads the changes since the stream was interrupted.
      heard();
    });
    on('notification', heard);
    on('breakers', ({ data }) => breakers(JSON.parse(data)));
    on('heartbeat');
    source.addEventListener('error', () => {
      changed('connecting');
      if (source.readyState !== EventSource.CLOSED) return;
      clearTimeout(watching);
      void queries.invalidateQueries({ queryKey: SESSION });
      reopen();
    });
  };
  open();
  return {
    stop() {
      clearTimeout(reopening);
      clearTimeout(watching);
      source.close();
    },
  };
}
