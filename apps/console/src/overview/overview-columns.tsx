import { Anchor, Badge, Button, Text } from '@mantine/core';
import { createContext, type ReactNode, useContext } from 'react';
import { Link } from 'react-router';
import type { DataColumn } from '../components/data-table.js';
import { formatCount, formatDay, formatDuration, formatPercent, formatUsd } from '../components/format.js';
import { ModelLink } from '../models/model-link.js';
import type { UseCaseOverview } from './use-overview.js';

/** Opens the switch of a use case; undefined: the session may not switch it. */
export const SwitchOf = createContext<((useCase: string) => void) | undefined>(undefined);

/** Shares from which a figure is loud. */
const ERRORS = { orange: 0.01, red: 0.05 };
const FALLBACKS = { orange: 0.02, red: 0.2 };
/** The api counts up to this. */
const MAX_COUNTED = 100_000;

export const OVERVIEW_COLUMNS: readonly DataColumn<UseCaseOverview>[] = [
  {
    id: 'name',
    header: 'Use case',
    cell: ({ name }) => (
      <Anchor component={Link} to={`/use-cases/${encodeURIComponent(name)}`} fw={600} size="sm">
        {name}
      </Anchor>
    ),
    value: ({ name }) => name,
  },
  {
    id: 'model',
    header: 'Active model',
    cell: ({ activeModelId }) => (
      <Text size="sm" component="span">
        <ModelLink id={activeModelId} />
      </Text>
    ),
    value: ({ activeModelId }) => activeModelId,
  },
  {
    id: 'calls',
    header: 'Calls in 24 h',
    cell: ({ calls }) => (calls === 0 ? <Quiet>none</Quiet> : formatCount(calls)),
    value: ({ calls }) => calls,
    from: 'sm',
  },
  {
    id: 'errors',
    header: 'Errors',
    cell: ({ errorRate }) => <Share of={errorRate} loud={ERRORS} />,
    value: ({ errorRate }) => errorRate ?? undefined,
  },
  {
    id: 'fallbacks',
    header: 'Fallbacks',
    cell: ({ fallbackRate }) => <Share of={fallbackRate} loud={FALLBACKS} />,
    value: ({ fallbackRate }) => fallbackRate ?? undefined,
    from: 'sm',
  },
  {
    id: 'p95',
    header: 'p95',
    cell: ({ p95Ms }) => (p95Ms === null ? <Quiet>–</Quiet> : formatDuration(p95Ms)),
    value: ({ p95Ms }) => p95Ms ?? undefined,
    from: 'md',
  },
  {
    id: 'cost',
    header: 'Cost today',
    cell: ({ costTodayUsd, costYesterdayUsd }) => (
      <Quiet>
        {formatUsd(costTodayUsd)}
        <Text size="xs" c="dimmed">
          yesterday {formatUsd(costYesterdayUsd)}
        </Text>
      </Quiet>
    ),
    value: ({ costTodayUsd }) => (costTodayUsd === null ? undefined : Number(costTodayUsd)),
    from: 'md',
  },
  {
    id: 'followers',
    header: 'Followers, pinned',
    cell: ({ followers, pinned }) => (
      <>
        {counted(followers)}
        <Text size="xs" c="dimmed">
          {counted(pinned)} pinned
        </Text>
      </>
    ),
    value: ({ followers }) => followers,
    from: 'lg',
  },
  {
    id: 'end',
    header: 'End of life',
    cell: ({ nextEndOfLife }) => (nextEndOfLife ? formatDay(nextEndOfLife.date) : <Quiet>–</Quiet>),
    value: ({ nextEndOfLife }) => nextEndOfLife?.date,
    from: 'lg',
  },
  {
    id: 'switch',
    header: 'Action',
    cell: ({ name }) => <SwitchButton name={name} />,
    from: 'sm',
  },
];

const counted = (count: number): string =>
  count >= MAX_COUNTED ? `${formatCount(count)}+` : formatCount(count);

function Share({ of, loud }: { of: number | null; loud: { orange: number; red: number } }) {
  if (of === null) return <Quiet>–</Quiet>;
  const text = formatPercent(of);
  if (of < loud.orange) return <Quiet>{text}</Quiet>;
  return <Badge color={of < loud.red ? 'orange' : 'red'}>{text}</Badge>;
}

const Quiet = ({ children }: { children: ReactNode }) => (
  <Text size="sm" c="dimmed" component="div">
    {children}
  </Text>
);

function SwitchButton({ name }: { name: string }) {
  const open = useContext(SwitchOf);
  if (!open) return <Quiet>–</Quiet>;
  return (
    <Button size="xs" variant="default" aria-label={`Switch ${name}`} onClick={() => open(name)}>
      Switch
    </Button>
  );
}
