import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { SLOW_POLLING } from '../components/polling.js';

export type Ending = Schemas['Lifecycle'];

/** Models with a date to come, the next first. */
export const useLifecycle = () =>
  useQuery({
    ...SLOW_POLLING,
    queryKey: ['lifecycle'],
    queryFn: async () => (await dataOf(api.GET('/v1/lifecycle'))).items,
  });
