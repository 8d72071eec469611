import type { Channel } from './channel-values.js';

export const KINDS: Record<Channel['kind'], string> = { slack: 'Slack', email: 'E-mail' };
export const NOTIFICATIONS: Record<NonNullable<Channel['kinds']>[number], string> = {
  switch: 'Switches',
  lifecycle: 'Lifecycle of models',
  validation: 'Validation of models',
  alert: 'Alerts',
  change: 'Change requests',
};
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
