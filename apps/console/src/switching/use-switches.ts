import { dataOf } from '@orchestrator/client/client.js';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { useSession } from '../session/use-session.js';

const NEWEST = 20;

/** History of a conversation, with the reasons of its switches: a key needs the scope audit or switch. */
export function useMayReadHistory(): boolean {
  const { data } = useSession();
  return useMaySeeSwitches() || data?.scopes.includes('switch') === true;
}

/** A key needs the scope audit for it. */
export function useMaySeeSwitches(): boolean {
  const { data } = useSession();
  return data?.kind === 'user' || data?.scopes.includes('audit') === true;
}

/** Switches of a use case and of its conversations, a page at a time. */
export function useSwitchPages(filter: { useCase: string }) {
  const maySee = useMaySeeSwitches();
  return useInfiniteQuery({
    queryKey: ['switches', 'pages', filter],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/v1/switches', {
          params: { query: { ...filter, limit: NEWEST, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: maySee,
  });
}
