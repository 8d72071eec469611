import type { Schemas } from '@orchestrator/client/client.js';

type Cost = Schemas['CostsPage']['items'][number];
type Usage = Schemas['UsagePage']['items'][number];

export interface Groups<Item> {
  items: Item[];
  /** false: there are more than were read. */
  isComplete: boolean;
}

export interface CostGroup extends Cost {
  /** Cost in the period before; null: unknown. */
  beforeUsd: string | null;
  usage: Usage | undefined;
}

/** Groups of a period with their cost in the one before; those without a call in the period come last. */
export function compared(now: Groups<Cost>, before: Groups<Cost>, usage: Groups<Usage>): CostGroup[] {
  const costBefore = new Map(before.items.map((group) => [group.key, group]));
  const usageOf = new Map(usage.items.map((group) => [group.key, group]));
  const isNew = new Set(now.items.map(({ key }) => key));
  // Not among those that were read: 0 if these were all, else unknown.
  const absent = before.isComplete ? '0' : null;
  const present = now.items.map((group) => ({
    ...group,
    beforeUsd: costBefore.has(group.key) ? costBefore.get(group.key)!.costUsd : absent,
    usage: usageOf.get(group.key),
  }));
  if (!now.isComplete) return present;
  const gone = before.items.filter(({ key }) => !isNew.has(key));
  return [
    ...present,
    ...gone.map(({ key, costUsd }) => ({
      ...{ key, calls: 0, costUsd: '0', unknownCostCalls: 0, usage: undefined },
      beforeUsd: costUsd,
    })),
  ];
}

/** Change in percent; null: an amount is unknown, or there was none before. */
export function changeOf(nowUsd: string | null, beforeUsd: string | null): number | null {
  if (nowUsd === null || beforeUsd === null || Number(beforeUsd) === 0) return null;
  return (100 * (Number(nowUsd) - Number(beforeUsd))) / Number(beforeUsd);
}

const LOUD_PERCENTAGE = 25;
const LOUD_USD = 1;

/** A rise that somebody should look at: by a quarter and a dollar. */
export const isLoud = (nowUsd: string | null, beforeUsd: string | null): boolean =>
  (changeOf(nowUsd, beforeUsd) ?? 0) >= LOUD_PERCENTAGE && Number(nowUsd) - Number(beforeUsd) >= LOUD_USD;
