import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, queries } from '../../api.js';
import { NOW_AND_THEN_MS } from '../../models/use-models.js';

export type Assistant = Schemas['Assistant'];
const ASSISTANTS = ['assistants'];

export const useAssistants = () =>
  useQuery({
    queryKey: ASSISTANTS,
    queryFn: async () => (await dataOf(api.GET('/v1/assistants'))).items,
    refetchInterval: NOW_AND_THEN_MS,
  });

const readAgain = () => queries.invalidateQueries({ queryKey: ASSISTANTS });

export async function deleteAssistant(id: string): Promise<void> {
  await dataOf(api.DELETE('/v1/assistants/{id}', { params: { path: { id } } }));
  await readAgain();
}

export const useSaveAssistant = () =>
  useMutation({
    mutationFn: ({ id, ...body }: Schemas['EditAssistant'] & { id: string }) =>
      dataOf(api.PUT('/v1/assistants/{id}', { params: { path: { id } }, body })),
    onSuccess: readAgain,
  });
