import { dataOf } from '@orchestrator/client/client.js';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { READ_ONCE, SLOW_POLLING } from '../components/polling.js';

export const ACTIONS = {
  manual_switch: 'By hand',
  auto_switch: 'Automatic',
  fallback_switch: 'Fallback',
} as const;
type Action = keyof typeof ACTIONS;

export const SCOPES = { use_case: 'Use cases', conversation: 'Conversations' } as const;
type Scope = keyof typeof SCOPES;

/** Texts that the api filters by, with their names on the page. */
export const TEXTS = {
  actor: 'Actor',
  modelId: 'From or to model (id)',
  useCase: 'Use case',
  conversationId: 'Conversation',
  userId: 'User',
  reason: 'Reason contains',
  requestId: 'Request id',
} as const;
export type TextFilter = keyof typeof TEXTS;

const TIMES = ['from', 'to'] as const;

/** In the format of the api: times in ISO 8601, UTC. */
export interface AuditFilter extends Partial<Record<TextFilter, string>> {
  action?: Action;
  scope?: Scope;
  from?: string;
  to?: string;
}

/** Every filter, off. */
export const NO_FILTER: Record<keyof AuditFilter, ''> = {
  ...{ actor: '', modelId: '', useCase: '', conversationId: '', userId: '', reason: '', requestId: '' },
  ...{ action: '', scope: '', from: '', to: '' },
};

/** Reads the filter from an address, and ignores values that make no sense. */
export function filterOf({ of }: { of(name: string): string }): AuditFilter {
  const texts = Object.keys(TEXTS)
    .filter((name) => of(name) !== '')
    .map((name) => [name, of(name)]);
  const times = TIMES.filter((name) => !Number.isNaN(Date.parse(of(name)))).map((name) => [
    name,
    new Date(of(name)).toISOString(),
  ]);
  const chosen = [
    ...(of('action') in ACTIONS ? [['action', of('action')]] : []),
    ...(of('scope') in SCOPES ? [['scope', of('scope')]] : []),
  ];
  return Object.fromEntries([...texts, ...times, ...chosen]);
}

/** Address of all switches that match the filter, as a file. */
export const exportAddress = (filter: AuditFilter, format: 'csv' | 'ndjson'): string =>
  `/v1/switches?${new URLSearchParams({ ...filter, format })}`;

const PAGE = 50;

const readPage = (filter: AuditFilter, cursor: string) =>
  dataOf(
    api.GET('/v1/switches', { params: { query: { ...filter, limit: PAGE, ...(cursor && { cursor }) } } }),
  );

/**
 * Newest first, a page at a time. Only the first page is read again by itself: with many pages open that would be as many
 * requests.
 */
export const useAudit = (filter: AuditFilter) =>
  useInfiniteQuery({
    ...READ_ONCE,
    refetchInterval: ({ state: { data } }) =>
      (data?.pages.length ?? 0) > 1 ? false : SLOW_POLLING.refetchInterval,
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }: { pageParam: string }) => readPage(filter, pageParam),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
