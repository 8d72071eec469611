import { dataOf } from '@orchestrator/client/client.js';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { SLOW_POLLING } from '../components/polling.js';

export const ACTIONS = {
  manual_switch: 'By hand',
  auto_switch: 'Automatic',
  fallback_switch: 'Fallback',
} as const;
type Action = keyof typeof ACTIONS;

/** As the api takes it; times in ISO 8601, UTC. */
export interface AuditFilter {
  conversationId?: string;
  userId?: string;
  useCase?: string;
  action?: Action;
  from?: string;
  to?: string;
}

const TEXTS = ['conversationId', 'userId', 'useCase'] as const;
const TIMES = ['from', 'to'] as const;

/** Of an address; what makes no sense there is left out. */
export function filterOf({ of }: { of(name: string): string }): AuditFilter {
  const texts = TEXTS.filter((name) => of(name) !== '').map((name) => [name, of(name)]);
  const times = TIMES.filter((name) => !Number.isNaN(Date.parse(of(name)))).map((name) => [
    name,
    new Date(of(name)).toISOString(),
  ]);
  const actions = of('action') in ACTIONS ? [['action', of('action')]] : [];
  return Object.fromEntries([...texts, ...times, ...actions]);
}

/** Everything that the filter lets through, as a file. */
export const exportAddress = (filter: AuditFilter, format: 'csv' | 'ndjson'): string =>
  `/v1/switches?${new URLSearchParams({ ...filter, format })}`;

const PAGE = 25;

/** Newest first, a page at a time. */
export const useAudit = (filter: AuditFilter) =>
  useInfiniteQuery({
    ...SLOW_POLLING,
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/v1/switches', {
          params: { query: { ...filter, limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
