import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { SLOW_POLLING } from '../components/polling.js';
import { type Days, isByHour, previousOf } from './range.js';

/** Period, and the calls in it that count. */
export interface Question extends Days {
  useCase?: string;
  modelId?: string;
  userId?: string;
}
export type Preference = Schemas['PreferencesPage']['items'][number];
export type SwitchFigures = Schemas['SwitchFiguresPage'];

/** Largest page of the api. */
const LIMIT = 100;

export type Figures = Awaited<ReturnType<typeof readFigures>>;

/** The api has no hours of a single user. */
const timeUnitOf = (question: Question): 'hour' | 'day' =>
  isByHour(question) && question.userId === undefined ? 'hour' : 'day';

async function readFigures(question: Question) {
  const by = (groupBy: 'day' | 'hour' | 'model', asked = question) => ({
    params: { query: { ...asked, groupBy, limit: LIMIT } },
  });
  const unit = timeUnitOf(question);
  const before = { ...question, ...previousOf(question) };
  const [costs, costsBefore, usage, switches, switchesByModel] = await Promise.all([
    dataOf(api.GET('/v1/analytics/costs', by(unit))),
    dataOf(api.GET('/v1/analytics/costs', by('day', before))),
    dataOf(api.GET('/v1/analytics/usage', by(unit))),
    dataOf(api.GET('/v1/analytics/switches', by(unit))),
    dataOf(api.GET('/v1/analytics/switches', by('model'))),
  ]);
  return { question, unit, costs, costsBefore, usage, switches, switchesByModel };
}

export const useFigures = (question: Question) =>
  useQuery({
    ...SLOW_POLLING,
    queryKey: ['cost', question],
    queryFn: () => readFigures(question),
  });

export type CallForms = Schemas['CallFormsList']['items'][number];

/** Only of a use case, or of all: the api has no forms of a model or of a user. */
export const useCallForms = ({ from, to, useCase }: Question) =>
  useQuery({
    ...SLOW_POLLING,
    queryKey: ['call-forms', from, to, useCase],
    queryFn: () => dataOf(api.GET('/v1/analytics/forms', { params: { query: { from, to, useCase } } })),
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
