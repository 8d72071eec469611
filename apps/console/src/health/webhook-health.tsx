import { Anchor, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { formatCount } from '../components/format.js';
import { QueryState } from '../components/query-state.js';
import { Time } from '../components/time.js';
import { useMay } from '../session/use-session.js';
import { ReceiverStatus } from '../settings/receivers/receiver-state.js';
import { useOperatorFeed, useWebhooks, type Webhook } from '../settings/webhooks/use-webhooks.js';

/** Webhooks that do not deliver, or not yet everything. */
export function WebhookHealth() {
  const webhooks = useWebhooks();
  const feed = useOperatorFeed(useMay('operate', 'read'));
  const newest = feed.data?.pages[0]?.items[0]?.seq ?? 0;
  return (
    <QueryState query={webhooks}>
      {(all) => {
        const behind = all.filter(({ status, position }) => status !== 'active' || position < newest);
        if (behind.length > 0) return <Behind webhooks={behind} newest={newest} />;
        return (
          <Text size="sm" c="dimmed">
            {all.length === 0 ? 'There is no webhook.' : 'Every webhook has delivered everything.'}
          </Text>
        );
      }}
    </QueryState>
  );
}

const Behind = ({ webhooks, newest }: { webhooks: Webhook[]; newest: number }) => (
  <Table.ScrollContainer minWidth={480}>
    <Table aria-label="Webhooks that are behind">
      <Table.Thead>
        <Table.Tr>
          {['Webhook', 'Status', 'Behind by', 'Last delivery', 'Last error'].map((name) => (
            <Table.Th key={name}>{name}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {webhooks.map((webhook) => (
          <Table.Tr key={webhook.id}>
            <Table.Td>
              <Anchor component={Link} to={`/settings/webhooks/${webhook.id}`} inherit>
                {webhook.url}
              </Anchor>
            </Table.Td>
            <Table.Td>
              <ReceiverStatus of={webhook} />
            </Table.Td>
            <Table.Td>
              {newest > webhook.position ? `${formatCount(newest - webhook.position)} notifications` : '–'}
            </Table.Td>
            <Table.Td>{webhook.deliveredAt ? <Time at={webhook.deliveredAt} /> : 'None yet'}</Table.Td>
            <Table.Td>{webhook.lastError ?? '–'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
);
