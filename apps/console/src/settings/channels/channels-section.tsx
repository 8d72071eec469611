import { Anchor, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Route, Routes } from 'react-router';
import { type DataColumn, DataTable } from '../../components/data-table.js';
import { Dialog } from '../../components/dialog.js';
import { EmptyState, QueryState } from '../../components/query-state.js';
import { Time } from '../../components/time.js';
import { ChannelDetail } from './channel-detail.js';
import { ChannelStatus, KINDS, URGENCIES } from './channel-status.js';
import { CreateChannel } from './create-channel.js';
import { type Channel, useChannels } from './use-channels.js';

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
        <ChannelStatus of={channel} />
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
  {
    id: 'delivered',
    header: 'Last delivery',
    from: 'sm',
    value: ({ deliveredAt }) => (deliveredAt === null ? undefined : Date.parse(deliveredAt)),
    cell: ({ deliveredAt }) => (deliveredAt ? <Time at={deliveredAt} /> : 'None yet'),
  },
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
      <QueryState query={channels}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title="No channel yet">
              Create one for the people who should know about failed models and automatic switches.
            </EmptyState>
          ) : (
            <DataTable label="Channels" rows={rows} columns={COLUMNS} rowId={({ id }) => id} />
          )
        }
      </QueryState>
      <Dialog title="Create a channel" opened={isCreating} onClose={create.close}>
        <CreateChannel onClose={create.close} />
      </Dialog>
    </>
  );
}
