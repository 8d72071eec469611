import { Anchor, Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import { useSession } from '../session/use-session.js';
import { useOpenReviews } from './review-banner.js';
import { type ChangeSummary, readChanges, useWaitingForMe } from './use-changes.js';

const EACH_MS = 30_000;

interface Task {
  item: ChangeSummary;
  badge: string;
  color: string;
  at: string;
}

/** Changes that need the reader: those to decide on, reviews that are overdue, and own ones that conflicted. */
export function ChangesNeedYou() {
  const { items: waiting = [] } = useWaitingForMe();
  const { data: reviews = [] } = useOpenReviews();
  const conflicts = useMyConflicts();
  const tasks: Task[] = [
    ...reviews
      .filter(({ reviewDueAt }) => Date.parse(reviewDueAt!) < Date.now())
      .map((item) => ({ item, badge: 'Review overdue', color: 'red', at: item.reviewDueAt! })),
    ...waiting.map((item) => ({ item, badge: 'Waits for you', color: 'blue', at: item.createdAt })),
    ...conflicts.map((item) => ({
      item,
      badge: 'Conflict',
      color: 'orange',
      at: item.endedAt ?? item.revisedAt,
    })),
  ];
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
    </Section>
  );
}

function useMyConflicts(): ChangeSummary[] {
  const { data: session } = useSession();
  const mayRead = useAllowed(RIGHTS.changeRequests);
  const { data = [] } = useQuery({
    queryKey: ['change-requests', 'conflicts', session?.actor],
    queryFn: () => readChanges({ state: 'conflicted', proposer: session!.actor }),
    enabled: mayRead && session !== undefined && session !== null,
    refetchInterval: EACH_MS,
  });
  return data;
}
