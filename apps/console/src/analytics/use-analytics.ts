import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { SLOW_POLLING } from '../components/polling.js';

/** Days (UTC), both included. */
export interface Question {
  from: string;
  to: string;
  useCase?: string;
}
export type Preference = Schemas['PreferencesPage']['items'][number];
export type SwitchFigures = Schemas['SwitchFiguresPage'];

/** More than days that may be asked for at a time. */
const LIMIT = 100;

export type Figures = Awaited<ReturnType<typeof readFigures>>;

async function readFigures(question: Question) {
  const by = (groupBy: 'day' | 'model') => ({ params: { query: { ...question, groupBy, limit: LIMIT } } });
  const [switchesByDay, switchesByModel, usage, costs, costsByDay] = await Promise.all([
    dataOf(api.GET('/v1/analytics/switches', by('day'))),
    dataOf(api.GET('/v1/analytics/switches', by('model'))),
    dataOf(api.GET('/v1/analytics/usage', by('model'))),
    dataOf(api.GET('/v1/analytics/costs', by('model'))),
    dataOf(api.GET('/v1/analytics/costs', by('day'))),
  ]);
  return { question, switchesByDay, switchesByModel, usage, costs, costsByDay };
}

export const useFigures = (question: Question, isEnabled: boolean) =>
  useQuery({
    ...SLOW_POLLING,
    queryKey: ['analytics', question],
    queryFn: () => readFigures(question),
    enabled: isEnabled,
  });

export type CallForms = Schemas['CallFormsList']['items'][number];

export const useCallForms = (question: Question) =>
  useQuery({
    ...SLOW_POLLING,
    queryKey: ['call-forms', question],
    queryFn: () => dataOf(api.GET('/v1/analytics/forms', { params: { query: { ...question } } })),
  });

const PREFERENCES_SHOWN = 10;

async function readPreferences(limit: number, cursor: string | null): Promise<Schemas['PreferencesPage']> {
  return dataOf(
    api.GET('/v1/analytics/preferences', { params: { query: { limit, ...(cursor && { cursor }) } } }),
  );
}

/** Of the last 30 days, a page at a time. */
export const usePreferences = () =>
  useInfiniteQuery({
    ...SLOW_POLLING,
    queryKey: ['preferences'],
    queryFn: ({ pageParam }) => readPreferences(PREFERENCES_SHOWN, pageParam),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

export async function allPreferences(): Promise<Preference[]> {
  const all: Preference[] = [];
  let cursor: string | null = null;
  do {
    const page: Schemas['PreferencesPage'] = await readPreferences(LIMIT, cursor);
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return all;
}
