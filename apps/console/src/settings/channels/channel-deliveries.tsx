import { Text } from '@mantine/core';
import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useState } from 'react';
import { api } from '../../api.js';
import type { DataColumn } from '../../components/data-table.js';
import { PagedTable } from '../../components/paged-table.js';
import { Section } from '../../components/section.js';
import {
  ATTEMPT_COLUMNS,
  type AttemptState,
  AttemptStates,
  notificationColumn,
} from '../receivers/attempts.js';
import { useAttemptPages } from '../receivers/use-attempt-pages.js';

const COLUMNS: DataColumn<Omit<Schemas['ChannelAttempt'], 'id'>>[] = [
  ...ATTEMPT_COLUMNS,
  { id: 'attempt', header: 'Attempt', from: 'md', cell: ({ attempt }) => attempt },
  notificationColumn('a digest, or no longer kept'),
];

/** Attempts to deliver messages to a channel, newest first. */
export function ChannelDeliveries({ id }: { id: string }) {
  const [state, setState] = useState<AttemptState>();
  const attempts = useAttemptPages(id, state, (query) =>
    dataOf(api.GET('/v1/channels/{id}/deliveries', { params: { path: { id }, query } })),
  );
  return (
    <Section title="Deliveries" actions={<AttemptStates state={state} onChange={setState} />}>
      <PagedTable
        query={attempts}
        label="Deliveries"
        columns={COLUMNS}
        none={
          <Text c="dimmed" size="sm">
            No attempt was found. Attempts are kept for 14 days; test messages are not among them.
          </Text>
        }
      />
    </Section>
  );
}
