import { Anchor, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Route, Routes } from 'react-router';
import { type DataColumn, DataTable } from '../../components/data-table.js';
import { Dialog } from '../../components/dialog.js';
import { EmptyState, QueryState } from '../../components/query-state.js';
import { Time } from '../../components/time.js';
import { CreateWebhook } from './create-webhook.js';
import { useWebhooks, type Webhook } from './use-webhooks.js';
import { WebhookDetail } from './webhook-detail.js';
import { FEEDS, WebhookStatus } from './webhook-status.js';

export const WebhooksSection = () => (
  <Routes>
    <Route index element={<WebhookList />} />
    <Route path=":id" element={<WebhookDetail />} />
  </Routes>
);

const COLUMNS: DataColumn<Webhook>[] = [
  {
    id: 'url',
    header: 'URL',
    value: ({ url }) => url,
    cell: ({ id, url }) => (
      <Anchor component={Link} to={`/settings/webhooks/${id}`} inherit>
        {url}
      </Anchor>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    value: ({ status }) => status,
    cell: (webhook) => <WebhookStatus of={webhook} />,
  },
  { id: 'feed', header: 'Feed', from: 'sm', value: ({ feed }) => feed, cell: ({ feed }) => FEEDS[feed] },
  {
    id: 'delivered',
    header: 'Last delivery',
    from: 'sm',
    value: ({ deliveredAt }) => (deliveredAt === null ? undefined : Date.parse(deliveredAt)),
    cell: ({ deliveredAt }) => (deliveredAt ? <Time at={deliveredAt} /> : 'None yet'),
  },
  {
    id: 'failures',
    header: 'Failed attempts',
    from: 'md',
    value: ({ failures }) => failures,
    cell: ({ failures, lastError }) => (
      <>
        {failures}
        {lastError && (
          <Text size="xs" c="dimmed">
            {lastError}
          </Text>
        )}
      </>
    ),
  },
  { id: 'owner', header: 'Key', from: 'lg', value: ({ owner }) => owner, cell: ({ owner }) => owner },
];

function WebhookList() {
  const webhooks = useWebhooks();
  const [isCreating, create] = useDisclosure();
  return (
    <>
      <Group justify="space-between">
        <Text c="dimmed" size="sm">
          A webhook sends each new notification to a URL, signed and in order.
        </Text>
        <Button onClick={create.open}>Create webhook</Button>
      </Group>
      <QueryState query={webhooks}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title="No webhook yet">
              Create one for a back end that pushes notifications to phones, or for a chat of operators.
            </EmptyState>
          ) : (
            <DataTable label="Webhooks" rows={rows} columns={COLUMNS} rowId={({ id }) => id} />
          )
        }
      </QueryState>
      <Dialog title="Create a webhook" opened={isCreating} onClose={create.close}>
        <CreateWebhook onClose={create.close} />
      </Dialog>
    </>
  );
}
