import { Badge } from '@mantine/core';
import type { Webhook } from './use-webhooks.js';

const STATUSES: Record<Webhook['status'], { color: string; label: string }> = {
  active: { color: 'green', label: 'Active' },
  failing: { color: 'orange', label: 'Failing' },
  waiting: { color: 'yellow', label: 'Waiting for a key' },
  disabled: { color: 'red', label: 'Disabled' },
};
export const FEEDS: Record<Webhook['feed'], string> = {
  users: 'Notifications of all users',
  operators: 'Notifications of operators',
};

export function WebhookStatus({ of: { status } }: { of: Webhook }) {
  const { color, label } = STATUSES[status];
  return <Badge color={color}>{label}</Badge>;
}
