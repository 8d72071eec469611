import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { SLOW_POLLING } from '../components/polling.js';
import { type CostGroup, compared, type Groups } from './compare-costs.js';
import { lengthOf, previousOf } from './range.js';
import type { Question } from './use-cost.js';

export const GROUPS = { useCase: 'Use case', model: 'Model', user: 'User' } as const;
export type GroupBy = keyof typeof GROUPS;

/** Longest period that the api groups by user. */
const MAX_DAYS_BY_USER = 31;

/** False: the api refuses a period of this length for this grouping. */
export const isAnswered = (question: Question, groupBy: GroupBy): boolean =>
  groupBy !== 'user' || lengthOf(question) <= MAX_DAYS_BY_USER;

const LIMIT = 100;
/** Of a list; 500 use cases, and of users those that cost most. */
const MAX_PAGES = 5;

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

async function allOf<Item>(read: (cursor: string | undefined) => Promise<Page<Item>>): Promise<Groups<Item>> {
  const items: Item[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page: Page<Item> = await read(cursor);
    items.push(...page.items);
    if (!page.nextCursor) return { items, isComplete: true };
    cursor = page.nextCursor;
  }
  return { items, isComplete: false };
}

type Cost = Schemas['CostsPage']['items'][number];
type Usage = Schemas['UsagePage']['items'][number];

const costsOf = (question: Question, groupBy: GroupBy) =>
  allOf<Cost>((cursor) =>
    dataOf(
      api.GET('/v1/analytics/costs', { params: { query: { ...question, groupBy, limit: LIMIT, cursor } } }),
    ),
  );

const usageOf = (question: Question, groupBy: GroupBy) =>
  allOf<Usage>((cursor) =>
    dataOf(
      api.GET('/v1/analytics/usage', { params: { query: { ...question, groupBy, limit: LIMIT, cursor } } }),
    ),
  );

async function readGroups(question: Question, groupBy: GroupBy): Promise<Groups<CostGroup>> {
  const [now, before, usage] = await Promise.all([
    costsOf(question, groupBy),
    costsOf({ ...question, ...previousOf(question) }, groupBy),
    usageOf(question, groupBy),
  ]);
  return { items: compared(now, before, usage), isComplete: now.isComplete };
}

/** Costs by use case, model or user, beside those of the period before. */
export const useCostGroups = (question: Question, groupBy: GroupBy) =>
  useQuery({
    ...SLOW_POLLING,
    // Several pages of three lists at a time.
    refetchInterval: 60_000,
    queryKey: ['cost-groups', question, groupBy],
    queryFn: () => readGroups(question, groupBy),
    enabled: isAnswered(question, groupBy),
  });
