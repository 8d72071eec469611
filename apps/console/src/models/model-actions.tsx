import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { EditModel } from './edit-model.js';
import { RetireModel } from './retire-model.js';
import type { Model } from './use-models.js';

/** Changes of a model that an operator may make. */
export function ModelActions({ model }: { model: Model }) {
  const [isEditing, editing] = useDisclosure();
  const [isRetiring, retiring] = useDisclosure();
  return (
    <Group gap="xs">
      {model.available ? (
        <Button variant="default" onClick={retiring.open}>
          Retire
        </Button>
      ) : (
        <Button onClick={editing.open}>Approve</Button>
      )}
      {model.available && (
        <Button variant="default" onClick={editing.open}>
          Edit
        </Button>
      )}
      <EditModel model={model} opened={isEditing} onClose={editing.close} />
      <RetireModel model={model} opened={isRetiring} onClose={retiring.close} />
    </Group>
  );
}
