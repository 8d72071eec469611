import { dataOf } from '@orchestrator/client/client.js';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../api.js';
import { useMay } from '../session/use-session.js';
import { type Change, merged, nextToRead, type Read } from './merge-changes.js';

export const ENTITIES = {
  model: 'Model',
  use_case: 'Use case',
  candidate: 'Candidate',
  assistant: 'Assistant',
  service_key: 'Key',
  webhook: 'Webhook',
  channel: 'Channel',
  budget: 'Budget',
} as const;
export type Entity = keyof typeof ENTITIES;

export interface ChangesFilter {
  entity: Entity | undefined;
  actor: string;
  /** Also the results that sweeps record in models. */
  withSweeps: boolean;
}

const PAGE = 100;

interface Page {
  items: Change[];
  next: number | null;
}

const cursorOf = (page: { nextCursor: string | null }) => (page.nextCursor ? Number(page.nextCursor) : null);

async function catalogueChanges({ entity, actor, withSweeps }: ChangesFilter, cursor: number): Promise<Page> {
  const isOne =
    entity === 'model' || entity === 'use_case' || entity === 'candidate' || entity === 'assistant';
  const query = {
    ...{ limit: PAGE, includeSystem: withSweeps },
    ...(cursor > 0 && { cursor }),
    ...(isOne && { entity }),
    ...(actor && { actor }),
  };
  const page = await dataOf(api.GET('/v1/catalogue/changes', { params: { query } }));
  const items = page.items.map(({ changedAt, ...change }) => ({
    ...change,
    at: changedAt,
    id: `catalogue-${change.id}`,
  }));
  return { items, next: cursorOf(page) };
}

async function accessChanges({ entity, actor }: ChangesFilter, cursor: number): Promise<Page> {
  const isOne = entity === 'service_key' || entity === 'webhook' || entity === 'channel';
  const query = {
    ...{ limit: PAGE },
    ...(cursor > 0 && { cursor }),
    ...(isOne && { entity }),
    ...(actor && { actor }),
  };
  const page = await dataOf(api.GET('/v1/access-changes', { params: { query } }));
  const items = page.items.map(({ changedAt, ...change }) => ({
    ...{ ...change, requestId: null },
    at: changedAt,
    id: `access-${change.id}`,
  }));
  return { items, next: cursorOf(page) };
}

async function budgetChanges(_filter: ChangesFilter, cursor: number): Promise<Page> {
  const query = { limit: PAGE, ...(cursor > 0 && { cursor }) };
  const page = await dataOf(api.GET('/v1/budgets/changes', { params: { query } }));
  const items = page.items.map(({ changedAt, budgetId, ...change }) => ({
    ...{ ...change, entity: 'budget', entityId: budgetId, requestId: null },
    at: changedAt,
    id: `budget-${change.id}`,
  }));
  return { items, next: cursorOf(page) };
}

type Reader = typeof catalogueChanges;

const useList = (name: string, read: Reader, filter: ChangesFilter, isEnabled: boolean) =>
  useInfiniteQuery({
    queryKey: ['changes', name, filter],
    queryFn: ({ pageParam }) => read(filter, pageParam),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    enabled: isEnabled,
    staleTime: 'static',
    gcTime: 0,
  });

const ACCESS: readonly (Entity | undefined)[] = [undefined, 'service_key', 'webhook', 'channel'];
const BUDGETS: readonly (Entity | undefined)[] = [undefined, 'budget'];
const CATALOGUE: readonly (Entity | undefined)[] = [
  ...[undefined, 'model' as const, 'use_case' as const],
  ...['candidate' as const, 'assistant' as const],
];

/** Changes of the catalogue, of keys, of webhooks, of channels and of budgets in one list, newest first. */
export function useChanges(filter: ChangesFilter) {
  const mayReadAccess = useMay('admin', 'audit');
  const { entity, actor, withSweeps } = filter;
  const isRead = { catalogue: CATALOGUE, access: ACCESS, budgets: BUDGETS };
  const all = [
    useList('catalogue', catalogueChanges, filter, isRead.catalogue.includes(entity)),
    useList('access', accessChanges, filter, mayReadAccess && isRead.access.includes(entity)),
    useList('budgets', budgetChanges, filter, isRead.budgets.includes(entity)),
  ].filter(({ isEnabled }) => isEnabled);
  const lists: Read[] = all.map(({ data, hasNextPage }) => ({
    items: data?.pages.flatMap(({ items }) => items) ?? [],
    hasMore: hasNextPage,
  }));
  const next = nextToRead(lists);
  // The api has no budgets of an actor.
  const isKept = (change: Change) => actor === '' || change.actor === actor;
  const times = all.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  // The times of the answers replace the lists, which are new in every render.
  const changes = useMemo(() => merged(lists).filter(isKept), [times, entity, actor, withSweeps]);
  return {
    changes,
    lacksAccess: !mayReadAccess && isRead.access.includes(entity),
    readCount: lists.reduce((sum, { items }) => sum + items.length, 0),
    isLoading: all.some(({ isPending }) => isPending),
    isLoadingMore: all.some(({ isFetchingNextPage }) => isFetchingNextPage),
    error: all.find(({ error }) => error)?.error ?? null,
    refetch: () => void Promise.all(all.map((one) => one.refetch())),
    readMore: next === undefined ? undefined : () => void all[next]!.fetchNextPage(),
  };
}
