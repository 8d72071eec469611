import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { NOW_AND_THEN_MS } from '../models/use-models.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import type { Period } from './calendar-period.js';

export type UseCaseWindows = Schemas['ChangeWindowsPage']['items'][number];

const PAGE = 10;

/**
 * Openings of the windows of reviewed use cases, by name, a page at a time.
 * @param name of the period, which has the same name while its begin moves on
 * @param periodNow undefined: the next 14 days
 */
export function useChangeWindows(name: string, periodNow: () => Period | undefined) {
  const mayRead = useAllowed(RIGHTS.changeRequests);
  return useInfiniteQuery({
    queryKey: ['change-windows', name],
    queryFn: ({ pageParam: cursor }: { pageParam: string }) => {
      const query = { limit: PAGE, ...periodNow(), ...(cursor && { cursor }) };
      return dataOf(api.GET('/v1/change-windows', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: mayRead,
    refetchInterval: NOW_AND_THEN_MS,
  });
}
