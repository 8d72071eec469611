import { Group, Paper, Stack, Text } from '@mantine/core';
import { Time } from '../components/time.js';
import type { ChangeRequest } from './use-changes.js';

type Decision = ChangeRequest['decisions'][number];

const KINDS: Record<string, string> = {
  propose: 'Proposed',
  revise: 'Revised',
  approve: 'Approved',
  reject: 'Rejected',
  withdraw: 'Withdrawn',
  schedule: 'Scheduled',
  lapse: 'Approval lapsed',
  apply: 'Applied',
  expire: 'Expired',
  conflict: 'Conflicted',
  fail: 'Failed',
  break_glass: 'Glass broken',
  review_accepted: 'Review: accepted',
  review_undo: 'Review: undo',
};

/** Lists the decisions with their time; the newest first. */
export const ChangeDecisions = ({ decisions }: { decisions: Decision[] }) => (
  <Stack gap="xs" component="ol" p={0} m={0} style={{ listStyle: 'none' }} aria-label="History">
    {decisions.toReversed().map(({ id, kind, actor, comment, revision, decidedAt }) => (
      <Paper key={id} component="li" withBorder p="sm">
        <Group justify="space-between" gap="xs">
          <Text size="sm" fw={600}>
            {KINDS[kind] ?? kind}
          </Text>
          <Text size="xs" c="dimmed">
            revision {revision} · <Time at={decidedAt} />
          </Text>
        </Group>
        <Text size="sm">{actor}</Text>
        {comment && (
          <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
            {comment}
          </Text>
        )}
      </Paper>
    ))}
  </Stack>
);
