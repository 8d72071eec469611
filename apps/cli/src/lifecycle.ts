import type { Schemas } from '#libs/client/client.js';
import { stripControlChars } from './output.js';

type Lifecycle = Schemas['Lifecycle'];
type MilestoneName = Lifecycle['milestones'][number]['milestone'];

/** A newer service may name other milestones. */
export interface Milestone {
  readonly milestone: string;
  readonly at: string;
  readonly days: number;
}
export type LifecycleItem = Pick<Lifecycle, 'modelId' | 'name'> &
  Partial<Pick<Lifecycle, 'status' | 'useCases' | 'conversations' | 'conversationsCapped'>> & {
    readonly milestones: readonly Milestone[];
    readonly outlook?: { readonly endsNotBefore?: string | null } | null;
    readonly warning?: { readonly milestone: string; readonly days: number } | null;
    readonly successor?: {
      readonly modelId: string;
      readonly name: string;
      readonly savedUsd?: string | null;
      readonly horizon?: string;
    } | null;
  };

const MILESTONES: readonly MilestoneName[] = ['legacy', 'extended_access', 'end_of_life'];

const AHEAD: Record<MilestoneName, string> = {
  legacy: 'becomes legacy',
  extended_access: 'becomes dearer',
  end_of_life: 'reaches its end of life',
};
const BEHIND: Record<MilestoneName, string> = {
  legacy: 'became legacy',
  extended_access: 'became dearer',
  end_of_life: 'reached its end of life',
};

export function milestoneOf({ milestones }: LifecycleItem, name: MilestoneName): Milestone | undefined {
  return milestones.find(({ milestone }) => milestone === name);
}

/** When it ends; without a date, from when on it may. */
export function shownEnd(item: LifecycleItem): string {
  const end = milestoneOf(item, 'end_of_life');
  if (end) return shownDate(end);
  if (!item.outlook) return '-';
  const { endsNotBefore } = item.outlook;
  return endsNotBefore ? `not before ${endsNotBefore.slice(0, 10)}` : 'any day';
}

export const shownDate = ({ at }: Milestone): string => at.slice(0, 10);

/** One line for each model that the service warns of, the most urgent first. */
export function lifecycleWarnings(items: readonly LifecycleItem[]): string[] {
  return items
    .filter(({ warning }) => warning)
    .toSorted((a, b) => a.warning!.days - b.warning!.days)
    .map(warningLine);
}

/** The end is what counts; where it has no date yet, what the service warns of. */
function warningLine(item: LifecycleItem): string {
  const end = milestoneOf(item, 'end_of_life');
  const warned = MILESTONES.find((name) => name === item.warning?.milestone) ?? 'end_of_life';
  const name = end ? 'end_of_life' : warned;
  const milestone = end ?? milestoneOf(item, warned);
  const what = milestone ? `${happens(name, milestone)}${dearer(item, name)}` : 'is to be left';
  const next = item.successor ? `successor ${stripControlChars(item.successor.name)}` : 'no successor is set';
  return `${stripControlChars(item.name)} ${what}: ${next}`;
}

function happens(name: MilestoneName, milestone: Milestone): string {
  const { days } = milestone;
  const date = shownDate(milestone);
  if (days < 0) return `${BEHIND[name]} on ${date}`;
  if (days === 0) return `${AHEAD[name]} today (${date})`;
  return `${AHEAD[name]} in ${days} ${days === 1 ? 'day' : 'days'} (${date})`;
}

function dearer(item: LifecycleItem, shown: MilestoneName): string {
  const extended = milestoneOf(item, 'extended_access');
  if (shown === 'extended_access' || !extended) return '';
  return `, dearer ${extended.days < 0 ? 'since' : 'from'} ${shownDate(extended)}`;
}
