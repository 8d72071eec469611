import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ConfirmDialog } from '../components/confirm-dialog.js';
import { Dialog, useDialog } from '../components/dialog.js';
import { QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import { useSession } from '../session/use-session.js';
import { FreezeForm } from './freeze-form.js';
import { endFreeze, type Freeze, namesOf, useOpenFreezes } from './use-freezes.js';

/** Times in which use cases do not change: those that are present or ahead, a new one, and the early end of one. */
export function FreezesSection() {
  const { data: session } = useSession();
  const mayRead = useAllowed(RIGHTS.changeRequests);
  const freezes = useOpenFreezes();
  const [isCreating, creating] = useDisclosure();
  const ending = useDialog<Freeze>();
  const mayFreeze = session?.kind === 'person' && session.scopes.includes('approve');
  if (!mayRead) return null;
  return (
    <Section
      title="Freezes"
      actions={
        mayFreeze && (
          <Button size="xs" variant="default" onClick={creating.open}>
            Freeze use cases
          </Button>
        )
      }
    >
      <QueryState query={freezes}>
        {(items) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              No freeze is present or ahead.
            </Text>
          ) : (
            <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label="Freezes">
              {items.map((item) => (
                <FreezeRow
                  key={item.id}
                  item={item}
                  onEnd={mayFreeze && item.madeBy !== session.actor ? () => ending.open(item) : undefined}
                />
              ))}
            </Stack>
          )
        }
      </QueryState>
      <Dialog title="Freeze use cases" opened={isCreating} onClose={creating.close}>
        <FreezeForm onClose={creating.close} />
      </Dialog>
      <ConfirmDialog
        title="End the freeze"
        action="End it"
        isDangerous
        opened={ending.opened}
        onClose={ending.close}
        onConfirm={() => endFreeze(ending.item!)}
      >
        {ending.item && `${namesOf(ending.item)} can be switched and edited again from now on.`}
      </ConfirmDialog>
    </Section>
  );
}

function FreezeRow({ item, onEnd }: { item: Freeze; onEnd: (() => void) | undefined }) {
  const isPresent = Date.parse(item.from) <= Date.now();
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between" gap="xs">
        <div>
          <Group gap="xs">
            <Badge color={isPresent ? 'blue' : 'gray'}>{isPresent ? 'Frozen' : 'Ahead'}</Badge>
            <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
              {namesOf(item)}
            </Text>
          </Group>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {item.reason}
          </Text>
          <Text size="xs" c="dimmed">
            <Time at={item.from} isExact /> to <Time at={item.to} isExact /> · {item.madeBy}
          </Text>
        </div>
        {onEnd && (
          <Button size="compact-xs" variant="light" color="red" onClick={onEnd}>
            End early
          </Button>
        )}
      </Group>
    </Paper>
  );
}
