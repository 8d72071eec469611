import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import { Copyable } from './copyable.js';

interface Props {
  /** Names the secret, such as `Key`. */
  label: string;
  secret: string;
  /** Says where the secret belongs. */
  advice: string;
  onDone: () => void;
}

/** A new secret. No later answer of the api contains it. */
export function ShownOnce({ label, secret, advice, onDone }: Props) {
  return (
    <Stack>
      <Alert color="yellow" title={`${label}: shown only once`} role="status">
        <Stack gap="xs">
          <Text size="sm">Copy it now. {advice}</Text>
          <Copyable value={secret} label={label.toLowerCase()}>
            <Code>{secret}</Code>
          </Copyable>
        </Stack>
      </Alert>
      <Button onClick={onDone}>I have stored it</Button>
    </Stack>
  );
}
