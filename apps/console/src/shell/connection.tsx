import { Alert, Badge } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useState } from 'react';
import { formatClock } from '../components/format.js';
import { type StreamStatus, useStreamState, useStreamStatus } from '../live/stream-status.js';

const COLORS = { live: 'green', silent: 'red', connecting: 'yellow', none: 'gray' } as const;

/** Shows if the page is up to date, and how old its last sign of life is. */
export function Connection() {
  const status = useStreamStatus();
  return (
    <Badge color={COLORS[status.state]} variant="dot" size="lg" miw={0}>
      <span role="status">{labelOf(status)}</span>
      {status.state === 'live' && status.heardAt !== null && <Age since={status.heardAt} />}
    </Badge>
  );
}

function labelOf({ state, heardAt }: StreamStatus): string {
  if (state === 'live') return 'Live';
  if (state === 'none') return 'No stream';
  return state === 'silent' ? `Not live ${since(heardAt)}`.trim() : 'Connecting';
}

const since = (heardAt: number | null): string =>
  heardAt === null ? '' : `since ${formatClock(new Date(heardAt).toISOString())}`;

/** Not read out: it changes each second. */
function Age({ since: heardAt }: { since: number }) {
  const [now, setNow] = useState(Date.now);
  useInterval(() => setNow(Date.now()), 1_000, { autoInvoke: true });
  const seconds = Math.max(0, Math.round((now - heardAt) / 1_000));
  return <span aria-hidden="true"> · {seconds} s</span>;
}

/** Marks the content of the page as old, while nothing comes from the service. */
export function Outdated() {
  const isSilent = useStreamState() === 'silent';
  return isSilent ? <OldContent /> : null;
}

function OldContent() {
  const { heardAt } = useStreamStatus();
  return (
    <Alert color="red" role="alert" title="The service does not answer" mb="md">
      What you see may be old: the service was last heard {since(heardAt).replace('since', 'at')}. The page
      continues to try, and reads everything again after the first answer.
    </Alert>
  );
}
