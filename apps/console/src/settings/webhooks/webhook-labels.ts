import type { Webhook } from './use-webhooks.js';

export const FEEDS: Record<Webhook['feed'], string> = {
  users: 'Notifications of all users',
  operators: 'Notifications of operators',
};
