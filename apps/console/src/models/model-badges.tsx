import { Badge, Group, Text } from '@mantine/core';
import { formatDay, formatMoment } from '../components/format.js';
import type { Model } from './use-models.js';

export function Selectability({ model }: { model: Pick<Model, 'selectable'> }) {
  return model.selectable ? (
    <Badge color="green">Selectable</Badge>
  ) : (
    <Badge color="red">Not selectable</Badge>
  );
}

const VERDICTS = { passed: 'green', failed: 'red', unknown: 'gray' } as const;

/** Result of the last sweep, and its time. */
export function LastVerdict({ model }: { model: Pick<Model, 'validationStatus' | 'lastValidatedAt'> }) {
  const { validationStatus, lastValidatedAt } = model;
  return (
    <Group gap={6}>
      <Badge color={VERDICTS[validationStatus]}>
        {validationStatus === 'unknown' ? 'none yet' : validationStatus}
      </Badge>
      {lastValidatedAt && (
        <Text size="xs" c="dimmed">
          {formatMoment(lastValidatedAt)}
        </Text>
      )}
    </Group>
  );
}

const STATUSES = { ACTIVE: 'Active', LEGACY: 'Legacy', EOL: 'Ended' } as const;
export const LIFECYCLE_STATUSES = Object.entries(STATUSES).map(([value, label]) => ({ value, label }));
const STATUS_COLORS = { ACTIVE: 'gray', LEGACY: 'orange', EOL: 'red' } as const;

/** Where a model is in its life, and when that ends. */
export function Lifecycle({ lifecycle: { status, endOfLifeAt } }: Pick<Model, 'lifecycle'>) {
  return (
    <Group gap={6}>
      <Badge color={STATUS_COLORS[status]}>{STATUSES[status]}</Badge>
      {endOfLifeAt && (
        <Text size="xs" c="dimmed">
          {status === 'EOL' ? 'on' : 'until'} {formatDay(endOfLifeAt)}
        </Text>
      )}
    </Group>
  );
}
