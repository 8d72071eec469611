import { Anchor, Badge, Group, Paper, Stack, Text } from '@mantine/core';
import type { Schemas } from '@orchestrator/client/client.js';
import { Link } from 'react-router';
import { ModelLink } from '../models/model-link.js';
import { formatMoment } from '../parts/format.js';
import { FromTo } from './from-to.js';
import { Saving } from './preview.js';

export type Switch = Schemas['Switch'];

const ACTIONS = {
  manual_switch: { label: 'By hand', color: 'blue' },
  auto_switch: { label: 'Automatic', color: 'green' },
  fallback_switch: { label: 'Fallback', color: 'orange' },
} as const;

/** Lists switches with actor, time and reason; the newest first. */
export function SwitchList({ switches }: { switches: Switch[] }) {
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {switches.map((one) => (
        <SwitchRow key={one.id} one={one} />
      ))}
    </Stack>
  );
}

export function SwitchRow({ one }: { one: Switch }) {
  const { label, color } = ACTIONS[one.action];
  return (
    <Paper withBorder p="sm" component="li">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Badge color={color}>{label}</Badge>
          <Scope one={one} />
        </Group>
        <Text size="xs" c="dimmed" component="time" dateTime={one.timestamp}>
          {formatMoment(one.timestamp)}
        </Text>
      </Group>
      <Text size="sm" mt={4}>
        <FromTo from={<ModelLink id={one.previousModelId} />} to={<ModelLink id={one.newModelId} />} />
      </Text>
      {one.reason && <Text size="sm">{one.reason}</Text>}
      <Group gap="md" mt={2}>
        <Text size="xs" c="dimmed">
          {one.actor}
          {one.onBehalfOf && ` for ${one.onBehalfOf}`}
          {!one.notificationShown && ' · no notification'}
        </Text>
        <Cost one={one} />
      </Group>
    </Paper>
  );
}

function Cost({ one: { status, costImpact, costImpactHorizon } }: { one: Switch }) {
  if (status === 'pending')
    return (
      <Text size="xs" c="dimmed">
        audit row on its way
      </Text>
    );
  return <Saving impact={{ savedUsd: costImpact, horizon: costImpactHorizon ?? '' }} />;
}

function Scope({ one: { conversationId, useCase } }: { one: Switch }) {
  const to = conversationId
    ? `/conversations/${encodeURIComponent(conversationId)}`
    : `/use-cases/${encodeURIComponent(useCase)}`;
  return (
    <Anchor component={Link} to={to} size="sm" fw={600}>
      {conversationId ?? `All of ${useCase}`}
    </Anchor>
  );
}
