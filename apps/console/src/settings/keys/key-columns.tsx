import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { Copyable } from '../../components/copyable.js';
import type { DataColumn } from '../../components/data-table.js';
import { Time } from '../../components/time.js';
import { type Key, type KeyState, stateOf } from './use-keys.js';

const STATES: Record<KeyState, { color: string; label: string }> = {
  active: { color: 'green', label: 'Active' },
  ends: { color: 'yellow', label: 'Replaced' },
  expired: { color: 'gray', label: 'Expired' },
  revoked: { color: 'gray', label: 'Revoked' },
};

interface Actions {
  edit: (key: Key) => void;
  rotate: (key: Key) => void;
  revoke: (key: Key) => void;
}

export const keyColumns = (actions: Actions): DataColumn<Key>[] => [
  { id: 'name', header: 'Name', value: ({ name }) => name, cell: (key) => <Name of={key} /> },
  {
    id: 'state',
    header: 'State',
    value: (key) => STATES[stateOf(key)].label,
    cell: (key) => <State of={key} />,
  },
  {
    id: 'scopes',
    header: 'Scopes',
    from: 'sm',
    value: ({ scopes }) => scopes.join(' '),
    cell: ({ scopes }) => (
      <Group gap={4}>
        {scopes.map((scope) => (
          <Badge key={scope} color="blue" size="sm">
            {scope}
          </Badge>
        ))}
      </Group>
    ),
  },
  {
    id: 'limits',
    header: 'Limits',
    from: 'md',
    cell: (key) => <Limits of={key} />,
  },
  {
    id: 'used',
    header: 'Last used',
    from: 'sm',
    value: ({ lastUsedAt }) => (lastUsedAt === null ? undefined : Date.parse(lastUsedAt)),
    cell: ({ lastUsedAt }) => (lastUsedAt ? <Time at={lastUsedAt} /> : 'Never'),
  },
  {
    id: 'owner',
    header: 'Created by',
    from: 'lg',
    value: ({ createdBy }) => createdBy,
    cell: ({ createdBy, createdAt }) => (
      <>
        {createdBy}
        <Text size="xs" c="dimmed">
          <Time at={createdAt} />
        </Text>
      </>
    ),
  },
  { id: 'actions', header: 'Actions', cell: (key) => <KeyActions of={key} actions={actions} /> },
];

const Name = ({ of: { name, id } }: { of: Key }) => (
  <>
    <Text fw={600} size="sm">
      {name}
    </Text>
    <Text size="xs" c="dimmed" component="div">
      <Copyable value={id} label={`id of ${name}`}>
        {id.slice(0, 8)}
      </Copyable>
    </Text>
  </>
);

function State({ of }: { of: Key }) {
  const state = stateOf(of);
  const { color, label } = STATES[state];
  const end = of.revokedAt ?? of.expiresAt;
  return (
    <>
      <Badge color={color}>{label}</Badge>
      {end !== null && (
        <Text size="xs" c="dimmed">
          {state === 'active' || state === 'ends' ? 'Ends ' : ''}
          <Time at={end} />
        </Text>
      )}
    </>
  );
}

/** In words; limits and defaults that are as usual are left out. */
function Limits({ of: { limits, defaults } }: { of: Key }) {
  const { useCases, models, users } = limits;
  const lines = [
    useCases && `Use cases: ${useCases.join(', ')}`,
    models === 'any' && 'Any model',
    Array.isArray(models) && `${models.length} ${models.length === 1 ? 'model' : 'models'}`,
    users === 'own' && 'Only its own user',
    Array.isArray(users) && `Users ${users.join(', ')}…`,
    defaults.useCase && `Default: ${defaults.useCase}`,
    defaults.userId && `As ${defaults.userId}`,
  ].filter((line) => typeof line === 'string');
  if (lines.length === 0) return <Text size="sm">None</Text>;
  return (
    <Stack gap={0}>
      {lines.map((line) => (
        <Text key={line} size="sm">
          {line}
        </Text>
      ))}
    </Stack>
  );
}

function KeyActions({ of, actions }: { of: Key; actions: Actions }) {
  const state = stateOf(of);
  if (state === 'revoked' || state === 'expired') return null;
  return (
    <Group gap={4}>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Edit ${of.name}`}
        onClick={() => actions.edit(of)}
      >
        Edit
      </Button>
      {state === 'active' && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Rotate ${of.name}`}
          onClick={() => actions.rotate(of)}
        >
          Rotate
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="light"
        color="red"
        aria-label={`Revoke ${of.name}`}
        onClick={() => actions.revoke(of)}
      >
        Revoke
      </Button>
    </Group>
  );
}
