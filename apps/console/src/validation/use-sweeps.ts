import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { SLOW_POLLING } from '../components/polling.js';

export type Check = Schemas['Validation'];

const PAGE = 100;

/** Results of sweeps, newest first, a page at a time; of one model or of all. */
export const useSweeps = (modelId: string) =>
  useInfiniteQuery({
    ...SLOW_POLLING,
    queryKey: ['sweeps', modelId],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/v1/validations', {
          params: {
            query: {
              limit: PAGE,
              ...(modelId && { modelId }),
              ...(pageParam && { cursor: Number(pageParam) }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** Those of each model, the newest first. */
export function byModel(checks: Check[]): Map<string, Check[]> {
  const found = new Map<string, Check[]>();
  for (const check of checks) {
    const those = found.get(check.modelId);
    if (those) those.push(check);
    else found.set(check.modelId, [check]);
  }
  return found;
}
