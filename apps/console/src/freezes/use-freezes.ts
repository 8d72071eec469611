import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, queries } from '../api.js';
import { NOW_AND_THEN_MS } from '../models/use-models.js';
import { RIGHTS, useAllowed } from '../session/rights.js';

export type Freeze = Schemas['Freeze'];

export const namesOf = ({ useCases }: Freeze): string => useCases?.join(', ') ?? 'All use cases';

const MAX_SHOWN = 100;

/** Freezes that are present or ahead, the last to end first. */
export function useOpenFreezes() {
  const mayRead = useAllowed(RIGHTS.changeRequests);
  return useQuery({
    queryKey: ['freezes'],
    queryFn: async () => {
      const query = { open: true, limit: MAX_SHOWN };
      return (await dataOf(api.GET('/v1/freezes', { params: { query } }))).items;
    },
    enabled: mayRead,
    refetchInterval: NOW_AND_THEN_MS,
  });
}

const refresh = () => queries.invalidateQueries();

export const useCreateFreeze = () =>
  useMutation({
    mutationFn: (body: Schemas['CreateFreeze']) => dataOf(api.POST('/v1/freezes', { body })),
    onSettled: refresh,
  });

export async function endFreeze({ id }: Freeze): Promise<void> {
  await dataOf(api.DELETE('/v1/freezes/{id}', { params: { path: { id } } }));
  await refresh();
}
