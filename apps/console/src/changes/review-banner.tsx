import { Alert, Anchor, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Time } from '../components/time.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import { isReviewOpen } from './change-state.js';
import { readChanges } from './use-changes.js';

const EACH_MS = 30_000;

/** Changes among the newest applied ones that were applied without approvals and that nobody has reviewed. */
export function useOpenReviews() {
  const mayRead = useAllowed(RIGHTS.changeRequests);
  return useQuery({
    queryKey: ['change-requests', 'reviews'],
    queryFn: async () => (await readChanges({ state: 'applied' })).filter(isReviewOpen),
    enabled: mayRead,
    refetchInterval: EACH_MS,
  });
}

/** On every page, as long as a change was applied without approvals and its review is open. */
export function ReviewBanner() {
  const { data = [] } = useOpenReviews();
  if (data.length === 0) return null;
  return (
    <Alert color="red" role="alert" title="Applied without approvals" mb="md">
      <List size="sm">
        {data.map(({ id, reason, reviewDueAt }) => (
          <List.Item key={id}>
            <Anchor component={Link} to={`/changes/${id}`} inherit underline="always">
              {reason}
            </Anchor>
            <Text span size="sm">
              : review it until <Time at={reviewDueAt!} isExact />
            </Text>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
