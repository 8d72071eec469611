import { Center, Paper, Text, Title } from '@mantine/core';
import { Icon } from '../components/icon.js';
import { neededFor } from './rights.js';
import { type Scope, useSession } from './use-session.js';

export const LOCK = 'M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9H5zM12 14v3';

interface Props {
  /** One of these opens it. */
  scope: Scope | readonly Scope[];
  title?: string;
}

/** In the place of what the session may not use: which scope opens it. */
export function Locked({ scope, title = 'Locked' }: Props) {
  const { data } = useSession();
  const scopes = typeof scope === 'string' ? [scope] : scope;
  return (
    <Paper withBorder p="xl" ta="center" role="note">
      <Center c="dimmed">
        <Icon path={LOCK} size={28} />
      </Center>
      <Title order={2} mt="xs">
        {title}
      </Title>
      <Text mt="xs">{neededFor({ scopes, users: false })}</Text>
      <Text c="dimmed" size="sm" mt={4}>
        {data && `You are signed in as ${data.actor}. `}Sign in with another key, or ask an administrator for
        one.
      </Text>
    </Paper>
  );
}
