import { useDocumentVisibility } from '@mantine/hooks';
import { useEffect } from 'react';
import { queries, SESSION } from '../api.js';
import type { Session } from '../session/use-session.js';
import { noteBreakers } from './breakers.js';
import { Refresher } from './refresh.js';
import { setStreamStatus } from './stream-status.js';

const COME_BACK_MS = 3_000;
/** Heartbeats come each 5 seconds, and a single one can be missing. */
const SILENT_AFTER_MS = 10_500;
const CHECK_MS = 500;

/** Returns the address of the stream: an auditor receives all notifications, others receive their own. */
function addressFor({ kind, scopes }: Session): string | undefined {
  if (scopes.includes('audit')) return '/v1/notifications/stream?everybody=true';
  const hasFeed = kind === 'user' || scopes.includes('read') || scopes.includes('operate');
  return hasFeed ? '/v1/notifications/stream' : undefined;
}

/** Listens for as long as somebody is signed in. A notification causes a read of what it names. */
export function useEventStream(session: Session): void {
  const address = addressFor(session);
  const isSeen = useDocumentVisibility() === 'visible';
  useEffect(() => {
    setStreamStatus({ state: address ? 'connecting' : 'none', heardAt: null });
    // A browser has six connections for all its tabs: one that nobody sees must not hold one.
    if (!address || !isSeen) return;
    const refresher = new Refresher(queries);
    const stop = listen(address, refresher);
    return () => {
      stop();
      refresher.stop();
    };
  }, [address, isSeen]);
}

/**
 * The browser comes back by itself after an interruption; after a refusal, and where nothing comes although the connection
 * stands, the page does. After a refusal it also reads whether the session is over.
 * @returns a function that stops it
 */
function listen(address: string, refresher: Refresher): () => void {
  let source: EventSource;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let heardAt = Date.now();
  let openedAt = 0;
  const isSilent = () => Date.now() - heardAt >= SILENT_AFTER_MS;
  const reopen = () => {
    source.close();
    openedAt = Date.now();
    clearTimeout(reopening);
    reopening = setTimeout(open, COME_BACK_MS);
  };
  const on = (event: string, then: (data: string) => void = () => undefined) =>
    source.addEventListener(event, ({ data }: MessageEvent<string>) => {
      heardAt = Date.now();
      setStreamStatus({ state: 'live', heardAt });
      then(data);
    });
  const open = () => {
    openedAt = Date.now();
    source = new EventSource(address);
    // Reads the changes since the stream was interrupted.
    on('ready', refresher.everything);
    on('notification', (data) => refresher.after(JSON.parse(data)));
    on('breakers', (data) => noteBreakers(JSON.parse(data)));
    on('heartbeat');
    source.addEventListener('error', () => {
      if (!isSilent()) setStreamStatus({ state: 'connecting' });
      if (source.readyState !== EventSource.CLOSED) return;
      void queries.invalidateQueries({ queryKey: SESSION });
      reopen();
    });
  };
  const checking = setInterval(() => {
    if (!isSilent()) return;
    setStreamStatus({ state: 'silent', heardAt });
    if (Date.now() - openedAt >= SILENT_AFTER_MS) reopen();
  }, CHECK_MS);
  open();
  return () => {
    clearTimeout(reopening);
    clearInterval(checking);
    source.close();
  };
}
