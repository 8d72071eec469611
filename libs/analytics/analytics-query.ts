import { InvalidInputError } from '#libs/platform/errors/errors.js';

export type GroupBy = 'model' | 'useCase' | 'user' | 'day' | 'hour';

/** Query of a caller: the days, the filters, and the grouping. */
export interface AnalyticsQuery {
  groupBy: GroupBy;
  /** The first day (UTC), e.g. `2026-11-01`; by default six days before the last. */
  from?: string | undefined;
  /** The last day (UTC), included; by default today. */
  to?: string | undefined;
  modelId?: string | undefined;
  useCase?: string | undefined;
  userId?: string | undefined;
}

export type DateQuery = Pick<AnalyticsQuery, 'from' | 'to' | 'useCase'>;

/** Query with a complete and bounded range of days. */
export type WithDateRange<Q extends AnalyticsQuery | DateQuery> = Q & { from: string; to: string };

/** End of a page: the figure that groups are ordered by, as a decimal string, and the key of its last group. */
export interface GroupPosition {
  rank: string;
  key: string;
}

export interface GroupPage {
  limit: number;
  after?: GroupPosition | undefined;
}

/** Earliest day with calls. */
const FIRST_DAY = '2020-01-01';
export const DAY_MS = 86_400_000;
const DAYS_BY_DEFAULT = 7;

/** Day in UTC, e.g. `2026-11-01`. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * @param mostDays bounds the rows that are read
 * @throws InvalidInputError that names the field
 */
export function withDateRange<Q extends AnalyticsQuery | DateQuery>(
  question: Q,
  now: Date,
  mostDays: number,
): WithDateRange<Q> {
  const to = question.to ?? dayOf(now.getTime());
  const from = question.from ?? dayOf(Date.parse(to) - (DAYS_BY_DEFAULT - 1) * DAY_MS);
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (from < FIRST_DAY) throw invalidField('from', `must be ${FIRST_DAY} or later`);
  if (days < 1) throw invalidField('from', `must not be after to (${to})`);
  if (days > mostDays)
    throw invalidField(
      'from',
      `is too early: the period until ${to} has ${days} days, and the maximum is ${mostDays} days`,
    );
  return { ...question, from, to };
}

export const invalidField = (field: string, message: string) => new InvalidInputError([{ field, message }]);
