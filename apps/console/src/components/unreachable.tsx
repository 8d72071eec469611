import { Alert, Button, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

const AGAIN_AFTER_S = 3;

/** Says that nothing answers, and tries again by itself. */
export function Unreachable({ onRetry }: { onRetry: () => unknown }) {
  const [left, setLeft] = useState(AGAIN_AFTER_S);
  const retry = useRef(onRetry);
  retry.current = onRetry;
  useEffect(() => {
    const ticking = setInterval(
      () => setLeft((seconds) => (seconds > 0 ? seconds - 1 : AGAIN_AFTER_S)),
      1_000,
    );
    return () => clearInterval(ticking);
  }, []);
  useEffect(() => {
    if (left === 0) retry.current();
  }, [left]);
  return (
    <Alert color="red" role="alert" title="The service cannot be reached">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          Trying again <span aria-hidden="true">{left === 0 ? 'now' : `in ${left} s`}</span>. Check the
          connection, and that the api runs.
        </Text>
        <Button size="xs" variant="default" onClick={() => onRetry()}>
          Try now
        </Button>
      </Stack>
    </Alert>
  );
}
