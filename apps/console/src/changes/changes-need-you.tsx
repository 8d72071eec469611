import { Anchor, Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import { useSession } from '../session/use-session.js';
import { type ChangeSummary, useMayApprove, useNewestChanges } from './use-changes.js';

interface Task {
  item: ChangeSummary;
  badge: string;
  color: string;
  at: string;
}

/** Changes that need the reader: those to decide on, reviews that are overdue, and own ones that conflicted. */
export function ChangesNeedYou() {
  const { data: session } = useSession();
  const mayRead = useAllowed(RIGHTS.changeRequests);
  const waiting = useNewestChanges({ waiting: true }, useMayApprove()).data;
  const overdue = useNewestChanges({ review: 'overdue' }, mayRead).data;
  const conflicts = useNewestChanges(
    { state: 'conflicted', proposer: session?.actor ?? '' },
    mayRead && session !== undefined && session !== null,
  ).data;
  const tasks: Task[] = [
    ...(overdue?.items ?? []).map((item) => ({
      item,
      badge: 'Review overdue',
      color: 'red',
      at: item.reviewDueAt!,
    })),
    ...(waiting?.items ?? []).map((item) => ({
      item,
      badge: 'Waits for you',
      color: 'blue',
      at: item.createdAt,
    })),
    ...(conflicts?.items ?? []).map((item) => ({
      item,
      badge: 'Conflict',
      color: 'orange',
      at: item.endedAt ?? item.revisedAt,
    })),
  ];
  const hasMore = [waiting, overdue, conflicts].some((page) => page && page.nextCursor !== null);
  if (tasks.length === 0) return null;
  return (
    <Section title="Change requests">
      <Stack
        gap="xs"
        component="ul"
        p={0}
        m={0}
        style={{ listStyle: 'none' }}
        aria-label="Change requests that need you"
      >
        {tasks.map(({ item, badge, color, at }) => (
          <Paper key={item.id} component="li" withBorder p="sm">
            <Group gap="xs">
              <Badge color={color}>{badge}</Badge>
              <Anchor
                component={Link}
                to={`/changes/${item.id}`}
                size="sm"
                style={{ overflowWrap: 'anywhere' }}
              >
                {item.reason}
              </Anchor>
              <Text size="xs" c="dimmed">
                since <Time at={at} />
              </Text>
            </Group>
          </Paper>
        ))}
      </Stack>
      {hasMore && (
        <Anchor component={Link} to="/changes" size="sm" underline="always">
          There are more
        </Anchor>
      )}
    </Section>
  );
}
