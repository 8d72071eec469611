import { Anchor, Button, Popover, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { api, queries } from '../api.js';
import { ProposeInstead } from '../changes/propose-instead.js';
import { ModelLink } from '../models/model-link.js';
import { useSession } from '../session/use-session.js';

type Switch = Schemas['Switch'];

/** Takes the scope of a switch back to the model before; the api refuses if it was switched again since. */
export const useUndo = (switchId: string | undefined) =>
  useMutation({
    mutationFn: (reason: string = '') =>
      dataOf(
        api.POST('/v1/switches/{id}/undo', {
          params: { path: { id: switchId! } },
          body: reason === '' ? {} : { reason },
        }),
      ),
    onSettled: () => queries.invalidateQueries(),
  });

function useMayUndo(scope: Switch['scope']): boolean {
  const { data: session } = useSession();
  if (session?.kind === 'user') return scope === 'conversation';
  return session?.scopes.includes(scope === 'use_case' ? 'operate' : 'switch') === true;
}

/** Undoes a switch, after a confirmation. `isInList`: small, and named after its switch. */
export function UndoButton({ item, isInList = false }: { item: Switch; isInList?: boolean }) {
  const [opened, { toggle, close }] = useDisclosure();
  if (!useMayUndo(item.scope) || item.previousModelId === item.newModelId) return null;
  return (
    <Popover
      opened={opened}
      onClose={close}
      position="bottom-end"
      width={320}
      trapFocus
      returnFocus
      withArrow
    >
      <Popover.Target>
        <Button size={isInList ? 'compact-xs' : 'sm'} variant="default" onClick={toggle}>
          Undo{isInList && <VisuallyHidden> the switch of {subjectOf(item)}</VisuallyHidden>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Undo the switch">
        <Confirmation item={item} />
      </Popover.Dropdown>
    </Popover>
  );
}

const subjectOf = ({ conversationId, useCase }: Switch): string => conversationId ?? `all of ${useCase}`;

function Confirmation({ item }: { item: Switch }) {
  const [reason, setReason] = useState('');
  const undo = useUndo(item.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    undo.mutate(reason.trim());
  };
  if (undo.data)
    return (
      <Text size="sm" role="status">
        Undone: <ModelLink id={item.previousModelId} isInText /> answers again.{' '}
        {undo.data.switchId && (
          <Anchor component={Link} to={`/audit/${undo.data.switchId}`} inherit underline="always">
            The switch back
          </Anchor>
        )}
      </Text>
    );
  return (
    <Stack gap="xs" align="flex-start" component="form" onSubmit={submit}>
      <Text size="sm" component="div">
        Switch {subjectOf(item)} back to <ModelLink id={item.previousModelId} isInText />?
      </Text>
      <TextInput
        label="Reason"
        description="Stored in the audit row and shown to users"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        w="100%"
      />
      {undo.error && (
        <ProposeInstead
          error={undo.error}
          operations={[{ kind: 'switch-use-case', useCase: item.useCase, modelId: item.previousModelId }]}
          reason={reason}
        />
      )}
      <Button type="submit" size="xs" loading={undo.isPending}>
        Undo the switch
      </Button>
    </Stack>
  );
}
