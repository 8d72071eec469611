import { Anchor, Badge, List, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Amount } from '../components/amount.js';
import { Copyable } from '../components/copyable.js';
import type { DataColumn } from '../components/data-table.js';
import { formatCount, formatDuration } from '../components/format.js';
import { PagedTable } from '../components/paged-table.js';
import { EmptyState } from '../components/query-state.js';
import { Time } from '../components/time.js';
import { ModelLink } from '../models/model-link.js';
import { type Call, OUTCOMES, type useCalls } from './use-calls.js';

/** Calls with the models that were asked for each, never with a text. */
export const CallTable = ({ calls, none }: { calls: ReturnType<typeof useCalls>; none: string }) => (
  <PagedTable
    query={calls}
    label="Calls"
    columns={COLUMNS}
    none={<EmptyState title="No call found">{none}</EmptyState>}
  />
);

const COLORS = {
  answered: 'gray',
  refused: 'orange',
  guardrail_intervened: 'orange',
  failed: 'red',
  cancelled: 'gray',
} as const;

type Attempt = Call['attempts'][number];

function AttemptText({ attempt }: { attempt: Attempt }) {
  const { modelId, outcome, errorKind, ms, lacks = [], leftOut = [], adapted = [] } = attempt;
  const details = [
    errorKind,
    lacks.length > 0 && `does not take ${lacks.join(', ')}`,
    leftOut.length > 0 && `without ${leftOut.join(', ')}`,
    adapted.length > 0 && `adapted ${adapted.join(', ')}`,
  ].filter(Boolean);
  return (
    <>
      <ModelLink id={modelId} />: {outcome.replaceAll('_', ' ')}
      {outcome !== 'skipped' && ` after ${formatDuration(ms)}`}
      {details.length > 0 && ` (${details.join('; ')})`}
    </>
  );
}

const Attempts = ({ attempts }: { attempts: Attempt[] }) =>
  attempts.length === 0 ? (
    <Text size="sm">No model was asked</Text>
  ) : (
    <List type="ordered" size="sm">
      {attempts.map((attempt, n) => (
        <List.Item key={n}>
          <AttemptText attempt={attempt} />
        </List.Item>
      ))}
    </List>
  );

const COLUMNS: DataColumn<Call>[] = [
  { id: 'time', header: 'Time', cell: ({ startedAt }) => <Time at={startedAt} /> },
  {
    id: 'outcome',
    header: 'Outcome',
    cell: ({ outcome, errorKind }) => (
      <>
        <Badge color={COLORS[outcome]}>{OUTCOMES[outcome]}</Badge>
        {errorKind && <Text size="sm">{errorKind}</Text>}
      </>
    ),
  },
  { id: 'attempts', header: 'Attempts', cell: ({ attempts }) => <Attempts attempts={attempts} /> },
  {
    id: 'latency',
    header: 'Time to answer',
    from: 'sm',
    cell: ({ latencyMs }) => formatDuration(latencyMs),
  },
  {
    id: 'request',
    header: 'Request id',
    from: 'md',
    cell: ({ requestId }) => (
      <Copyable value={requestId} label="request id">
        <Anchor component={Link} to={`/calls?${new URLSearchParams({ requestId })}`} inherit>
          {requestId}
        </Anchor>
      </Copyable>
    ),
  },
  {
    id: 'conversation',
    header: 'Conversation',
    from: 'lg',
    cell: ({ conversationId }) =>
      conversationId === null ? (
        '–'
      ) : (
        <Anchor component={Link} to={`/conversations/${encodeURIComponent(conversationId)}`} inherit>
          {conversationId}
        </Anchor>
      ),
  },
  { id: 'user', header: 'User', isOptional: true, cell: ({ userId }) => userId },
  { id: 'useCase', header: 'Use case', isOptional: true, cell: ({ useCase }) => useCase },
  { id: 'wire', header: 'Wire', isOptional: true, cell: ({ wire }) => wire ?? '–' },
  {
    id: 'tokens',
    header: 'Tokens',
    isOptional: true,
    cell: ({ inputTokens, outputTokens }) =>
      inputTokens === null || outputTokens === null
        ? 'unknown'
        : `${formatCount(inputTokens)} in, ${formatCount(outputTokens)} out`,
  },
  {
    id: 'cost',
    header: 'Cost',
    isOptional: true,
    cell: ({ costUsd }) => <Amount usd={costUsd} unknown={0} what="calls" />,
  },
];
