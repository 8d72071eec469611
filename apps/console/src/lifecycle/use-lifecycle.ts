import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { CALM } from '../parts/calm.js';

export type Ending = Schemas['Lifecycle'];
export type Milestone = Ending['milestones'][number];

/** Models with a date to come, the next first. */
export const useLifecycle = () =>
  useQuery({
    ...CALM,
    queryKey: ['lifecycle'],
    queryFn: async () => (await dataOf(api.GET('/v1/lifecycle'))).items,
  });
