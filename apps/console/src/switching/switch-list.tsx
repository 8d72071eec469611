import { Anchor, Badge, Group, Paper, Stack, Text } from '@mantine/core';
import type { Schemas } from '@orchestrator/client/client.js';
import { Link } from 'react-router';
import { Time } from '../components/time.js';
import { ModelLink } from '../models/model-link.js';
import { FromTo } from './from-to.js';
import { Saving } from './preview.js';
import { UndoButton } from './undo-button.js';

export type Switch = Schemas['Switch'];

const ACTIONS = {
  manual_switch: { label: 'Manual', color: 'blue' },
  auto_switch: { label: 'Automatic', color: 'green' },
  fallback_switch: { label: 'Fallback', color: 'orange' },
} as const;

/** Lists switches with actor, time and reason; the newest first. */
export function SwitchList({ switches }: { switches: Switch[] }) {
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {switches.map((item) => (
        <SwitchRow key={item.id} item={item} />
      ))}
    </Stack>
  );
}

function SwitchRow({ item }: { item: Switch }) {
  const { label, color } = ACTIONS[item.action];
  return (
    <Paper withBorder p="sm" component="li">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Badge color={color}>{label}</Badge>
          <Scope item={item} />
        </Group>
        <Text size="xs" c="dimmed">
          <Time at={item.timestamp} />
        </Text>
      </Group>
      <Text size="sm" mt={4}>
        <FromTo from={<ModelLink id={item.previousModelId} />} to={<ModelLink id={item.newModelId} />} />
      </Text>
      {item.reason && <Text size="sm">{item.reason}</Text>}
      <Group gap="md" mt={2}>
        <Text size="xs" c="dimmed">
          {item.actor}
          {item.onBehalfOf && ` for ${item.onBehalfOf}`}
          {!item.notificationShown && ' · no notification'}
        </Text>
        <Cost item={item} />
        <UndoButton item={item} isInList />
      </Group>
    </Paper>
  );
}

function Cost({ item: { status, costImpact, costImpactHorizon } }: { item: Switch }) {
  if (status === 'pending')
    return (
      <Text size="xs" c="dimmed">
        recording…
      </Text>
    );
  return <Saving impact={{ savedUsd: costImpact, horizon: costImpactHorizon ?? '' }} />;
}

function Scope({ item: { conversationId, useCase } }: { item: Switch }) {
  const to = conversationId
    ? `/conversations/${encodeURIComponent(conversationId)}`
    : `/use-cases/${encodeURIComponent(useCase)}`;
  return (
    <Anchor component={Link} to={to} size="sm" fw={600}>
      {conversationId ?? `All of ${useCase}`}
    </Anchor>
  );
}
