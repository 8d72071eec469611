import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { useBreakerChanges } from '../live/breakers.js';
import { NOW_AND_THEN_MS } from '../models/use-models.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import { type Activity, merge, type Source, sourcesBehind } from './activity.js';

/** Kinds of activity that the reader can choose. */
export const SHOWN = {
  switches: 'Switches',
  fallbacks: 'Fallbacks',
  breakers: 'Breakers',
  verdicts: 'Verdicts',
  warnings: 'Warnings',
  changes: 'Changes',
  deliveries: 'Deliveries',
} as const;
export type Shown = keyof typeof SHOWN;

type Kind = Schemas['Notification']['kind'];
interface ListPage<Item> {
  items: Item[];
  nextCursor: string | null;
}

const PAGE_SIZE = 50;
/** No notification says that a delivery failed. */
const DELIVERIES = 'deliveries';
/** The actor of verdicts of sweeps, which are in the stream as notifications. */
const SWEEPS = 'system:validation';

/** A list of the api by pages; switched off where the session may not read it or nobody wants it. */
function useSource<Item>(
  key: readonly string[],
  isWanted: boolean,
  read: (cursor: string | undefined) => Promise<ListPage<Item>>,
  toActivity: (item: Item) => Activity,
) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }: ListPage<Item>) => nextCursor ?? undefined,
    enabled: isWanted,
    refetchInterval: key[0] === DELIVERIES ? NOW_AND_THEN_MS : false,
    select: ({ pages }: InfiniteData<ListPage<Item>>) =>
      pages.flatMap(({ items }) => items).map((item) => toActivity(item)),
  });
  const source: Source & { fetchOlder: () => void } = {
    items: isWanted ? (query.data ?? []) : [],
    hasMore: isWanted && query.hasNextPage,
    fetchOlder: () => void query.fetchNextPage(),
  };
  return { query, source };
}

const byKind = (kind: Kind) => (cursor: string | undefined) =>
  dataOf(
    api.GET('/v1/notifications', {
      params: { query: { kind, limit: PAGE_SIZE, ...(cursor && { cursor: Number(cursor) }) } },
    }),
  );
const fromNotification = (item: Schemas['Notification']): Activity => ({
  kind: 'notification',
  at: item.createdAt,
  item,
});

function useSwitchSource(wants: (kind: Shown) => boolean) {
  const maySee = useAllowed(RIGHTS.switches);
  const isWanted = wants('switches') || wants('fallbacks');
  const action = wants('switches') ? undefined : ('fallback_switch' as const);
  const switches = useSource(
    ['switches', 'stream', action ?? 'all'],
    maySee && isWanted,
    (cursor) => dataOf(api.GET('/v1/switches', { params: { query: { limit: PAGE_SIZE, action, cursor } } })),
    (item) => ({ kind: 'switch', at: item.timestamp, item }),
  );
  // A notification of a switch says less than the switch, where that may be read.
  const mayNotified = useAllowed(RIGHTS.notifications);
  const notified = useSource(
    ['notifications', 'stream', 'switch'],
    !maySee && mayNotified && wants('switches'),
    byKind('switch'),
    fromNotification,
  );
  return [switches, notified];
}

/** Deliveries that failed, and those that recovered; the others are many, and need nobody. */
function useDeliverySources(isWanted: boolean) {
  const mayRead = useAllowed(RIGHTS.webhooks);
  const ofState = (state: 'failed' | 'recovered') =>
    [
      [DELIVERIES, 'stream', state],
      mayRead && isWanted,
      (cursor: string | undefined) =>
        dataOf(
          api.GET('/v1/webhook-deliveries', {
            params: { query: { limit: PAGE_SIZE, state, ...(cursor && { cursor: Number(cursor) }) } },
          }),
        ),
      (item: Schemas['DeliveryAttempt']): Activity => ({ kind: 'delivery', at: item.attemptedAt, item }),
    ] as const;
  return [useSource(...ofState('failed')), useSource(...ofState('recovered'))];
}

/** Everything that happened, merged from its sources, the newest first. */
export function useActivity(shown: readonly Shown[]) {
  const wants = (kind: Shown) => shown.length === 0 || shown.includes(kind);
  const mayNotified = useAllowed(RIGHTS.notifications);
  const mayChanges = useAllowed(RIGHTS.changes);
  const ofKind = (kind: Kind, isWanted: boolean) =>
    [['notifications', 'stream', kind], mayNotified && isWanted, byKind(kind), fromNotification] as const;
  const sources = [
    ...useSwitchSource(wants),
    useSource(...ofKind('validation', wants('verdicts'))),
    useSource(...ofKind('lifecycle', wants('warnings'))),
    useSource(...ofKind('alert', wants('warnings'))),
    useSource(...ofKind('change', wants('changes'))),
    useSource(
      ['changes', 'stream'],
      mayChanges && wants('changes'),
      (cursor) =>
        dataOf(
          api.GET('/v1/catalogue/changes', {
            params: { query: { limit: PAGE_SIZE, ...(cursor && { cursor: Number(cursor) }) } },
          }),
        ),
      (item): Activity => ({ kind: 'change', at: item.changedAt, item }),
    ),
    ...useDeliverySources(wants('deliveries')),
  ];
  const { data: breakers } = useBreakerChanges();
  const ofBreakers = wants('breakers')
    ? breakers.map((item): Activity => ({ kind: 'breaker', at: item.at, item }))
    : [];
  const loaded = sources.map(({ source }) => source);
  const behind = sourcesBehind(loaded);
  return {
    rows: merge([...loaded, { items: ofBreakers, hasMore: false }]).filter(
      ({ newest }) => newest.kind !== 'change' || newest.item.actor !== SWEEPS,
    ),
    isLoading: sources.some(({ query }) => query.isLoading),
    isLoadingOlder: sources.some(({ query }) => query.isFetchingNextPage),
    error: sources.find(({ query }) => query.error)?.query.error ?? null,
    refetch: () => {
      for (const { query } of sources) if (query.isError) void query.refetch();
    },
    /** Undefined: everything is loaded. */
    fetchOlder: behind.length === 0 ? undefined : () => fetchAll(behind),
  };
}

function fetchAll(sources: { fetchOlder: () => void }[]): void {
  for (const { fetchOlder } of sources) fetchOlder();
}
