import { Badge, Chip, Group, Text } from '@mantine/core';
import type { Schemas } from '@orchestrator/client/client.js';
import type { DataColumn } from '../../components/data-table.js';
import { formatDuration } from '../../components/format.js';
import { Time } from '../../components/time.js';

export type AttemptState = Schemas['DeliveryAttempt']['state'];

/** Attempt to deliver to a webhook or a channel. */
type Attempt = Pick<
  Schemas['DeliveryAttempt'],
  'attemptedAt' | 'state' | 'status' | 'durationMs' | 'error' | 'nextAttemptAt' | 'title' | 'seq'
>;

const STATES: Record<AttemptState, { color: string; label: string }> = {
  delivered: { color: 'green', label: 'Delivered' },
  recovered: { color: 'petrol', label: 'Recovered' },
  failed: { color: 'red', label: 'Failed' },
};
const ALL = 'all';

interface StatesProps {
  /** Undefined: all. */
  state: AttemptState | undefined;
  onChange: (state: AttemptState | undefined) => void;
}

/** Chooses which attempts are listed. */
export const AttemptStates = ({ state, onChange }: StatesProps) => (
  <Chip.Group
    value={state ?? ALL}
    onChange={(value) => onChange(value === ALL ? undefined : (value as AttemptState))}
  >
    <Group gap="xs" role="group" aria-label="Results of deliveries">
      <Chip value={ALL} size="sm">
        All
      </Chip>
      {Object.entries(STATES).map(([value, { label }]) => (
        <Chip key={value} value={value} size="sm">
          {label}
        </Chip>
      ))}
    </Group>
  </Chip.Group>
);

export const ATTEMPT_COLUMNS: DataColumn<Attempt>[] = [
  { id: 'at', header: 'When', cell: ({ attemptedAt }) => <Time at={attemptedAt} /> },
  { id: 'state', header: 'State', cell: (attempt) => <State of={attempt} /> },
  { id: 'status', header: 'Status', cell: ({ status }) => status ?? 'none' },
  { id: 'duration', header: 'Duration', from: 'sm', cell: ({ durationMs }) => formatDuration(durationMs) },
];

/** @param unknown shown where there is no notification */
export const notificationColumn = (unknown: string): DataColumn<Attempt> => ({
  id: 'notification',
  header: 'Notification',
  from: 'md',
  cell: ({ title, seq }) => (seq === null ? unknown : `${title} (seq ${seq})`),
});

function State({ of: { state, error, nextAttemptAt } }: { of: Attempt }) {
  return (
    <>
      <Badge color={STATES[state].color}>{STATES[state].label}</Badge>
      {error && (
        <Text size="xs" c="dimmed" component="div">
          {error}
          {nextAttemptAt && (
            <div>
              Next attempt <Time at={nextAttemptAt} />
            </div>
          )}
        </Text>
      )}
    </>
  );
}
