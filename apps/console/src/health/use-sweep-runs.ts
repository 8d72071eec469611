import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, queries } from '../api.js';
import { NOW_AND_THEN_MS } from '../models/use-models.js';

export type Sweep = Schemas['Sweep'];
const SWEEPS = ['sweep-runs'];
const SHOWN = 10;
/** While a sweep runs its progress is read at this interval. */
const PROGRESS_MS = 2_000;

export const isInProgress = ({ state }: Sweep): boolean => state === 'waiting' || state === 'running';

/** The newest sweeps with their progress. */
export const useSweepRuns = () =>
  useQuery({
    queryKey: SWEEPS,
    queryFn: async () => (await dataOf(api.GET('/v1/sweeps', { params: { query: { limit: SHOWN } } }))).items,
    refetchInterval: ({ state: { data } }) => (data?.some(isInProgress) ? PROGRESS_MS : NOW_AND_THEN_MS),
  });

export const useRequestSweep = () =>
  useMutation({
    mutationFn: (deep: boolean) => dataOf(api.POST('/v1/sweeps', { body: { deep } })),
    onSettled: () => queries.invalidateQueries({ queryKey: SWEEPS }),
  });
