import { Anchor, Badge, Button, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { Link } from 'react-router';
import type { DataColumn } from '../components/data-table.js';
import { formatCount, formatDay } from '../components/format.js';
import type { Facet } from '../components/table-filters.js';
import { ModelLink } from '../models/model-link.js';
import { Saving } from '../switching/preview.js';
import { isInMonth, type LifecycleRow } from './calendar.js';
import type { Ending } from './use-lifecycle.js';

const MILESTONES = {
  legacy: { label: 'Legacy', color: 'yellow' },
  extended_access: { label: 'Price increase', color: 'orange' },
  end_of_life: { label: 'Ends', color: 'red' },
} as const;

const nextDay = ({ milestones, outlook }: Ending) =>
  milestones[0]?.days ?? (outlook?.endsNotBefore ? Number.MAX_SAFE_INTEGER : undefined);

/** Columns of the list; the dates of a model come before those of the next. */
export const LIFECYCLE_COLUMNS: readonly DataColumn<LifecycleRow>[] = [
  {
    id: 'useCase',
    header: 'Use case',
    cell: ({ useCase, ending }) => <UseCase useCase={useCase} ending={ending} />,
    value: ({ useCase }) => useCase ?? undefined,
  },
  {
    id: 'model',
    header: 'Model',
    cell: ({ ending: { modelId, warning, inUse } }) => (
      <Group gap={6}>
        <ModelLink id={modelId} />
        {warning && inUse && <Badge color="red">Act {inDays(warning.days)}</Badge>}
      </Group>
    ),
    value: ({ ending }) => ending.name,
  },
  {
    id: 'dates',
    header: 'Dates',
    cell: ({ ending }) => <Dates ending={ending} />,
    value: ({ ending }) => nextDay(ending),
  },
  {
    id: 'successor',
    header: 'Successor',
    cell: ({ ending: { successor } }) => (successor ? <ModelLink id={successor.modelId} /> : 'none'),
    value: ({ ending }) => ending.successor?.name,
    from: 'sm',
  },
  {
    id: 'money',
    header: 'Effect of the successor',
    cell: ({ ending }) => <Saving impact={ending.successor ?? undefined} />,
    value: ({ ending }) => (ending.successor?.savedUsd ? Number(ending.successor.savedUsd) : undefined),
    from: 'md',
  },
  {
    id: 'move',
    header: 'Move',
    cell: (row) => <MoveOff row={row} />,
    from: 'sm',
  },
];

/** Facets of the list; the month is chosen in the calendar. */
export const LIFECYCLE_FACETS: readonly Facet<LifecycleRow>[] = [
  {
    id: 'show',
    label: 'Use',
    options: [{ value: 'in use', label: 'In use' }],
    matches: ({ ending }) => ending.inUse,
  },
  {
    id: 'milestone',
    label: 'Date',
    options: Object.entries(MILESTONES).map(([value, { label }]) => ({ value, label })),
    matches: ({ ending }, value) => ending.milestones.some(({ milestone }) => milestone === value),
  },
];

export const MONTH_FACET: Facet<LifecycleRow> = {
  id: 'month',
  label: 'Month',
  options: [],
  matches: ({ ending }, month) => isInMonth(ending, month),
};

function UseCase({ useCase, ending: { inUse, conversations, conversationsCapped } }: LifecycleRow) {
  if (useCase !== null)
    return (
      <Anchor component={Link} to={`/use-cases/${encodeURIComponent(useCase)}`} size="sm">
        {useCase}
      </Anchor>
    );
  return (
    <Text size="sm" c="dimmed">
      {inUse
        ? `${formatCount(conversations)}${conversationsCapped ? ' or more' : ''} pinned conversations`
        : 'not in use'}
    </Text>
  );
}

function Dates({ ending: { milestones, outlook } }: { ending: Ending }) {
  return (
    <Stack gap={2}>
      {milestones.map(({ milestone, at, days }) => (
        <Group key={milestone} gap={6}>
          <Badge color={MILESTONES[milestone].color}>{MILESTONES[milestone].label}</Badge>
          <Text size="sm">
            <time dateTime={at}>{formatDay(at)}</time>, {inDays(days)}
          </Text>
        </Group>
      ))}
      <Outlook outlook={outlook} />
    </Stack>
  );
}

/** Of a model whose end has no date. */
function Outlook({ outlook }: { outlook: Ending['outlook'] }) {
  if (!outlook) return null;
  const { earliestEndAt, endsNotBefore, hasRunOut, noticeDays } = outlook;
  return (
    <Text size="sm" c={hasRunOut ? undefined : 'dimmed'}>
      {hasRunOut && earliestEndAt && `The guarantee ran out on ${formatDay(earliestEndAt)}. `}
      {endsNotBefore ? `Ends no sooner than ${formatDay(endsNotBefore)}` : 'Its end can come any day'}
      {noticeDays !== null && `, with ${formatCount(noticeDays)} days of notice`}.
    </Text>
  );
}

/** @param days whole ones from now */
function inDays(days: number): string {
  if (days <= 0) return 'within a day';
  return days === 1 ? 'in 1 day' : `in ${formatCount(days)} days`;
}

function MoveOff({ row: { ending, useCase } }: { row: LifecycleRow }) {
  if (!ending.inUse) return null;
  const query = useCase === null ? '' : `&useCase=${encodeURIComponent(useCase)}`;
  return (
    <Button
      component={Link}
      to={`/models/${encodeURIComponent(ending.modelId)}?move=1${query}`}
      size="xs"
      variant="default"
    >
      Move off<VisuallyHidden> {ending.name}</VisuallyHidden>
    </Button>
  );
}
