import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { ProblemAlert } from '../components/problem-alert.js';
import { FromTo } from './from-to.js';
import type { Switched } from './switch-request.js';
import { useUndo } from './undo-button.js';

interface Props {
  switched: Switched;
  onClose: () => void;
}

/** Shows the switch that was made, and a button to undo it. */
export function SwitchSuccess({ switched: { data }, onClose }: Props) {
  const undo = useUndo(data.switchId);
  const isUndone = undo.isSuccess;
  return (
    <Alert
      color="green"
      role="status"
      title={isUndone ? 'Undone' : 'Switched'}
      withCloseButton
      closeButtonLabel="Close"
      onClose={onClose}
    >
      <Stack gap="xs">
        <Group justify="space-between">
          <Text size="sm">
            {isUndone ? <FromTo from={data.to} to={data.from} /> : <FromTo from={data.from} to={data.to} />}
          </Text>
          {!isUndone && data.switchId && (
            <Button size="xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate('')}>
              Switch back
            </Button>
          )}
        </Group>
        {undo.error && <ProblemAlert error={undo.error} />}
      </Stack>
    </Alert>
  );
}
