import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { useSession } from '../session/use-session.js';
import { type Switch } from '../switching/switch-list.js';
import { useMaySeeSwitches, useSwitches } from '../switching/use-switches.js';
import { type BreakerChange, useBreakerChanges } from './breakers.js';

type Notification = Schemas['Notification'];

/** Something that has happened, from wherever it is known. */
export type Activity =
  | { kind: 'switch'; id: string; at: string; item: Switch }
  | { kind: 'notification'; id: string; at: string; item: Notification }
  | { kind: 'breaker'; id: string; at: string; item: BreakerChange };

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
export function useActivityFeed() {
  const switches = useSwitches();
  // A notification of a switch says less than the switch, where that may be seen.
  const notifications = useNotifications(!useMaySeeSwitches());
  const { data: changes } = useBreakerChanges();
  const items: Activity[] = [
    ...(switches.data ?? []).map(
      (item): Activity => ({ kind: 'switch', id: item.id, at: item.timestamp, item }),
    ),
    ...(notifications.data ?? []).map(
      (item): Activity => ({ kind: 'notification', id: item.id, at: item.createdAt, item }),
    ),
    ...changes.map(
      (item): Activity => ({ kind: 'breaker', id: `${item.modelId} ${item.at}`, at: item.at, item }),
    ),
  ];
  return {
    items: items.sort((a, b) => b.at.localeCompare(a.at)),
    isLoading: switches.isLoading || notifications.isLoading,
    error: switches.error ?? notifications.error,
    refetch: () => void Promise.all([switches.refetch(), notifications.refetch()]),
  };
}
