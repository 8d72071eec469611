import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { NOW_AND_THEN_MS } from '../models/use-models.js';
import { RIGHTS, useAllowed } from '../session/rights.js';

export type UseCase = Schemas['UseCase'];
export type Candidate = Schemas['Candidate'];

/** Asks for nothing where the api would refuse it. */
export const useUseCases = () =>
  useQuery({
    queryKey: ['use-cases'],
    queryFn: async () => (await dataOf(api.GET('/v1/use-cases'))).items,
    enabled: useAllowed(RIGHTS.catalogue),
    refetchInterval: NOW_AND_THEN_MS,
  });

/** Its candidates, the best first, each with the figures behind its rank. */
export const useCandidates = (useCase: string) =>
  useQuery({
    queryKey: ['candidates', useCase],
    queryFn: () => readCandidates(useCase),
    refetchInterval: NOW_AND_THEN_MS,
  });

async function readCandidates(useCase: string): Promise<Candidate[]> {
  const answer = await dataOf(api.POST('/orchestrate', { body: { action: 'get-for-use-case', useCase } }));
  return answer.action === 'get-for-use-case' ? answer.data.models : [];
}
