import { MODELS, type Size, USE_CASES } from '../dataset/distribution.js';
import { anybody, busy, type Page, timeAgo, to } from './page.js';

const list = (query: (n: number) => Record<string, string | number | undefined>) => (n: number) =>
  to('/v1/switches', query(n));
const useCase = (n: number) => USE_CASES[n % USE_CASES.length]!;
const ACTIONS = ['manual_switch', 'auto_switch', 'fallback_switch'];
const action = (n: number) => ACTIONS[n % ACTIONS.length]!;

/** Lists of switches, as auditors, operators and users filter them. */
export function switchPages(size: Size): Page[] {
  const some = anybody(size);
  const filters: [string, (n: number) => Record<string, string>][] = [
    ['of a user', (n) => ({ userId: some.user(n) })],
    ['of the busiest user', () => ({ userId: busy.user(0) })],
    ['of a conversation', (n) => ({ conversationId: some.conversation(n) })],
    ['of the busiest conversation', () => ({ conversationId: busy.conversation(0) })],
    ['of a use case', (n) => ({ useCase: useCase(n) })],
    ['by action', (n) => ({ action: action(n) })],
    ['of a use case by action', (n) => ({ useCase: useCase(n), action: action(n >> 2) })],
    ['of a user by action', (n) => ({ userId: some.user(n), action: action(n) })],
    ['of the busiest user by action', (n) => ({ userId: busy.user(0), action: action(n) })],
    [
      'of the busiest conversation by action',
      (n) => ({ conversationId: busy.conversation(0), action: action(n) }),
    ],
    ['of a user in a use case', (n) => ({ userId: some.user(n), useCase: useCase(n) })],
  ];
  const nothing: [string, Record<string, string>][] = [
    ['of a user without any', { userId: 'nobody' }],
    ['of a conversation without any', { conversationId: 'conv-nobody' }],
    ['of a use case without any', { useCase: 'research' }],
    ['of times to come', { from: timeAgo(-1) }],
    ['of times before all', { to: timeAgo(400) }],
  ];
  return [
    { what: 'all', path: list((n) => ({ limit: 50 + (n % 50) })) },
    { what: 'all, from half a year ago on', path: list((n) => ({ to: timeAgo(100 + 10 * n) })), next: true },
    ...filters.map(([what, query]) => ({ what, path: list(query) })),
    ...filters.map(([what, query]) => ({
      what: `${what}, a page in the middle`,
      path: list((n) => ({ ...query(n), to: timeAgo(150 + n) })),
      next: true as const,
    })),
    {
      what: 'between two times',
      path: list((n) => ({ from: timeAgo(60 + 10 * n), to: timeAgo(30 + 10 * n) })),
    },
    {
      what: 'of the busiest user between two times',
      path: list((n) => ({ userId: busy.user(0), from: timeAgo(60 + 10 * n), to: timeAgo(30 + 10 * n) })),
    },
    ...nothing.map(([what, query]) => ({ what, path: list(() => query) })),
    { what: 'all as CSV, its first rows', path: list(() => ({ format: 'csv' })), file: true },
    {
      what: 'of the busiest user as lines, their first',
      path: list(() => ({ format: 'ndjson', userId: busy.user(0) })),
      file: true,
    },
  ];
}

/** Switches that reached a conversation. */
export function historyPages(size: Size): Page[] {
  const history = (id: string) => `/v1/conversations/${id}/history`;
  const some = anybody(size);
  return [
    { what: 'of a conversation', path: (n) => history(some.conversation(n)) },
    { what: 'of the busiest conversation', path: () => history(busy.conversation(0)) },
    {
      what: 'of the busiest conversation, the page after',
      path: (n) => to(history(busy.conversation(0)), { limit: 1 + n }),
      next: true,
    },
  ];
}

