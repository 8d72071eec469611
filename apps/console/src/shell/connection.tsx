import { Alert, Badge } from '@mantine/core';
import type { StreamState } from '../live/use-event-stream.js';

const LABELS: Record<StreamState, { color: string; label: string }> = {
  live: { color: 'green', label: 'Live' },
  silent: { color: 'red', label: 'Not live' },
  connecting: { color: 'yellow', label: 'Connecting' },
  none: { color: 'gray', label: 'No stream' },
};

/** Shows if the page is up to date. */
export function Connection({ state }: { state: StreamState }) {
  const { color, label } = LABELS[state];
  return (
    <Badge role="status" color={color} variant="dot" size="lg">
      {label}
    </Badge>
  );
}

/** Marks what is on the page as old, while nothing comes from the service. */
export function Outdated({ state }: { state: StreamState }) {
  if (state !== 'silent') return null;
  return (
    <Alert color="red" role="alert" title="The service does not answer" mb="md">
      What you see may be old. The page continues to try, and reads everything again after the first answer.
    </Alert>
  );
}
