import { dataOf } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { useSession } from '../session/use-session.js';
import type { Switch } from '../switching/switch-list.js';

const inPath = (id: string) => ({ path: { id } });

export const useSwitchById = (id: string) =>
  useQuery({
    queryKey: ['switch', id],
    queryFn: () => dataOf(api.GET('/v1/switches/{id}', { params: inPath(id) })),
  });

const NEWEST = 100;

/** The notification of a switch, if it is among the newest ones that this session may read. */
export function useNoticeOf({ id, scope, userId }: Switch) {
  const { data: session } = useSession();
  const isUser = session?.kind === 'user';
  const mayActAs = session?.scopes.includes('act-as') === true;
  const isOperator = session?.scopes.some((one) => one === 'read' || one === 'operate') === true;
  const ofOwner = scope === 'conversation' && mayActAs && !isUser;
  return useQuery({
    queryKey: ['notice-of', id],
    queryFn: async () => {
      const query = { kind: 'switch' as const, limit: NEWEST, includeSilent: true };
      const { items } = await dataOf(
        api.GET('/v1/notifications', { params: { query: ofOwner ? { ...query, userId } : query } }),
      );
      return items.find(({ switchId }) => switchId === id) ?? null;
    },
    enabled: isUser || ofOwner || (scope === 'use_case' && isOperator),
  });
}
