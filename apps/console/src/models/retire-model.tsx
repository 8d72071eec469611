import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ProposeInstead } from '../changes/propose-instead.js';
import { Dialog } from '../components/dialog.js';
import { QueryState } from '../components/query-state.js';
import { MoveEffect } from '../moves/move-effect.js';
import { useMovePreview } from '../moves/use-moves.js';
import { useRetireModel } from './model-form.js';
import { type Model, useModels } from './use-models.js';

interface Props {
  model: Model;
  opened: boolean;
  onClose: () => void;
}

/** Shows what runs on a model, then retires it. */
export function RetireModel({ model, opened, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={`Retire ${model.name}`}>
      <RetireForm model={model} onClose={onClose} />
    </Dialog>
  );
}

function RetireForm({ model, onClose }: Omit<Props, 'opened'>) {
  const { data: models = [] } = useModels();
  const [successor, setSuccessor] = useState(model.successor);
  const [reason, setReason] = useState('');
  const retire = useRetireModel(model.id);
  const effect = useMovePreview({ fromModelId: model.id, to: { follow: true } });
  const others = models
    .filter(({ id, selectable }) => selectable && id !== model.id)
    .map(({ id, name }) => ({ value: id, label: `${name} (${id})` }));
  return (
    <Stack>
      <Text size="sm">
        Nobody can select a retired model. Its use cases switch to their next candidate, and its pinned
        conversations follow their use case again. Each switch has an audit row and a notification.
      </Text>
      <QueryState query={effect}>{(preview) => <MoveEffect preview={preview} />}</QueryState>
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
      <Textarea
        label="Reason"
        description="Stored in the audit log and shown to users"
        maxLength={500}
        autosize
        maxRows={4}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {retire.error && (
        <ProposeInstead
          error={retire.error}
          operations={[{ kind: 'retire-model', modelId: model.id, successorId: successor }]}
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          color="red"
          loading={retire.isPending}
          onClick={() =>
            retire.mutate({ successorId: successor, reason: reason.trim() }, { onSuccess: onClose })
          }
        >
          Retire
        </Button>
      </Group>
    </Stack>
  );
}
