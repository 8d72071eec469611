import { Button, Popover, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useMutation } from '@tanstack/react-query';
import { api, queries } from '../api.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { ModelLink } from '../models/model-link.js';
import { useSession } from '../session/use-session.js';

type Switch = Schemas['Switch'];

/** Takes the scope of a switch back to the model before; the api refuses if it was switched again since. */
export const useUndo = (switchId: string | undefined) =>
  useMutation({
    mutationFn: () =>
      dataOf(api.POST('/v1/switches/{id}/undo', { params: { path: { id: switchId! } }, body: {} })),
    onSettled: () => queries.invalidateQueries(),
  });

function useMayUndo(scope: Switch['scope']): boolean {
  const { data: session } = useSession();
  if (session?.kind === 'user') return scope === 'conversation';
  return session?.scopes.includes(scope === 'use_case' ? 'operate' : 'switch') === true;
}

/** Undoes a switch of a list, after a confirmation. */
export function UndoButton({ item }: { item: Switch }) {
  const [opened, { toggle, close }] = useDisclosure();
  const undo = useUndo(item.id);
  const subject = item.conversationId ?? `all of ${item.useCase}`;
  if (!useMayUndo(item.scope) || item.previousModelId === item.newModelId) return null;
  return (
    <Popover
      opened={opened}
      onClose={close}
      position="bottom-end"
      width={280}
      trapFocus
      returnFocus
      withArrow
    >
      <Popover.Target>
        <Button size="compact-xs" variant="default" onClick={toggle}>
          Undo<VisuallyHidden> the switch of {item.conversationId ?? item.useCase}</VisuallyHidden>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Undo the switch">
        <Stack gap="xs" align="flex-start">
          <Text size="sm" component="div">
            Switch {subject} back to <ModelLink id={item.previousModelId} isInText />?
          </Text>
          {undo.error && <ProblemAlert error={undo.error} />}
          <Button
            size="xs"
            loading={undo.isPending}
            onClick={() => undo.mutate(undefined, { onSuccess: close })}
          >
            Switch back
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
