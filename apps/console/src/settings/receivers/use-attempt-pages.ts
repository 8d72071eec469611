import { useInfiniteQuery } from '@tanstack/react-query';
import type { AttemptState } from './attempts.js';

/** First part of the keys of lists of attempts. */
export const ATTEMPTS = 'delivery-attempts';
const PAGE = 25;
/** No notification says that something was delivered. */
const READ_AGAIN_MS = 5_000;

interface Query {
  limit: number;
  state: AttemptState | undefined;
  cursor?: number;
}

/**
 * Reads the attempts to deliver to a receiver, a page at a time. Their `id` is that of a row; the number of the api is
 * `attemptId`.
 */
export const useAttemptPages = <Item extends { id: number }>(
  receiverId: string,
  state: AttemptState | undefined,
  read: (query: Query) => Promise<{ items: Item[]; nextCursor: string | null }>,
) =>
  useInfiniteQuery({
    queryKey: [ATTEMPTS, receiverId, state ?? 'all'],
    queryFn: async ({ pageParam }) => {
      const { items, nextCursor } = await read({
        limit: PAGE,
        state,
        ...(pageParam && { cursor: Number(pageParam) }),
      });
      return {
        items: items.map((item) => ({ ...item, id: String(item.id), attemptId: item.id })),
        nextCursor,
      };
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: READ_AGAIN_MS,
  });
