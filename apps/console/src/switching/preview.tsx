import { Alert, Group, List, Paper, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { formatCount, formatUsd } from '../components/format.js';
import { QueryState } from '../components/query-state.js';
import { FromTo } from './from-to.js';
import type { Switched, SwitchWarning } from './switch-request.js';

const DIRECTIONS = {
  upgrade: 'An upgrade',
  downgrade: 'A downgrade',
  lateral: 'Neither up nor down',
} as const;

/** Shows the change, the number of conversations and the cost impact. */
export function Preview({ query }: { query: UseQueryResult<Switched> }) {
  return (
    <Paper withBorder p="md" bg="var(--mantine-color-default-hover)" role="status" aria-label="Preview">
      <QueryState query={query}>
        {({ data, notification }) =>
          data.switched ? (
            <Stack gap={6}>
              <Text fw={600}>
                <FromTo from={data.from} to={data.to} />
              </Text>
              <Group gap="lg">
                {data.created && <Text size="sm">It does not exist yet: the switch creates it</Text>}
                {notification && <Text size="sm">{DIRECTIONS[notification.direction]}</Text>}
                <Saving impact={data.costImpact} />
                {data.followers !== undefined && <Text size="sm">{followers(data.followers)}</Text>}
              </Group>
              {data.warnings && <Warnings warnings={data.warnings} modelName={data.to} />}
            </Stack>
          ) : (
            <Text>{data.from} answers already: nothing would change.</Text>
          )
        }
      </QueryState>
    </Paper>
  );
}

function Warnings({ warnings, modelName }: { warnings: SwitchWarning[]; modelName: string }) {
  return (
    <Alert color="orange" role="note" title={`Calls that ${modelName} does not take as they are`}>
      <List size="sm">
        {warnings.map(({ text }) => (
          <List.Item key={text}>{text}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

const MAX_COUNTED = 1_000_000;

function followers(count: number): string {
  if (count === 0) return 'No conversation follows it yet';
  const counted = `${formatCount(count)}${count >= MAX_COUNTED ? ' or more' : ''}`;
  return count === 1 ? 'For 1 conversation' : `For ${counted} conversations`;
}

/** Savings are positive, as in the audit rows. */
export function Saving({ impact }: { impact: { savedUsd: string | null; horizon: string } | undefined }) {
  if (!impact) return null;
  const { savedUsd, horizon } = impact;
  if (horizon === 'first assignment')
    return <Text size="sm">Nothing to save: no model had answered in this conversation</Text>;
  if (savedUsd === null) return <Text size="sm">What it would save is not known</Text>;
  const isDearer = savedUsd.startsWith('-');
  const amount = formatUsd(savedUsd.replace('-', ''));
  return (
    <Text
      size="sm"
      fw={600}
      c={isDearer ? 'var(--mantine-color-orange-light-color)' : 'var(--mantine-color-green-light-color)'}
    >
      {isDearer ? `Costs ${amount} more` : `Saves ${amount}`} · {horizon}
    </Text>
  );
}
