import { Anchor, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Route, Routes } from 'react-router';
import type { DataColumn } from '../../components/data-table.js';
import { Dialog } from '../../components/dialog.js';
import { EmptyState } from '../../components/query-state.js';
import { QueryTable } from '../../components/query-table.js';
import { lastDeliveryColumn, ReceiverStatus } from '../receivers/receiver-state.js';
import { ChannelDetail } from './channel-detail.js';
import { ChannelForm } from './channel-form.js';
import { KINDS, URGENCIES } from './channel-labels.js';
import type { Channel } from './channel-values.js';
import { useChannels } from './use-channels.js';

export const ChannelsSection = () => (
  <Routes>
    <Route index element={<ChannelList />} />
    <Route path=":id" element={<ChannelDetail />} />
  </Routes>
);

const COLUMNS: DataColumn<Channel>[] = [
  {
    id: 'name',
    header: 'Name',
    value: ({ name }) => name,
    cell: ({ id, name }) => (
      <Anchor component={Link} to={`/settings/channels/${id}`} inherit>
        {name}
      </Anchor>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    value: ({ status }) => status,
    cell: (channel) => (
      <>
        <ReceiverStatus of={channel} />
        {channel.lastError && (
          <Text size="xs" c="dimmed">
            {channel.lastError}
          </Text>
        )}
      </>
    ),
  },
  { id: 'kind', header: 'Kind', from: 'sm', value: ({ kind }) => kind, cell: ({ kind }) => KINDS[kind] },
  {
    id: 'urgency',
    header: 'Notifications',
    from: 'md',
    value: ({ leastUrgency }) => leastUrgency,
    cell: ({ leastUrgency }) => URGENCIES[leastUrgency],
  },
  lastDeliveryColumn,
];

function ChannelList() {
  const channels = useChannels();
  const [isCreating, create] = useDisclosure();
  return (
    <>
      <Group justify="space-between">
        <Text c="dimmed" size="sm">
          A channel sends notifications of operators to people, by Slack or e-mail.
        </Text>
        <Button onClick={create.open}>Create channel</Button>
      </Group>
      <QueryTable
        query={channels}
        label="Channels"
        columns={COLUMNS}
        none={
          <EmptyState title="No channel yet">
            Create one for the people who should know about failed models and automatic switches.
          </EmptyState>
        }
      />
      <Dialog title="Create a channel" opened={isCreating} onClose={create.close}>
        <ChannelForm of={null} onClose={create.close} />
      </Dialog>
    </>
  );
}
