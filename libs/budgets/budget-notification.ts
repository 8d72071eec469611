import { Decimal } from 'decimal.js';
import { deduplicationId, type NewNotification } from '#libs/notifications/notification.js';
import { type BudgetSpend, isIncomplete, type Threshold } from './budget.js';

/** Notification of operators that the spend of a budget has reached a threshold. It names no user. */
export function budgetNotification(budget: BudgetSpend, threshold: Threshold, now: Date): NewNotification {
  const { id, scope, period, from, limitUsd, spentUsd, useCase } = budget;
  return {
    id: deduplicationId('budget', id, from, limitUsd, String(threshold)),
    kind: 'alert',
    audience: 'operators',
    useCase,
    type: 'auto',
    title: threshold === 100 ? 'Budget Spent' : `Budget ${threshold} % Spent`,
    message: messageOf(budget, threshold),
    modelId: '',
    modelName: '',
    provider: null,
    reason: null,
    details: {
      budget: {
        ...{ id, scope, period, from, threshold, limitUsd, spentUsd },
        unknownCostCalls: budget.unknownCosts,
        incomplete: isIncomplete(budget),
      },
    },
    silent: false,
    occurredAt: now,
  };
}

function messageOf(budget: BudgetSpend, threshold: Threshold): string {
  const { period, from, limitUsd, spentUsd } = budget;
  const when = period === 'day' ? from : from.slice(0, 7);
  const atLeast = isIncomplete(budget) ? 'at least ' : '';
  return [
    `The budget of ${subjectOf(budget)} for ${when} has reached ${threshold} %: ${atLeast}${shown(spentUsd)} of ${limitUsd} USD are spent`,
    ...missing(budget),
    ...(threshold === 100 ? ['nothing is blocked'] : []),
  ].join('; ');
}

function subjectOf({ id, scope, useCase, key }: BudgetSpend): string {
  if (scope === 'use_case') return `the use case ${useCase}`;
  if (scope === 'key') return `the key ${key}`;
  return scope === 'user' ? `a user (${id})` : 'all calls';
}

function missing({ unknownCosts, complete }: BudgetSpend): string[] {
  const calls = unknownCosts === 1 ? '1 call has' : `${unknownCosts} calls have`;
  return [
    ...(unknownCosts > 0 ? [`${calls} no known cost`] : []),
    ...(complete ? [] : ['some calls are not counted yet']),
  ];
}

/** Rounds down: a sum that is short of a limit does not read as if it had reached it. */
const shown = (usd: string): string => new Decimal(usd).toDecimalPlaces(6, Decimal.ROUND_DOWN).toFixed();
