import { Alert, Group, List, Stack, Table, Text } from '@mantine/core';
import { formatCount } from '../components/format.js';
import { ModelLink } from '../models/model-link.js';
import { Saving } from '../switching/preview.js';
import type { MovePreview } from './use-moves.js';

export const MAX_ROWS = 50;

export const counted = (number: number, one: string, many = `${one}s`) =>
  `${formatCount(number)} ${number === 1 ? one : many}`;

/** Effect of a move by use case, what stays and the reason. */
export function MoveEffect({ preview }: { preview: MovePreview }) {
  const { useCases, staying, totals, users } = preview;
  const { following, pinned, waysBack, users: owners, usersCapped } = totals;
  return (
    <Stack gap="xs">
      <Group gap="lg">
        <Text size="sm" fw={600}>
          {counted(totals.useCases, 'use case')}, {counted(following, 'following conversation')},{' '}
          {counted(pinned, 'pinned conversation')} of {counted(owners, 'user')}
          {usersCapped && ' or more'}
        </Text>
        <Saving impact={{ savedUsd: totals.savedUsd, horizon: '30 days' }} />
      </Group>
      {waysBack > 0 && (
        <Text size="sm">{counted(waysBack, 'conversation')} on a fallback will go back to the target.</Text>
      )}
      {useCases.length === 0 ? <Text size="sm">Nothing moves.</Text> : <MovedUseCases useCases={useCases} />}
      {staying.length > 0 && (
        <Alert color="orange" role="note" title="Stays on the model">
          <List size="sm">
            {staying.slice(0, MAX_ROWS).map(({ useCase, reason, conversations }) => (
              <List.Item key={`${useCase} ${reason}`}>
                {useCase}: {counted(conversations, 'conversation')}, {reason}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {users.length > 0 && (
        <Text size="xs" c="dimmed">
          Most pinned conversations:{' '}
          {users.map(({ userId, conversations }) => `${userId} (${formatCount(conversations)})`).join(', ')}
        </Text>
      )}
    </Stack>
  );
}

function MovedUseCases({ useCases }: { useCases: MovePreview['useCases'] }) {
  return (
    <>
      <Table aria-label="Use cases that move" verticalSpacing={4} highlightOnHover={false}>
        <Table.Thead>
          <Table.Tr>
            {['Use case', 'To', 'Following', 'Pinned', 'Effect'].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {useCases
            .slice(0, MAX_ROWS)
            .map(({ name, to, followers, pinnedManual, pinnedFallback, savedUsd }) => (
              <Table.Tr key={name}>
                <Table.Td>{name}</Table.Td>
                <Table.Td>
                  <ModelLink id={to} />
                </Table.Td>
                <Table.Td>{formatCount(followers)}</Table.Td>
                <Table.Td>{formatCount(pinnedManual + pinnedFallback)}</Table.Td>
                <Table.Td>
                  <Saving impact={{ savedUsd, horizon: '30 days' }} />
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
      {useCases.length > MAX_ROWS && (
        <Text size="xs" c="dimmed">
          and {formatCount(useCases.length - MAX_ROWS)} more use cases
        </Text>
      )}
    </>
  );
}
