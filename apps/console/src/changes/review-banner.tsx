import { Alert, Anchor, List, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Time } from '../components/time.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import { useNewestChanges } from './use-changes.js';

const MAX_NAMED = 5;

/** On every page, as long as a change was applied without approvals and its review is open. */
export function ReviewBanner() {
  const { data } = useNewestChanges({ review: 'open' }, useAllowed(RIGHTS.changeRequests));
  if (!data || data.items.length === 0) return null;
  const named = data.items.slice(0, MAX_NAMED);
  return (
    <Alert color="red" role="alert" title="Applied without approvals" mb="md">
      <List size="sm">
        {named.map(({ id, reason, reviewDueAt }) => (
          <List.Item key={id} style={{ overflowWrap: 'anywhere' }}>
            <Anchor component={Link} to={`/changes/${id}`} inherit underline="always">
              {reason}
            </Anchor>
            <Text span size="sm">
              : review it until <Time at={reviewDueAt!} isExact />
            </Text>
          </List.Item>
        ))}
        {(named.length < data.items.length || data.nextCursor !== null) && (
          <List.Item>
            <Anchor component={Link} to="/changes?review=open" inherit underline="always">
              All that need a review
            </Anchor>
          </List.Item>
        )}
      </List>
    </Alert>
  );
}
