/** A change of a setting, whichever list of the api has it. */
export interface Change {
  id: string;
  entity: string;
  entityId: string;
  actor: string;
  at: string;
  requestId: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** One list as far as it was read, newest first. */
export interface Read {
  items: readonly Change[];
  hasMore: boolean;
}

/** The oldest time down to which a list is complete. */
const completeTo = ({ items, hasMore }: Read): string => (hasMore ? (items.at(-1)?.at ?? '') : '');

/** Merges lists by time, as far as every one of them was read. */
export function merged(lists: readonly Read[]): Change[] {
  const limit = lists.map(completeTo).reduce((latest, time) => (time > latest ? time : latest), '');
  return lists
    .flatMap(({ items }) => items)
    .filter(({ at }) => at >= limit)
    .sort((a, b) => b.at.localeCompare(a.at));
}

/** The list that ends the merged one; undefined: everything was read. */
export function nextToRead(lists: readonly Read[]): number | undefined {
  const open = lists.map((list, at) => ({ at, to: completeTo(list), hasMore: list.hasMore }));
  return open.filter(({ hasMore }) => hasMore).sort((a, b) => b.to.localeCompare(a.to))[0]?.at;
}

export interface Difference {
  field: string;
  before: unknown;
  after: unknown;
}

/** Columns that change with every edit. */
const NOISE = new Set(['updated_at', 'version']);

/** Fields that a change has changed, by name; of an added or a removed row those with a value. */
export function differencesOf({ before, after }: Pick<Change, 'before' | 'after'>): Difference[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields]
    .filter((field) => !NOISE.has(field))
    .map((field) => ({ field, before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}
