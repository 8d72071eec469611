import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { api, queries } from '../../api.js';
import { NOW_AND_THEN_MS } from '../../models/use-models.js';

export type Budget = Schemas['Budget'];
export type BudgetChange = Schemas['BudgetChange'];
/** Of the figures of *Cost*, which are read more seldom, another. */
const BUDGETS = ['budget-settings'];
const PAGE = 50;

export const useBudgetSettings = () =>
  useQuery({
    queryKey: [...BUDGETS, 'list'],
    queryFn: async () => (await dataOf(api.GET('/v1/budgets'))).items,
    refetchInterval: NOW_AND_THEN_MS,
  });

export const useBudgetChanges = () =>
  useInfiniteQuery({
    queryKey: [...BUDGETS, 'changes'],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET('/v1/budgets/changes', {
          params: { query: { limit: PAGE, ...(pageParam && { cursor: Number(pageParam) }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: NOW_AND_THEN_MS,
  });

const readAgain = () => queries.invalidateQueries({ queryKey: BUDGETS });

export const SUBJECTS = { all: 'All calls', useCase: 'A use case', key: 'A key', userId: 'A user' } as const;
export type SubjectKind = keyof typeof SUBJECTS;

export interface BudgetValues {
  kind: SubjectKind;
  subject: string;
  period: Budget['period'];
  limitUsd: string;
}

const queryOf = ({ kind, subject }: Pick<BudgetValues, 'kind' | 'subject'>) =>
  kind === 'all' ? {} : { [kind]: subject.trim() };

export const useSetBudget = () =>
  useMutation({
    mutationFn: ({ period, limitUsd, ...subject }: BudgetValues) =>
      dataOf(
        api.PUT('/v1/budgets/{period}', {
          params: { path: { period }, query: queryOf(subject) },
          body: { limitUsd: limitUsd.trim() },
        }),
      ),
    onSuccess: readAgain,
  });

/** The subject as the form and the api name it. */
export function subjectOf({ useCase, key, userId }: Budget): Pick<BudgetValues, 'kind' | 'subject'> {
  if (useCase !== null) return { kind: 'useCase', subject: useCase };
  if (key !== null) return { kind: 'key', subject: key };
  if (userId !== null) return { kind: 'userId', subject: userId };
  return { kind: 'all', subject: '' };
}

export const nameOf = (budget: Budget): string => {
  const { kind, subject } = subjectOf(budget);
  return { all: 'all calls', useCase: subject, key: `key ${subject}`, userId: `user ${subject}` }[kind];
};

export async function deleteBudget(budget: Budget): Promise<void> {
  const { period } = budget;
  await dataOf(
    api.DELETE('/v1/budgets/{period}', {
      params: { path: { period }, query: queryOf(subjectOf(budget)) },
    }),
  );
  await readAgain();
}
