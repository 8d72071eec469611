import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { ProblemAlert } from '../components/problem-alert.js';
import { ModelLink } from '../models/model-link.js';
import { FromTo } from '../switching/from-to.js';
import type { Switch } from '../switching/switch-list.js';
import { useMayUndo, useUndo } from './use-switch.js';

/** Takes the scope of a switch back, after a confirmation. The api refuses if it was switched again since. */
export function UndoButton({ item }: { item: Switch }) {
  const [isOpen, { open, close }] = useDisclosure();
  const isAllowed = useMayUndo(item);
  if (!isAllowed) return null;
  return (
    <>
      <Button variant="default" onClick={open}>
        Undo
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title="Undo this switch"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Confirmation item={item} onClose={close} />
      </Modal>
    </>
  );
}

function Confirmation({ item, onClose }: { item: Switch; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const undo = useUndo(item.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    undo.mutate(reason.trim());
  };
  if (undo.data) return <Undone item={item} switchId={undo.data.switchId} onClose={onClose} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">
          {item.conversationId ?? `All of ${item.useCase}`}:{' '}
          <FromTo
            from={<ModelLink id={item.newModelId} isInText />}
            to={<ModelLink id={item.previousModelId} isInText />}
          />
        </Text>
        <TextInput
          label="Reason"
          description="Stored in the audit row and shown to users"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {undo.error && <ProblemAlert error={undo.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={undo.isPending}>
            Undo the switch
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface UndoneProps {
  item: Switch;
  switchId: string | undefined;
  onClose: () => void;
}

function Undone({ item, switchId, onClose }: UndoneProps) {
  return (
    <Stack>
      <Alert color="green" role="status" title="Undone">
        <ModelLink id={item.previousModelId} isInText /> answers again.{' '}
        {switchId && (
          <Link to={`/audit/${switchId}`} onClick={onClose}>
            The switch back
          </Link>
        )}
      </Alert>
      <Group justify="flex-end">
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  );
}
