import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api, queries } from '../api.js';

export type Breaker = Schemas['Breaker'];
export const BREAKERS = ['breakers'];
const CHANGES = ['breaker-changes'];
const MAX_REMEMBERED = 100;

/** A breaker that opened or closed while this page was open. */
export interface BreakerChange {
  modelId: string;
  /** Kind of the failures; null: the breaker is closed again. */
  kind: string | null;
  at: string;
}

/** The open breakers. The stream updates them for those who receive it; others poll. */
export const useBreakers = () =>
  useQuery({
    queryKey: BREAKERS,
    queryFn: async () => (await dataOf(api.GET('/v1/breakers'))).items,
    refetchInterval: 15_000,
  });

export const useBreakerChanges = () =>
  useQuery<BreakerChange[]>({
    queryKey: CHANGES,
    queryFn: () => queries.getQueryData<BreakerChange[]>(CHANGES) ?? [],
    initialData: [],
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Compares all open breakers of the stream with those before, and stores the changes. */
export function noteBreakers(now: Breaker[]): void {
  const before = queries.getQueryData<Breaker[]>(BREAKERS);
  queries.setQueryData(BREAKERS, now);
  if (!before) return;
  const at = new Date().toISOString();
  const opened = now.filter(({ modelId }) => !before.some((old) => old.modelId === modelId));
  const closed = before.filter(({ modelId }) => !now.some((open) => open.modelId === modelId));
  const changes: BreakerChange[] = [
    ...opened.map(({ modelId, kind }) => ({ modelId, kind, at })),
    ...closed.map(({ modelId }) => ({ modelId, kind: null, at })),
  ];
  queries.setQueryData<BreakerChange[]>(CHANGES, (known = []) =>
    [...changes, ...known].slice(0, MAX_REMEMBERED),
  );
}
