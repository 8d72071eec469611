import type { Catalogue, Model } from '#libs/catalogue/catalogue.js';
import type { Guarantee } from '#libs/catalogue/model-facts.js';
import { reasonsAgainst, type SelectionPolicy } from '#libs/catalogue/selectability.js';

export type Milestone = 'legacy' | 'extended_access' | 'end_of_life';

/** Future date in the life of a model. */
export interface Upcoming {
  milestone: Milestone;
  at: string;
  /** Whole days from now. */
  days: number;
}

export interface LifecycleWarning {
  milestone: Milestone;
  days: number;
  /** The threshold in days that has been reached. */
  threshold: number;
}

/** Earliest end of a model without an end date. */
export interface EndOutlook extends Guarantee {
  /** True: the end may come as soon as the notice has passed. */
  hasRunOut: boolean;
  /** The earliest end, if notice is given now; null: it is not known. */
  endsNotBefore: string | null;
}

/** Days before a date at which operators are warned. */
const THRESHOLDS = [14, 45, 90, 180];
const DAY_MS = 86_400_000;

/** Future dates of a model, the next first. */
export function upcoming({ lifecycle }: Model, now: Date): Upcoming[] {
  const dates: [Milestone, string | null][] = [
    ['legacy', lifecycle.legacyAt],
    ['extended_access', lifecycle.extendedAccessAt],
    ['end_of_life', lifecycle.endOfLifeAt],
  ];
  return dates
    .filter((date): date is [Milestone, string] => date[1] !== null && Date.parse(date[1]) > now.getTime())
    .map(([milestone, at]) => ({
      milestone,
      at,
      days: Math.floor((Date.parse(at) - now.getTime()) / DAY_MS),
    }))
    .sort((a, b) => a.days - b.days);
}

/** Null: its end has a date or has come, or no date was ever promised. */
export function outlookOf({ lifecycle, guarantee }: Model, now: Date): EndOutlook | null {
  if (lifecycle.endOfLifeAt !== null || lifecycle.status === 'EOL' || !guarantee?.earliestEndAt) return null;
  const promised = Date.parse(guarantee.earliestEndAt);
  const hasRunOut = promised <= now.getTime();
  const noticed = guarantee.noticeDays === null ? null : now.getTime() + guarantee.noticeDays * DAY_MS;
  const earliest = noticed === null && hasRunOut ? null : Math.max(promised, noticed ?? promised);
  return {
    ...guarantee,
    hasRunOut,
    endsNotBefore: earliest === null ? null : new Date(earliest).toISOString(),
  };
}

/** Every warning that is due, one per date. */
export const warningsOf = (dates: Upcoming[]): LifecycleWarning[] =>
  dates.flatMap(({ milestone, days }) => {
    const threshold = THRESHOLDS.find((limit) => days <= limit);
    return threshold === undefined ? [] : [{ milestone, days, threshold }];
  });

/**
 * Chooses the successor among selectable models that serve the same use cases, have at least the same window and do not
 * end sooner. Prefers the one that the catalogue names; else the nearest in tier.
 */
export function proposedSuccessor(model: Model, catalogue: Catalogue, policy: SelectionPolicy): Model | null {
  const distance = (other: Model) => Math.abs((other.tier ?? 0) - (model.tier ?? 0));
  const fitting = catalogue.models
    .filter(({ id }) => id !== model.id)
    .filter((other) => reasonsAgainst(other, policy, {}).length === 0)
    .filter((other) => (other.contextWindow ?? 0) >= (model.contextWindow ?? 0))
    .filter((other) => endOf(other) >= endOf(model))
    .filter((other) => servesTheSame(other, model, catalogue))
    .sort((a, b) => distance(a) - distance(b));
  return fitting.find(({ id }) => id === model.successorId) ?? fitting[0] ?? null;
}

const endOf = ({ lifecycle }: Model): number =>
  lifecycle.endOfLifeAt === null ? Number.POSITIVE_INFINITY : Date.parse(lifecycle.endOfLifeAt);

/** By its primary use case, or as a candidate of every use case that runs on the other. */
function servesTheSame(other: Model, model: Model, { useCases }: Catalogue): boolean {
  const served = useCases.filter(({ activeModelId }) => activeModelId === model.id);
  const isCandidate = served.length > 0 && served.every(({ candidates }) => candidates.includes(other.id));
  return isCandidate || model.useCase === null || other.useCase === model.useCase;
}
