import { Button, Text } from '@mantine/core';
import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, queries } from '../api.js';
import { Copyable } from '../components/copyable.js';
import type { DataColumn } from '../components/data-table.js';
import { PagedTable } from '../components/paged-table.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { NOW_AND_THEN_MS } from '../models/use-models.js';

type DeadLetter = Schemas['SetAside'];
const DEAD_LETTERS = ['outbox'];
const PAGE = 50;

const useDeadLetters = () =>
  useInfiniteQuery({
    queryKey: DEAD_LETTERS,
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/v1/outbox', {
          params: { query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: NOW_AND_THEN_MS,
  });

/** `undefined`: all of them. */
const useRequeue = () =>
  useMutation({
    mutationFn: (id: string | undefined) =>
      dataOf(api.POST('/v1/outbox/requeue', { body: id === undefined ? {} : { id } })),
    onSettled: () => queries.invalidateQueries({ queryKey: DEAD_LETTERS }),
  });

/** Jobs that failed too often, with the cause of each. */
export function DeadLetters() {
  const letters = useDeadLetters();
  const requeue = useRequeue();
  const rows = letters.data?.pages.flatMap(({ items }) => items) ?? [];
  const { mutate } = requeue;
  const columns = useMemo(() => columnsOf(mutate), [mutate]);
  return (
    <Section
      title="Dead letters"
      actions={
        rows.length > 1 && (
          <Button size="xs" loading={requeue.isPending} onClick={() => mutate(undefined)}>
            Requeue all
          </Button>
        )
      }
    >
      {requeue.error && <ProblemAlert error={requeue.error} />}
      {requeue.data && (
        <Text size="sm" role="status">
          {requeue.data.requeued} requeued. An entry that fails again comes back here.
        </Text>
      )}
      <PagedTable
        query={letters}
        label="Dead letters"
        columns={columns}
        none={
          <Text size="sm" c="dimmed">
            None: no job has failed too often.
          </Text>
        }
      />
    </Section>
  );
}

const columnsOf = (requeue: (id: string) => void): DataColumn<DeadLetter>[] => [
  {
    id: 'job',
    header: 'Job',
    cell: ({ job, id }) => (
      <>
        {job}
        <Text size="xs" c="dimmed" component="div">
          <Copyable value={id} label={`id of ${job}`}>
            {id.slice(0, 8)}
          </Copyable>
        </Text>
      </>
    ),
  },
  { id: 'cause', header: 'Cause', cell: ({ lastError }) => lastError },
  { id: 'failures', header: 'Failures', from: 'md', cell: ({ failures }) => failures },
  { id: 'since', header: 'Since', from: 'sm', cell: ({ setAsideAt }) => <Time at={setAsideAt} /> },
  {
    id: 'actions',
    header: 'Actions',
    cell: ({ id, job }) => (
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Requeue ${job} ${id.slice(0, 8)}`}
        onClick={() => requeue(id)}
      >
        Requeue
      </Button>
    ),
  },
];
