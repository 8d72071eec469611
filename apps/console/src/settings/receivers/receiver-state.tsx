import { Badge } from '@mantine/core';
import type { Schemas } from '@orchestrator/client/client.js';
import type { DataColumn } from '../../components/data-table.js';
import { Time } from '../../components/time.js';

/** Webhook or channel, as far as its delivery goes. */
type Receiver = Pick<
  Schemas['Webhook'],
  | 'status'
  | 'position'
  | 'createdAt'
  | 'deliveredAt'
  | 'failures'
  | 'failingSince'
  | 'lastError'
  | 'nextAttemptAt'
>;

const STATUSES: Record<Receiver['status'], { color: string; label: string }> = {
  active: { color: 'green', label: 'Active' },
  failing: { color: 'orange', label: 'Failing' },
  waiting: { color: 'yellow', label: 'Waiting for a key' },
  disabled: { color: 'red', label: 'Disabled' },
};

export function ReceiverStatus({ of: { status } }: { of: Pick<Receiver, 'status'> }) {
  const { color, label } = STATUSES[status];
  return <Badge color={color}>{label}</Badge>;
}

const lastDelivery = ({ deliveredAt }: Pick<Receiver, 'deliveredAt'>) =>
  deliveredAt ? <Time at={deliveredAt} /> : 'None yet';

export const lastDeliveryColumn: DataColumn<Pick<Receiver, 'deliveredAt'>> = {
  id: 'delivered',
  header: 'Last delivery',
  from: 'sm',
  value: ({ deliveredAt }) => (deliveredAt === null ? undefined : Date.parse(deliveredAt)),
  cell: lastDelivery,
};

/** Facts of a description list: where the delivery stands. */
export const deliveryFacts = (of: Receiver) => ({
  'Last delivery': lastDelivery(of),
  'Delivered up to': `seq ${of.position}`,
  Created: <Time at={of.createdAt} />,
  ...(of.failures > 0 && {
    'Failed attempts': of.failures,
    'Failing since': of.failingSince && <Time at={of.failingSince} />,
    'Last error': of.lastError,
    'Next attempt': of.nextAttemptAt ? <Time at={of.nextAttemptAt} /> : 'None: it is disabled',
  }),
});
