import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { SLOW_POLLING } from '../components/polling.js';
import { useMay } from '../session/use-session.js';

export type CatalogueChange = Schemas['CatalogueChange'];

/** A column of a row as it was, or is; undefined: the row was not there. */
export const columnOf = (row: CatalogueChange['after'], column: string): unknown => row?.[column];

const LIMIT = 100;

/** Last changes of a model, newest first; only for those who may read changes. */
export function useModelChanges(modelId: string) {
  const mayRead = useMay('audit', 'operate');
  return useQuery({
    ...SLOW_POLLING,
    queryKey: ['catalogue-changes', 'model', modelId],
    queryFn: async () => {
      const query = { entity: 'model' as const, entityId: modelId, limit: LIMIT };
      return (await dataOf(api.GET('/v1/catalogue/changes', { params: { query } }))).items;
    },
    enabled: mayRead,
  });
}
