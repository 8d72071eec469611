import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { useSession } from '../session/use-session.js';
import { type Switch } from '../switching/switch-list.js';
import { useMaySeeSwitches, useSwitches } from '../switching/use-switches.js';
import { type BreakerChange, useBreakerChanges } from './breakers.js';

type Notification = Schemas['Notification'];

/** Something that has happened, from wherever it is known. */
export type News =
  | { kind: 'switch'; id: string; at: string; one: Switch }
  | { kind: 'notification'; id: string; at: string; one: Notification }
  | { kind: 'breaker'; id: string; at: string; one: BreakerChange };

const OTHER_KINDS = ['lifecycle', 'validation', 'alert'] as const;

/**
 * Notifications of operators or of a user; a key that may neither read nor operate has none. Each kind is read by itself:
 * many switches would leave no place for what happened to models.
 */
function useNotifications(withSwitches: boolean) {
  const { data } = useSession();
  const hasFeed =
    data?.kind === 'user' || ['read', 'operate'].some((scope) => data?.scopes.includes(scope as 'read'));
  return useQuery({
    queryKey: ['notifications', withSwitches],
    queryFn: async () => {
      const kinds = withSwitches ? (['switch', ...OTHER_KINDS] as const) : OTHER_KINDS;
      const read = kinds.map((kind) =>
        dataOf(api.GET('/v1/notifications', { params: { query: { kind, limit: 20 } } })),
      );
      return (await Promise.all(read)).flatMap(({ items }) => items);
    },
    enabled: hasFeed,
  });
}

/** Switches, verdicts, warnings and breakers, the newest first. */
export function useNews() {
  const switches = useSwitches();
  // A notification of a switch says less than the switch, where that may be seen.
  const notifications = useNotifications(!useMaySeeSwitches());
  const { data: changes } = useBreakerChanges();
  const news: News[] = [
    ...(switches.data ?? []).map((one): News => ({ kind: 'switch', id: one.id, at: one.timestamp, one })),
    ...(notifications.data ?? []).map(
      (one): News => ({ kind: 'notification', id: one.id, at: one.createdAt, one }),
    ),
    ...changes.map((one): News => ({ kind: 'breaker', id: `${one.modelId} ${one.at}`, at: one.at, one })),
  ];
  return {
    news: news.sort((a, b) => b.at.localeCompare(a.at)),
    isLoading: switches.isLoading || notifications.isLoading,
    error: switches.error ?? notifications.error,
    refetch: () => void Promise.all([switches.refetch(), notifications.refetch()]),
  };
}
