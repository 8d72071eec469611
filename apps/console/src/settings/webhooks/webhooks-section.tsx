import { Anchor, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Route, Routes } from 'react-router';
import type { DataColumn } from '../../components/data-table.js';
import { Dialog } from '../../components/dialog.js';
import { EmptyState } from '../../components/query-state.js';
import { QueryTable } from '../../components/query-table.js';
import { lastDeliveryColumn, ReceiverStatus } from '../receivers/receiver-state.js';
import { CreateWebhook } from './create-webhook.js';
import { useWebhooks, type Webhook } from './use-webhooks.js';
import { WebhookDetail } from './webhook-detail.js';
import { FEEDS } from './webhook-labels.js';

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
    cell: (webhook) => <ReceiverStatus of={webhook} />,
  },
  { id: 'feed', header: 'Feed', from: 'sm', value: ({ feed }) => feed, cell: ({ feed }) => FEEDS[feed] },
  lastDeliveryColumn,
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
      <QueryTable
        query={webhooks}
        label="Webhooks"
        columns={COLUMNS}
        none={
          <EmptyState title="No webhook yet">
            Create one for a back end that pushes notifications to phones, or for a chat of operators.
          </EmptyState>
        }
      />
      <Dialog title="Create a webhook" opened={isCreating} onClose={create.close}>
        <CreateWebhook onClose={create.close} />
      </Dialog>
    </>
  );
}
