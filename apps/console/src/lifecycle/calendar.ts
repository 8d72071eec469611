import { sumUsd } from '../components/format.js';
import type { Ending } from './use-lifecycle.js';

const MONTHS = 12;

/** One model and one use case that runs on it; a model that no use case runs on has one row as well. */
export interface LifecycleRow {
  ending: Ending;
  useCase: string | null;
}

export const rowsOf = (endings: readonly Ending[]): LifecycleRow[] =>
  endings.flatMap((ending) => {
    const useCases = ending.useCases.length === 0 ? [null] : ending.useCases;
    return useCases.map((useCase) => ({ ending, useCase }));
  });

/** Month of a date in UTC, such as 2027-03. */
const monthOf = (iso: string): string => iso.slice(0, 7);

export interface Month {
  month: string;
  /** Models with a date in this month. */
  models: number;
  useCases: number;
  /** Saved in 30 days by the successors of the models in use; null: unknown, or none is in use. */
  savedUsd: string | null;
}

/** The month of `now` and those after it, twelve in all. */
export function calendarOf(endings: readonly Ending[], now: Date): Month[] {
  return Array.from({ length: MONTHS }, (_, index) => {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + index, 1));
    const month = monthOf(first.toISOString());
    const found = endings.filter((ending) => isInMonth(ending, month));
    const used = found.filter(({ inUse }) => inUse);
    return {
      month,
      models: found.length,
      useCases: new Set(found.flatMap(({ useCases }) => useCases)).size,
      savedUsd: sumUsd(used.map(({ successor }) => successor?.savedUsd ?? null)).usd,
    };
  });
}

export const isInMonth = ({ milestones }: Ending, month: string): boolean =>
  milestones.some(({ at }) => monthOf(at) === month);
