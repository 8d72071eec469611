import type { Channel } from './use-channels.js';

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
