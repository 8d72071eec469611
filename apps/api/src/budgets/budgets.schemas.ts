import { z } from 'zod';
import {
  BUDGET_PERIODS,
  BUDGET_SCOPES,
  type BudgetChange,
  type BudgetSpend,
  type BudgetSubject,
  isIncomplete,
  knownSpend,
  reachedThresholds,
  THRESHOLDS,
  usedPercent,
} from '#libs/budgets/budget.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { Id, Limit, NumberCursor } from '../http/string.schemas.js';

export const Period = z.enum(BUDGET_PERIODS).meta({ description: 'A day or a month of UTC' });

export const BudgetPath = z.strictObject({ period: Period });
export type BudgetPath = z.infer<typeof BudgetPath>;

export const SubjectQuery = z.strictObject({
  useCase: Id.optional().meta({ description: 'Use case whose calls the budget counts' }),
  key: Id.optional().meta({
    description:
      'Name or id of a service key; the budget counts the calls of the key and of its successors by rotation',
  }),
  userId: Id.optional().meta({ description: 'User whose calls the budget counts' }),
});
export type SubjectQuery = z.infer<typeof SubjectQuery>;

export const SetBudget = z
  .strictObject({
    limitUsd: z
      .string()
      .regex(
        /^(?=.*[1-9])\d{1,9}(\.\d{1,6})?$/,
        'must be USD above 0 as a decimal string, such as "200" or "12.50"',
      )
      .meta({ description: 'Limit in USD as a decimal string' }),
  })
  .meta({ id: 'SetBudget' });
export type SetBudget = z.infer<typeof SetBudget>;

const subject = (what: string) =>
  z
    .string()
    .nullable()
    .meta({ description: `null: not a budget of ${what}` });
export const BudgetView = z
  .object({
    id: z.uuid(),
    scope: z.enum(BUDGET_SCOPES).meta({ description: 'all: every call' }),
    useCase: subject('a use case'),
    key: subject('a key').meta({
      description:
        'Name of the key that the budget is of; key:<id> if an older key has that name; null: not a budget of a key',
    }),
    userId: subject('a user'),
    period: Period,
    limitUsd: z.string(),
    from: z.iso.date().meta({ description: 'First day (UTC) of the present period' }),
    to: z.iso.date().meta({ description: 'Last day (UTC) of the present period' }),
    spentUsd: z.string().nullable().meta({
      description: 'USD of the calls in the period whose cost is known; null: no cost is known',
    }),
    unknownCostCalls: z.number().int().meta({
      description: 'Calls that are not in `spentUsd`, because a price is not known',
    }),
    incomplete: z.boolean().meta({
      description:
        'true: the real spend is higher than `spentUsd`, because a price is not known or too many calls wait for their roll-up',
    }),
    usedPercent: z
      .number()
      .int()
      .meta({ description: 'Whole percent of the limit that `spentUsd` is; it may exceed 100' }),
    threshold: z
      .literal(THRESHOLDS)
      .nullable()
      .meta({ description: 'Highest threshold in percent that is reached; null: below 50' }),
    updatedAt: z.iso.datetime().meta({ description: 'Time at which the limit was set' }),
  })
  .meta({ id: 'Budget' });
export const BudgetPage = z
  .object({ items: z.array(BudgetView), nextCursor: z.null() })
  .meta({ id: 'BudgetPage' });

export const BudgetChangesQuery = z.strictObject({
  limit: Limit,
  cursor: NumberCursor,
  budgetId: z.uuid().optional(),
});
export type BudgetChangesQuery = z.infer<typeof BudgetChangesQuery>;

const row = z.record(z.string(), z.unknown()).nullable();
const BudgetChangeView = z
  .object({
    id: z.number().int(),
    budgetId: z.uuid(),
    actor: z
      .string()
      .meta({ description: 'Actor, in the format of audit rows; sql:<role> for a change by plain SQL' }),
    changedAt: z.iso.datetime(),
    before: row.meta({ description: 'null: the budget was made' }),
    after: row.meta({ description: 'null: the budget was removed' }),
  })
  .meta({ id: 'BudgetChange' });
export const BudgetChangePage = z
  .object({ items: z.array(BudgetChangeView), nextCursor: z.string().nullable() })
  .meta({ id: 'BudgetChangePage' });

/** @throws InvalidInputError if it names more than one */
export function toSubject({ useCase, key, userId }: SubjectQuery): BudgetSubject {
  const named = Object.entries({ useCase, key, userId }).filter(([, value]) => value !== undefined);
  if (named.length > 1)
    throw new InvalidInputError([
      { field: named[1]![0], message: `must not be together with ${named[0]![0]}: a budget has one subject` },
    ]);
  return { useCase: useCase ?? null, key: key ?? null, userId: userId ?? null };
}

export const toBudgetView = (budget: BudgetSpend) => ({
  ...budget,
  spentUsd: knownSpend(budget),
  unknownCostCalls: budget.unknownCosts,
  incomplete: isIncomplete(budget),
  usedPercent: usedPercent(budget),
  threshold: reachedThresholds(budget).at(-1) ?? null,
  updatedAt: budget.updatedAt.toISOString(),
});

export const toBudgetChangeView = (change: BudgetChange) => ({
  ...change,
  changedAt: change.changedAt.toISOString(),
});