/** Notifications of users and operators. */
export function notificationPages(size: Size): Page[] {
  const list = (query: (n: number) => Record<string, string | number>) => (n: number) =>
    to('/v1/notifications', query(n));
  const some = anybody(size);
  const each = ([who, user]: [string, (n: number) => string]): Page[] => [
    { what: `of ${who}`, path: list((n) => ({ userId: user(n) })) },
    { what: `of ${who}, unread`, path: list((n) => ({ userId: user(n), unacknowledged: 'true' })) },
    { what: `of ${who}, silent ones too`, path: list((n) => ({ userId: user(n), includeSilent: 'true' })) },
    {
      what: `of ${who}, the older half`,
      path: list((n) => ({ userId: user(n), cursor: Math.floor(size.rows / 2) + n })),
    },
    { what: `of ${who}, alerts only`, path: list((n) => ({ userId: user(n), kind: 'alert' })) },
  ];
  return [
    ...each(['a user', some.user]),
    ...each(['the busiest user', busy.user]),
    { what: 'of a user without any', path: list(() => ({ userId: 'nobody' })) },
    { what: 'of operators', path: list((n) => ({ limit: 50 + (n % 50) })) },
    { what: 'of operators, unread', path: list(() => ({ unacknowledged: 'true' })) },
    { what: 'of operators, alerts only', path: list(() => ({ kind: 'alert' })) },
    { what: 'of operators, the older half', path: list((n) => ({ cursor: Math.floor(size.rows / 2) + n })) },
  ];
}

/** Other pages of auditors and operators. */
export function otherPages(size: Size): Page[] {
  const models = Object.values(MODELS).flat();
  return [
    {
      what: 'checkpoints of the audit chain',
      path: (n) => to('/v1/audit/checkpoints', { limit: 50 + (n % 50) }),
    },
    {
      what: 'checkpoints, in the middle',
      path: (n) => to('/v1/audit/checkpoints', { cursor: Math.floor(size.rows / 2) - n }),
    },
    { what: 'validations', path: (n) => to('/v1/validations', { limit: 50 + (n % 50) }) },
    {
      what: 'validations of a model',
      path: (n) => to('/v1/validations', { modelId: models[n % models.length] }),
    },
    { what: 'validations of no model', path: () => to('/v1/validations', { modelId: 'nothing' }) },
    { what: 'lifecycle', path: () => '/v1/lifecycle' },
    {
      what: 'what runs on a model',
      path: (n) => `/v1/models/${encodeURIComponent(models[n % models.length]!)}/use`,
    },
    { what: 'changes of the catalogue', path: (n) => to('/v1/catalogue/changes', { limit: 50 + (n % 50) }) },
    { what: 'changes of assistants', path: () => to('/v1/catalogue/changes', { entity: 'assistant' }) },
    {
      what: 'changes of a use case',
      path: () => to('/v1/catalogue/changes', { entity: 'use_case', entityId: 'clinical' }),
    },
    {
      what: 'changes of a use case without any',
      path: () => to('/v1/catalogue/changes', { entity: 'use_case', entityId: 'nothing' }),
    },
    {
      what: 'changes, the page after',
      path: (n) => to('/v1/catalogue/changes', { limit: 1 + n }),
      next: true,
    },
    { what: 'outbox', path: () => '/v1/outbox' },
    { what: 'outbox, the page after', path: (n) => to('/v1/outbox', { limit: 1 + n }), next: true },
    { what: 'keys', path: () => '/v1/keys' },
    { what: 'keys, the page after', path: (n) => to('/v1/keys', { limit: 1 + n }), next: true },
    { what: 'erasures', path: () => '/v1/erasures' },
    { what: 'erasures, the page after', path: (n) => to('/v1/erasures', { limit: 1 + n }), next: true },
    {
      what: 'what is stored of a user, first rows',
      path: (n) => `/v1/users/${anybody(size).user(n)}/export`,
      file: true,
    },
    {
      what: 'what is stored of the busiest user, first rows',
      path: () => `/v1/users/${busy.user(0)}/export`,
      file: true,
    },
  ];
}
