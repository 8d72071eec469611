import { Decimal } from 'decimal.js';

export const BUDGET_SCOPES = ['all', 'use_case', 'key', 'user'] as const;
export type BudgetScope = (typeof BUDGET_SCOPES)[number];
export const BUDGET_PERIODS = ['day', 'month'] as const;
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number];

/** Percent of the limit at which operators are warned. */
export const THRESHOLDS = [50, 80, 100] as const;
export type Threshold = (typeof THRESHOLDS)[number];

/** Calls that a budget counts: those of a use case, of a key and its successors, or of a user; all null: every call. */
export interface BudgetSubject {
  useCase: string | null;
  key: string | null;
  userId: string | null;
}

/** Limit of a subject in a day or a month of UTC. It warns, and blocks nothing. */
export interface Budget extends BudgetSubject {
  id: string;
  scope: BudgetScope;
  period: BudgetPeriod;
  /** USD as a decimal string. */
  limitUsd: string;
  /** When the limit was set. */
  updatedAt: Date;
}

/** Budget of all calls or of a use case, without its state. */
export type BudgetSettings = Pick<Budget, 'useCase' | 'period' | 'limitUsd'>;

/** Budget with the spend of one of its periods. */
export interface BudgetSpend extends Budget {
  /** First and last day (UTC). */
  from: string;
  to: string;
  /** USD of the calls with a known cost, as a decimal string. */
  spentUsd: string;
  /** Calls with an unknown cost. */
  unknownCosts: number;
  /** False: so many calls wait for the roll-up that some are missing here. */
  complete: boolean;
}

/** A recorded change of a budget, under the names of its table. */
export interface BudgetChange {
  id: number;
  budgetId: string;
  actor: string;
  changedAt: Date;
  /** Null: the budget was made. */
  before: Record<string, unknown> | null;
  /** Null: the budget was removed. */
  after: Record<string, unknown> | null;
}

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

/** Returns the first and the last day of the period around `at`, in UTC. */
export function daysOf(period: BudgetPeriod, at: Date): { from: string; to: string } {
  if (period === 'day') return { from: dayOf(at), to: dayOf(at) };
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  return {
    from: dayOf(new Date(Date.UTC(year, month, 1))),
    to: dayOf(new Date(Date.UTC(year, month + 1, 0))),
  };
}

/** True: the period is over, and the limit applied in it. */
export const hasEnded = ({ to, updatedAt }: Pick<BudgetSpend, 'to' | 'updatedAt'>, now: Date): boolean =>
  to < dayOf(now) && dayOf(updatedAt) <= to;

type Used = Pick<BudgetSpend, 'spentUsd' | 'limitUsd'>;

/** Returns the whole percent of the limit that is spent for certain. */
export const usedPercent = ({ spentUsd, limitUsd }: Used): number =>
  new Decimal(spentUsd).mul(100).div(limitUsd).floor().toNumber();

/** Returns the thresholds that the spend has reached, the lowest first. */
export const reachedThresholds = (spend: Used): Threshold[] =>
  THRESHOLDS.filter((threshold) => usedPercent(spend) >= threshold);

/** True: the real spend is higher than `spentUsd`. */
export const isIncomplete = ({ unknownCosts, complete }: BudgetSpend): boolean =>
  unknownCosts > 0 || !complete;

/** Null: no cost is known, which is not 0. */
export const knownSpend = ({ spentUsd, unknownCosts }: BudgetSpend): string | null =>
  unknownCosts > 0 && new Decimal(spentUsd).isZero() ? null : spentUsd;
