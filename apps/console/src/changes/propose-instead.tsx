import { Alert, Stack, Text } from '@mantine/core';
import { ProblemError } from '@orchestrator/client/client.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { ProposeForm } from './propose-form.js';
import type { Operation } from './use-changes.js';

interface Props {
  error: Error;
  /** The refused command as operations of a change. */
  operations: Operation[];
  reason?: string;
}

/** A refusal; where a reviewed use case is the cause, with the form that proposes the same. */
export function ProposeInstead({ error, operations, reason }: Props) {
  const isReviewed = error instanceof ProblemError && error.problem.code === 'change_required';
  if (!isReviewed) return <ProblemAlert error={error} />;
  return (
    <Alert color="blue" role="alert" title="It needs an approved change">
      <Stack gap="xs">
        <Text size="sm">{error.problem.detail}. Nothing was changed.</Text>
        <ProposeForm operations={operations} reason={reason} />
      </Stack>
    </Alert>
  );
}
