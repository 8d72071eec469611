import { Alert, Button, Group, Text } from '@mantine/core';
import { FromTo } from './from-to.js';
import type { Switched } from './switch-request.js';

interface Props {
  switched: Switched;
  onBack: (modelId: string) => void;
  onClose: () => void;
}

/** Shows the switch that was made, and a button to revert it. */
export function SwitchSuccess({ switched: { data }, onBack, onClose }: Props) {
  return (
    <Alert
      color="green"
      role="status"
      title="Switched"
      withCloseButton
      closeButtonLabel="Close"
      onClose={onClose}
    >
      <Group justify="space-between">
        <Text size="sm">
          <FromTo from={data.from} to={data.to} />
        </Text>
        <Button size="xs" variant="default" onClick={() => onBack(data.fromId)}>
          Switch back
        </Button>
      </Group>
    </Alert>
  );
}
