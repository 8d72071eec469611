import { dataOf } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { NOW_AND_THEN_MS } from '../models/use-models.js';

export const useUseCases = () =>
  useQuery({
    queryKey: ['use-cases'],
    queryFn: async () => (await dataOf(api.GET('/v1/use-cases'))).items,
    refetchInterval: NOW_AND_THEN_MS,
  });
