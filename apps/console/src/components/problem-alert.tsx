import { Alert, Button, Code, List, Stack, Text } from '@mantine/core';
import { ProblemError } from '@orchestrator/client/client.js';
import { Copyable } from './copyable.js';
import { Unreachable } from './unreachable.js';

interface Props {
  error: Error;
  /** Retries the operation; left out where that makes no sense. */
  onRetry?: () => void;
}

/** Says what the api says: what went wrong, why, and what to do. */
export function ProblemAlert({ error, onRetry }: Props) {
  const problem = error instanceof ProblemError ? error.problem : undefined;
  if (problem?.status === 0 && onRetry) return <Unreachable onRetry={onRetry} />;
  return <Problem problem={problem} onRetry={onRetry} />;
}

function Problem({ problem, onRetry }: Pick<Props, 'onRetry'> & { problem?: ProblemError['problem'] }) {
  const details = [
    ...(problem?.errors ?? []).map(({ field, message }) => `${field}: ${message}`),
    ...(problem?.reasons ?? []).map(({ detail }) => detail),
  ];
  return (
    <Alert color="red" role="alert" title={problem?.title ?? 'Something went wrong'}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {problem?.detail ??
            'Load the page again. If that does not help, contact the operator of this service.'}
        </Text>
        {details.length > 0 && (
          <List size="sm">
            {details.map((detail) => (
              <List.Item key={detail}>{detail}</List.Item>
            ))}
          </List>
        )}
        {problem?.successor && (
          <Text size="sm">
            Its successor is <Code>{problem.successor}</Code>.
          </Text>
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
        {problem?.requestId && (
          <Text size="xs" c="dimmed">
            Request <Copyable value={problem.requestId} label="request id" />
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
