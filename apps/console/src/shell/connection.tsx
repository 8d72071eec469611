import { Badge } from '@mantine/core';
import type { StreamState } from '../live/use-stream.js';

const SAID: Record<StreamState, { color: string; label: string }> = {
  live: { color: 'green', label: 'Live' },
  connecting: { color: 'yellow', label: 'Connecting' },
  none: { color: 'gray', label: 'Not live' },
};

/** Whether what one sees is what is so now. */
export function Connection({ state }: { state: StreamState }) {
  const { color, label } = SAID[state];
  return (
    <Badge role="status" color={color} variant="dot" size="lg">
      {label}
    </Badge>
  );
}
