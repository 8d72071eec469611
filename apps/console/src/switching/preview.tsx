import { Alert, Group, List, Paper, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatCount, formatUsd } from '../components/format.js';
import { QueryState } from '../components/query-state.js';
import { Comparison } from './comparison.js';
import { FromTo } from './from-to.js';
import { Staying } from './staying.js';
import type { Switched, SwitchWarning } from './switch-request.js';

const DIRECTIONS = {
  upgrade: 'Upgrade',
  downgrade: 'Downgrade',
  lateral: 'Same tier',
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
                {data.created && <Text size="sm">The switch creates this conversation</Text>}
                {notification && <Text size="sm">{DIRECTIONS[notification.direction]}</Text>}
                <Saving impact={data.costImpact} />
                {data.followers !== undefined && <Text size="sm">{followers(data.followers)}</Text>}
              </Group>
              {data.scope === 'use_case' && (
                <Staying useCase={data.useCase} fromId={data.fromId} fromName={data.from} />
              )}
              <Comparison useCase={data.useCase} fromId={data.fromId} toId={data.toId} />
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

/** A smaller amount is no reason to look at it. */
const NOTABLE_USD = 1;

/** Savings are positive, as in the audit rows; only a notable amount has a colour. */
export function Saving({ impact }: { impact: { savedUsd: string | null; horizon: string } | undefined }) {
  if (!impact) return null;
  const { savedUsd, horizon } = impact;
  if (horizon === 'first assignment') return <Quiet>No saving: no model had answered here before</Quiet>;
  if (savedUsd === null) return <Quiet>Saving unknown</Quiet>;
  if (Number(savedUsd) === 0) return <Quiet>Costs the same · {horizon}</Quiet>;
  const isDearer = savedUsd.startsWith('-');
  const amount = formatUsd(savedUsd.replace('-', ''));
  const text = `${isDearer ? `Costs ${amount} more` : `Saves ${amount}`} · ${horizon}`;
  if (Math.abs(Number(savedUsd)) < NOTABLE_USD) return <Quiet>{text}</Quiet>;
  return (
    <Text size="sm" c={isDearer ? 'var(--mantine-color-orange-light-color)' : undefined}>
      {text}
    </Text>
  );
}

const Quiet = ({ children }: { children: ReactNode }) => (
  <Text size="sm" c="dimmed">
    {children}
  </Text>
);
