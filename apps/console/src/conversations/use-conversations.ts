import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { READ_ONCE } from '../components/polling.js';

export type Conversation = Schemas['Conversation'];

export interface ConversationsFilter {
  userId?: string;
  useCase?: string;
  modelId?: string;
  pinned?: boolean;
}

const inPath = (id: string) => ({ path: { id } });
const PAGE = 50;

const readPage = (filter: ConversationsFilter, cursor: string) =>
  dataOf(
    api.GET('/v1/conversations', {
      params: { query: { ...filter, limit: PAGE, ...(cursor && { cursor }) } },
    }),
  );

/** A page at a time, by id. */
export const useConversations = (filter: ConversationsFilter) =>
  useInfiniteQuery({
    queryKey: ['conversations', filter],
    queryFn: ({ pageParam }: { pageParam: string }) => readPage(filter, pageParam),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    ...READ_ONCE,
  });

/** Reads the effective model of a conversation, also of one that does not exist yet. */
export const useEffectiveModel = (id: string) =>
  useQuery({
    queryKey: ['conversation', id],
    queryFn: () => dataOf(api.GET('/v1/conversations/{id}/model', { params: inPath(id) })),
  });

/** A conversation that exists, and why it has its model. */
export const useConversation = (id: string, isKnown: boolean) =>
  useQuery({
    queryKey: ['conversation', id, 'explained'],
    queryFn: () => dataOf(api.GET('/v1/conversations/{id}', { params: inPath(id) })),
    enabled: isKnown,
  });

/** Every switch that reached it, a page at a time. */
export const useHistory = (id: string, isEnabled: boolean) =>
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
    enabled: isEnabled,
  });

const NOTICES = 100;

/** Notifications that its owner got about it, among the newest; of a service for a user that needs act-as. */
export const useNotices = (conversationId: string, userId: string | undefined, isUser: boolean) =>
  useQuery({
    queryKey: ['notices', conversationId, userId],
    queryFn: async () => {
      const query = { kind: 'switch' as const, limit: NOTICES, includeSilent: true };
      const { items } = await dataOf(
        api.GET('/v1/notifications', { params: { query: isUser ? query : { ...query, userId } } }),
      );
      return items.filter((item) => item.conversationId === conversationId);
    },
    enabled: userId !== undefined,
  });
