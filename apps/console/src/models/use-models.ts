import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { RIGHTS, useAllowed } from '../session/rights.js';

export type Model = Schemas['JudgedModel'];

/** Changes without a notification, such as a price, are seen after this time. */
export const NOW_AND_THEN_MS = 30_000;

/** Asks for nothing where the api would refuse it. */
export const useModels = () =>
  useQuery({
    queryKey: ['models'],
    queryFn: async () => (await dataOf(api.GET('/v1/models'))).items,
    enabled: useAllowed(RIGHTS.catalogue),
    refetchInterval: NOW_AND_THEN_MS,
  });

export const useModelUse = (id: string) =>
  useQuery({
    queryKey: ['model-use', id],
    queryFn: () => dataOf(api.GET('/v1/models/{id}/use', { params: { path: { id } } })),
  });

/** Recent results of sweeps, newest first. */
export const useVerdicts = (modelId: string) =>
  useQuery({
    queryKey: ['validations', modelId],
    queryFn: async () =>
      (await dataOf(api.GET('/v1/validations', { params: { query: { modelId, limit: 30 } } }))).items,
    refetchInterval: NOW_AND_THEN_MS,
  });

export const useAssistants = () =>
  useQuery({
    queryKey: ['assistants'],
    queryFn: async () => (await dataOf(api.GET('/v1/assistants'))).items,
    staleTime: NOW_AND_THEN_MS,
  });
