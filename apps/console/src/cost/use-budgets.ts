import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { SLOW_POLLING } from '../components/polling.js';

export type Budget = Schemas['Budget'];

export const useBudgets = () =>
  useQuery({
    ...SLOW_POLLING,
    queryKey: ['budgets'],
    queryFn: async () => (await dataOf(api.GET('/v1/budgets'))).items,
  });
