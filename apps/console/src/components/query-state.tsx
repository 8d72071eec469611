import { Paper, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.js';

/** Shows the result of a query; until then that it is loading, or why it has failed. */
export function QueryState<Data>({
  query,
  children,
}: {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>;
  children: (data: Data) => ReactNode;
}) {
  const { data, error, refetch } = query;
  if (data === undefined)
    return error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : <Loading />;
  return (
    <>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {children(data)}
    </>
  );
}

export function Loading() {
  return (
    <Stack role="status" gap="sm">
      <VisuallyHidden>Loading</VisuallyHidden>
      {[1, 2, 3, 4].map((line) => (
        <Skeleton key={line} height={56} />
      ))}
    </Stack>
  );
}

/** Why there is nothing, and what would make that another. */
export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="xl" ta="center">
      <Title order={2}>{title}</Title>
      <Text c="dimmed" mt="xs">
        {children}
      </Text>
    </Paper>
  );
}
