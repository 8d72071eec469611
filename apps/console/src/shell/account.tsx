import { ActionIcon, Badge, Group, Menu, Text } from '@mantine/core';
import { formatTime } from '../components/format.js';
import { Icon } from '../components/icon.js';
import { type Session, useSignOut } from '../session/use-session.js';

const PERSON = 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.500 20a7.500 7.500 0 0 1 15 0';

/** Shows the user of the session, its rights and its end, and a button to sign out. */
export function Account({ session }: { session: Session }) {
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={`Signed in as ${session.actor}`}>
          <Icon path={PERSON} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} size="sm">
            {session.actor}
          </Text>
          {session.scopes.length === 0 && <Text size="xs">Own conversations</Text>}
          <Group gap={4} my={4}>
            {session.scopes.map((scope) => (
              <Badge key={scope} size="sm" color="gray">
                {scope}
              </Badge>
            ))}
          </Group>
          {session.expiresAt && <Text size="xs">Until {formatTime(session.expiresAt)}</Text>}
        </Menu.Label>
        <Menu.Item onClick={() => signOut.mutate()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
