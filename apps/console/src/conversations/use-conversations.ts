import { dataOf } from '@orchestrator/client/client.js';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '../api.js';

const inPath = (id: string) => ({ path: { id } });

export const useEffectiveModel = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ['conversation', id],
    queryFn: () => dataOf(api.GET('/v1/conversations/{id}/model', { params: inPath(id) })),
    enabled,
  });

/** Every switch that reached it, a page at a time. */
export const useHistory = (id: string) =>
  useInfiniteQuery({
    queryKey: ['history', id],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/v1/conversations/{id}/history', {
          params: { ...inPath(id), query: { limit: 20, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** Switches of conversations by themselves, the newest first, a page at a time. */
export const useConversationSwitches = (enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ['conversation-switches'],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/v1/switches', {
          params: { query: { scope: 'conversation', limit: 20, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled,
  });
