import { z } from 'zod';
import { plain } from './output.js';
import { type Column, facts, type Page, shownDecimal, table } from './page.js';

const text = z.string().nullish();
export const budgetView = z.looseObject({
  id: z.string(),
  useCase: text,
  key: text,
  userId: text,
  period: z.string(),
  limitUsd: z.string(),
  from: text,
  to: text,
  spentUsd: text,
  unknownCostCalls: z.number().nullish(),
  incomplete: z.boolean().nullish(),
  usedPercent: z.number().nullish(),
});
type BudgetView = z.infer<typeof budgetView>;

const COLUMNS: readonly Column<BudgetView>[] = [
  { head: 'BUDGET OF', cell: subjectOf },
  { head: 'PER', cell: ({ period }) => period },
  { head: 'LIMIT USD', cell: ({ limitUsd }) => shownDecimal(limitUsd) },
  { head: 'SPENT USD', cell: spentOf },
  { head: 'USED', cell: usedOf },
  { head: 'DAYS (UTC)', cell: daysOf, dropOrder: 1 },
  { head: 'ID', cell: ({ id }) => id, dropOrder: 2 },
];

export function budgetsScreen(budgets: readonly BudgetView[], page: Page): string {
  const incomplete = budgets.some((budget) => budget.incomplete);
  return [
    table(page, COLUMNS, budgets),
    ...(incomplete
      ? ['⚠️  "at least": some calls ran on a model whose price is not known, or are not counted yet.']
      : []),
  ].join('\n\n');
}

export const noBudgetsYet = ({ program }: Page) =>
  `No budgets yet. Set one: ${program} budgets set month 200 --use-case clinical`;

export function savedBudgetScreen(budget: BudgetView): string {
  const { period, limitUsd } = budget;
  return [
    `✅ The budget of ${plain(subjectOf(budget))} is ${shownDecimal(limitUsd)} USD per ${plain(period)}. It warns at 50, 80 and 100 %, and blocks nothing.`,
    ...facts([
      ['Spent', `${spentOf(budget)} USD (${usedOf(budget)}), ${daysOf(budget)}`],
      ['Id', budget.id],
    ]),
  ].join('\n');
}

export const removedBudgetScreen = (budget: BudgetView) =>
  `✅ ${plain(subjectOf(budget))} has no budget per ${plain(budget.period)} any more.`;

function subjectOf({ useCase, key, userId }: BudgetView): string {
  if (useCase) return `use case ${useCase}`;
  if (key) return `key ${key}`;
  return userId ? `user ${userId}` : 'all calls';
}

function spentOf({ spentUsd, incomplete }: BudgetView): string {
  if (!spentUsd) return 'unknown';
  return `${incomplete ? 'at least ' : ''}${shownDecimal(spentUsd)}`;
}

function usedOf({ usedPercent, spentUsd }: BudgetView): string {
  return typeof usedPercent === 'number' && spentUsd ? `${usedPercent} %` : '-';
}

function daysOf({ from, to }: BudgetView): string {
  if (!from || !to) return '-';
  return from === to ? from : `${from} to ${to}`;
}
