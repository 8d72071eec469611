import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { api, queries } from '../../api.js';
import { NOW_AND_THEN_MS } from '../../models/use-models.js';

export type Key = Schemas['Key'];
const KEYS = ['keys'];
const PAGE = 100;

/** Keys with those that are revoked or expired, newest first. */
export const useKeys = () =>
  useInfiniteQuery({
    queryKey: KEYS,
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/v1/keys', {
          params: { query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: NOW_AND_THEN_MS,
  });

const readAgain = () => queries.invalidateQueries({ queryKey: KEYS });

export const useCreateKey = () =>
  useMutation({
    mutationFn: (body: Schemas['CreateKey']) => dataOf(api.POST('/v1/keys', { body })),
    onSuccess: readAgain,
  });

export const useEditKey = (id: string) =>
  useMutation({
    mutationFn: (body: Schemas['EditKey']) =>
      dataOf(api.PATCH('/v1/keys/{id}', { params: { path: { id } }, body })),
    onSuccess: readAgain,
  });

export const useRotateKey = (id: string) =>
  useMutation({
    mutationFn: (overlapSeconds: number) =>
      dataOf(api.POST('/v1/keys/{id}/rotate', { params: { path: { id } }, body: { overlapSeconds } })),
    onSuccess: readAgain,
  });

export async function revokeKey(id: string): Promise<void> {
  await dataOf(api.DELETE('/v1/keys/{id}', { params: { path: { id } } }));
  await readAgain();
}

export type KeyState = 'active' | 'ends' | 'expired' | 'revoked';

/** `ends`: another key has replaced it, and it is still valid for a time. */
export function stateOf({ revokedAt, expiresAt, replacedBy }: Key, now = Date.now()): KeyState {
  if (revokedAt !== null && Date.parse(revokedAt) <= now) return 'revoked';
  if (expiresAt !== null && Date.parse(expiresAt) <= now) return 'expired';
  return replacedBy === null ? 'active' : 'ends';
}
