import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, queries } from '../api.js';
import { useSession } from '../session/use-session.js';
import type { Switch } from '../switching/switch-list.js';

const inPath = (id: string) => ({ path: { id } });

export const useSwitchById = (id: string) =>
  useQuery({
    queryKey: ['switch', id],
    queryFn: () => dataOf(api.GET('/v1/switches/{id}', { params: inPath(id) })),
  });

/** Takes the scope back to the model before, if nobody has switched it since. */
export const useUndo = (id: string) =>
  useMutation({
    mutationFn: (reason: string): Promise<Schemas['UndoneSwitch']> =>
      dataOf(
        api.POST('/v1/switches/{id}/undo', {
          params: inPath(id),
          body: reason === '' ? {} : { reason },
        }),
      ),
    onSettled: () => queries.invalidateQueries(),
  });

/** True if the session may switch the scope of this switch. */
export function useMayUndo({ scope }: Switch): boolean {
  const { data } = useSession();
  const needed = scope === 'use_case' ? 'operate' : 'switch';
  return data?.scopes.includes(needed) === true || (data?.kind === 'user' && scope === 'conversation');
}

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
