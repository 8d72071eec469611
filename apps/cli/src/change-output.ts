import { stripControlChars } from './output.js';
import { type Column, type Page, shownTime, timeColumn } from './render.js';

/** A change of the catalogue, of a key or of a webhook. */
interface Change {
  readonly entity: string;
  readonly entityId: string;
  readonly actor?: string;
  readonly changedAt: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export const CHANGE_COLUMNS: readonly Column<Change>[] = [
  timeColumn('WHEN', ({ changedAt }) => changedAt),
  { head: 'BY', cell: ({ actor }) => actor ?? '-' },
  { head: 'ENTITY', cell: ({ entity }) => entity },
  { head: 'ID', cell: ({ entityId }) => entityId, isKey: true },
  { head: 'BEFORE', cell: ({ before }) => JSON.stringify(before) },
  { head: 'AFTER', cell: ({ after }) => JSON.stringify(after) },
];

/** Not a table: the fields that were changed have room here, however many they are. */
export function changesText(changes: readonly Change[], page: Page): string {
  return changes
    .map((change) => {
      const { changedAt, actor, entity, entityId } = change;
      const head = `${shownTime(changedAt, page)}  ${actor ?? '-'}  ${entity.replace('_', ' ')} ${entityId}`;
      return [head, ...differences(change).map((line) => `   ${line}`)].map(stripControlChars).join('\n');
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
