import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { api, queries } from '../../api.js';
import { NOW_AND_THEN_MS } from '../../models/use-models.js';

export type Webhook = Schemas['Webhook'];
export type Feed = Webhook['feed'];
const WEBHOOKS = ['webhooks'];
/** No notification says that something was delivered. */
const POSITION_MS = 5_000;

export const useWebhooks = () =>
  useQuery({
    queryKey: WEBHOOKS,
    queryFn: async () => (await dataOf(api.GET('/v1/webhooks'))).items,
    refetchInterval: NOW_AND_THEN_MS,
  });

export const useWebhook = (id: string) =>
  useQuery({
    queryKey: [...WEBHOOKS, id],
    queryFn: () => dataOf(api.GET('/v1/webhooks/{id}', { params: { path: { id } } })),
    refetchInterval: POSITION_MS,
  });

const readAgain = () => queries.invalidateQueries({ queryKey: WEBHOOKS });
const of = (id: string) => ({ params: { path: { id } } });

export const useCreateWebhook = () =>
  useMutation({
    mutationFn: (body: Schemas['CreateWebhook']) => dataOf(api.POST('/v1/webhooks', { body })),
    onSuccess: readAgain,
  });

export const useTestWebhook = (id: string) =>
  useMutation({ mutationFn: () => dataOf(api.POST('/v1/webhooks/{id}/test', of(id))) });

export const useRotateWebhook = (id: string) =>
  useMutation({
    mutationFn: () => dataOf(api.POST('/v1/webhooks/{id}/rotate', { ...of(id), body: {} })),
    onSuccess: readAgain,
  });

/** @param after delivers again everything after this `seq`; undefined: retries from the position */
export async function resumeWebhook(id: string, after?: number): Promise<void> {
  await dataOf(
    api.POST('/v1/webhooks/{id}/resume', { ...of(id), body: after === undefined ? {} : { after } }),
  );
  await readAgain();
}

export async function deleteWebhook(id: string): Promise<void> {
  await dataOf(api.DELETE('/v1/webhooks/{id}', of(id)));
  queries.removeQueries({ queryKey: [...WEBHOOKS, id] });
  await readAgain();
}

const PAGE = 25;

/** Notifications of operators, newest first: their `seq` says how far a webhook is behind. */
export const useOperatorFeed = (isEnabled: boolean) =>
  useInfiniteQuery({
    queryKey: ['operator-feed'],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/v1/notifications', {
          params: { query: { limit: PAGE, ...(pageParam && { cursor: Number(pageParam) }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: NOW_AND_THEN_MS,
    enabled: isEnabled,
  });
