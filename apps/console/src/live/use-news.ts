import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { useSession } from '../session/use-session.js';
import { type Switch } from '../switching/switch-list.js';
import { useSwitches } from '../switching/use-switches.js';
import { type BreakerChange, useBreakerChanges } from './breakers.js';

type Notification = Schemas['Notification'];

/** Something that has happened, from wherever it is known. */
export type News =
  | { kind: 'switch'; id: string; at: string; one: Switch }
  | { kind: 'notification'; id: string; at: string; one: Notification }
  | { kind: 'breaker'; id: string; at: string; one: BreakerChange };

/** What operators or a user were told. A key that may neither read nor operate is told nothing. */
function useNotifications() {
  const { data } = useSession();
  const hasFeed =
    data?.kind === 'user' || ['read', 'operate'].some((scope) => data?.scopes.includes(scope as 'read'));
  return useQuery({
    queryKey: ['notifications'],
    queryFn: async () =>
      (await dataOf(api.GET('/v1/notifications', { params: { query: { limit: 30 } } }))).items,
    enabled: hasFeed,
  });
}

/** Switches, verdicts, warnings and breakers, the newest first. */
export function useNews() {
  const switches = useSwitches();
  const notifications = useNotifications();
  const { data: changes } = useBreakerChanges();
  const known = new Set(switches.data?.map(({ id }) => id));
  const news: News[] = [
    ...(switches.data ?? []).map((one): News => ({ kind: 'switch', id: one.id, at: one.timestamp, one })),
    // What is told of a switch is the switch, where that may be seen.
    ...(notifications.data ?? [])
      .filter(({ switchId }) => switchId === null || (!known.has(switchId) && !switches.data))
      .map((one): News => ({ kind: 'notification', id: one.id, at: one.createdAt, one })),
    ...changes.map((one): News => ({ kind: 'breaker', id: `${one.modelId} ${one.at}`, at: one.at, one })),
  ];
  return {
    news: news.sort((a, b) => b.at.localeCompare(a.at)),
    isLoading: switches.isLoading || notifications.isLoading,
    error: switches.error ?? notifications.error,
    refetch: () => void Promise.all([switches.refetch(), notifications.refetch()]),
  };
}
