import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '../components/problem-alert.js';
import { useRetireModel } from './model-form.js';
import { ModelUse } from './model-use.js';
import { type Model, useModels } from './use-models.js';

interface Props {
  model: Model;
  opened: boolean;
  onClose: () => void;
}

/** Shows what runs on a model, then retires it. */
export function RetireModel({ model, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={`Retire ${model.name}`}>
      <RetireForm model={model} onClose={onClose} />
    </Modal>
  );
}

function RetireForm({ model, onClose }: Omit<Props, 'opened'>) {
  const { data: models = [] } = useModels();
  const [successor, setSuccessor] = useState(model.successor);
  const retire = useRetireModel(model.id);
  const others = models
    .filter(({ id, selectable }) => selectable && id !== model.id)
    .map(({ id, name }) => ({ value: id, label: `${name} (${id})` }));
  return (
    <Stack>
      <Text size="sm">
        Nobody can select a retired model. Its use cases switch to their next candidate, and its pinned
        conversations follow their use case again. Each switch has an audit row and a notification.
      </Text>
      <ModelUse modelId={model.id} />
      <Select
        label="Successor"
        description="Shown to everybody who asks for the retired model"
        data={others}
        searchable
        clearable
        limit={30}
        value={successor}
        onChange={setSuccessor}
      />
      {retire.error && <ProblemAlert error={retire.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          color="red"
          loading={retire.isPending}
          onClick={() => retire.mutate(successor, { onSuccess: onClose })}
        >
          Retire
        </Button>
      </Group>
    </Stack>
  );
}
