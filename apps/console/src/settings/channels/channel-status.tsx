import { Badge } from '@mantine/core';
import type { Channel } from './use-channels.js';

const STATUSES: Record<Channel['status'], { color: string; label: string }> = {
  active: { color: 'green', label: 'Active' },
  failing: { color: 'orange', label: 'Failing' },
  disabled: { color: 'red', label: 'Disabled' },
};
export const KINDS: Record<Channel['kind'], string> = { slack: 'Slack', email: 'E-mail' };
export const URGENCIES: Record<Channel['leastUrgency'], string> = {
  info: 'All: those of info once an hour',
  warn: 'Warnings and urgent ones',
  page: 'Urgent ones only',
};
export const LANGUAGES: Record<Channel['language'], string> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
};

export function ChannelStatus({ of: { status } }: { of: Channel }) {
  const { color, label } = STATUSES[status];
  return <Badge color={color}>{label}</Badge>;
}
