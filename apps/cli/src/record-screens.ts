import type { Change, SwitchView, Validation } from './answers.js';
import { type LifecycleItem, lifecycleWarnings, milestoneOf, shownDate, shownEnd } from './lifecycle.js';
import { plain } from './output.js';
import { type Column, type Page, shownDecimal, shownTime, table } from './page.js';

/** In a column whose head names the zone. */
const utc = (iso: string) => shownTime(iso).replace(' UTC', '');
const usd = (amount: string | number | null | undefined) =>
  amount === null || amount === undefined ? 'unknown' : shownDecimal(amount);

const SWITCHES: readonly Column<SwitchView>[] = [
  { head: 'WHEN (UTC)', cell: ({ timestamp }) => utc(timestamp) },
  {
    head: 'SCOPE',
    cell: ({ conversationId, useCase }) => conversationId ?? `use case ${useCase ?? '-'}`,
  },
  { head: 'ACTION', cell: ({ action }) => action?.replace('_switch', '') ?? '-', dropOrder: 2 },
  { head: 'FROM', cell: ({ previousModelId }) => previousModelId ?? '-', dropOrder: 4 },
  { head: 'TO', cell: ({ newModelId }) => newModelId },
  {
    head: 'SAVES USD',
    cell: ({ costImpact, status }) => (status === 'pending' ? 'pending' : usd(costImpact)),
    dropOrder: 3,
  },
  { head: 'BY', cell: ({ actor }) => actor ?? '-', dropOrder: 1 },
  { head: 'REASON', cell: ({ reason }) => reason ?? '-', dropOrder: 5 },
];

const VALIDATIONS: readonly Column<Validation>[] = [
  { head: 'WHEN (UTC)', cell: ({ checkedAt }) => utc(checkedAt) },
  { head: 'MODEL ID', cell: ({ modelId }) => modelId },
  { head: 'OUTCOME', cell: ({ outcome }) => outcome },
  { head: 'ERROR', cell: ({ errorKind }) => errorKind ?? '-', dropOrder: 1 },
  { head: 'METHOD', cell: ({ method }) => method ?? '-', dropOrder: 2 },
  { head: 'MS', cell: ({ latencyMs }) => String(latencyMs ?? '-'), dropOrder: 3 },
  { head: 'COST USD', cell: ({ costUsd, tokens }) => (tokens === 0 ? '-' : usd(costUsd)), dropOrder: 4 },
  { head: 'DETAIL', cell: ({ detail }) => detail ?? '-', dropOrder: 5 },
];

const LIFECYCLE: readonly Column<LifecycleItem>[] = [
  { head: 'MODEL ID', cell: ({ modelId }) => modelId },
  { head: 'STATUS', cell: ({ status }) => status ?? '-', dropOrder: 3 },
  { head: 'DEARER', cell: dearerFrom, dropOrder: 2 },
  { head: 'ENDS', cell: shownEnd },
  { head: 'IN DAYS', cell: (item) => String(milestoneOf(item, 'end_of_life')?.days ?? '-') },
  { head: 'USED BY', cell: usedBy, dropOrder: 4 },
  { head: 'SUCCESSOR', cell: ({ successor }) => successor?.modelId ?? '-', dropOrder: 1 },
  { head: 'SAVES USD', cell: saves, dropOrder: 5 },
];

export function switchesScreen(switches: readonly SwitchView[], page: Page): string {
  return table(page, SWITCHES, switches);
}

export function validationsScreen(validations: readonly Validation[], page: Page): string {
  return table(page, VALIDATIONS, validations);
}

export function lifecycleScreen(items: readonly LifecycleItem[], page: Page): string {
  const warnings = lifecycleWarnings(items).map((warning) => `⚠️  ${warning}`);
  return [...warnings, ...(warnings.length > 0 ? [''] : []), table(page, LIFECYCLE, items)].join('\n');
}

/** Not a table: what was changed has room here, however much it is. */
export function changesScreen(changes: readonly Change[]): string {
  return changes
    .map((change) => {
      const { changedAt, actor, entity, entityId } = change;
      const head = `${shownTime(changedAt)}  ${actor ?? '-'}  ${entity.replace('_', ' ')} ${entityId}`;
      return [head, ...differences(change).map((line) => `   ${line}`)].map(plain).join('\n');
    })
    .join('\n\n');
}

function differences({ before, after }: Change): string[] {
  if (!before) return ['added'];
  if (!after) return ['removed'];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => shownValue(before[name]) !== shownValue(after[name]))
    .map((name) => `${name}: ${shownValue(before[name])} → ${shownValue(after[name])}`);
}

function shownValue(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function dearerFrom(item: LifecycleItem): string {
  const milestone = milestoneOf(item, 'extended_access');
  return milestone ? shownDate(milestone) : '-';
}

function usedBy({ useCases, conversations, conversationsCapped }: LifecycleItem): string {
  const count = conversations ? [`${conversations}${conversationsCapped ? '+' : ''} conversations`] : [];
  return [...(useCases ?? []), ...count].join(', ') || '-';
}

function saves({ successor }: LifecycleItem): string {
  if (!successor) return '-';
  return successor.horizon ? `${usd(successor.savedUsd)} (${successor.horizon})` : usd(successor.savedUsd);
}
