import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, queries } from '../api.js';
import { RIGHTS, useAllowed } from '../session/rights.js';

export type Notification = Schemas['Notification'];

export const MAX_SHOWN = 20;
const UNREAD = ['notifications', 'unread'];
const EACH_MS = 60_000;

/** Notifications of this recipient that are not acknowledged, the newest first; one more than are shown. */
export function useUnread() {
  const mayRead = useAllowed(RIGHTS.notifications);
  return useQuery({
    queryKey: UNREAD,
    queryFn: async () => {
      const query = { unacknowledged: true, limit: MAX_SHOWN + 1 } as const;
      return (await dataOf(api.GET('/v1/notifications', { params: { query } }))).items;
    },
    enabled: mayRead,
    refetchInterval: EACH_MS,
  });
}

/** Acknowledges one after the other. */
export const useAcknowledge = () =>
  useMutation({
    mutationFn: async (ids: string[]) => {
      for (const id of ids)
        await dataOf(api.POST('/v1/notifications/{id}/ack', { params: { path: { id } } }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: UNREAD }),
  });
