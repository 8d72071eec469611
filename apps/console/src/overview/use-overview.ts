import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';

export type UseCaseOverview = Schemas['UseCaseOverview'];
export type Attention = Schemas['Attention'];

/** The api reads it once in five seconds at most; notifications cause a read, too. */
const EACH_MS = 15_000;

export const useOverview = () =>
  useQuery({
    queryKey: ['overview'],
    queryFn: () => dataOf(api.GET('/v1/overview')),
    refetchInterval: EACH_MS,
  });
