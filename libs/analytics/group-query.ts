import type { GroupPage } from './analytics-query.js';

/** Figure of a group: its name, the SQL that sums it up, and whether it is a count or USD. */
export type Figure = readonly [name: string, sum: string, kind: 'count' | 'usd'];

/** One page of groups, and the sum over all groups, from one statement: `{items, totals}`. */
export interface GroupedPage<Figures> {
  items: (Figures & { key: string; rank: string })[];
  totals: Figures;
}

const shown = ([name, , kind]: Figure, column: string) =>
  kind === 'usd'
    ? `trim_scale(coalesce(${column}, 0))::text AS "${name}"`
    : `coalesce(${column}, 0)::bigint AS "${name}"`;

const ITEMS = `(SELECT coalesce(json_agg(page ORDER BY rank::numeric DESC, key), '[]') FROM page) AS items`;

/** Key of groups: the column or expression, and its text where that differs. */
export interface Key {
  by: string;
  shown?: string;
}

/**
 * @param source SQL after the select list: FROM … WHERE …; it uses the parameters from $1 to $5
 * @param rank figure that groups are ordered by, the greatest first; null: by their keys
 */
export function groupedPageSql(
  source: string,
  figures: readonly Figure[],
  { key, rank }: { key: Key; rank: string | null },
): string {
  const order = rank === null ? '0::bigint' : `figures."${rank}"`;
  return `
WITH grouped AS (
  SELECT ${key.by} AS key, ${figures.map(([name, sum]) => `${sum} AS "${name}"`).join(', ')} ${source} GROUP BY 1),
figures AS (
  SELECT ${key.shown ?? 'key'} AS key, ${figures.map(([name]) => `"${name}"`).join(', ')} FROM grouped),
page AS (
  SELECT key, (${order})::text AS rank, ${figures.map((figure) => shown(figure, `"${figure[0]}"`)).join(', ')}
  FROM figures WHERE $6::numeric IS NULL OR ${order} < $6 OR (${order} = $6 AND key > $7)
  ORDER BY ${order} DESC, key LIMIT $8)
SELECT ${ITEMS},
       (SELECT row_to_json(t) FROM (
          SELECT ${figures.map((figure) => shown(figure, `sum("${figure[0]}")`)).join(', ')} FROM figures) AS t) AS totals`;
}

/**
 * Builds a page of many groups: only those of the page are summed up in full.
 * @param source as above, ends with its conditions
 * @param total source of the sums over all groups, where that is cheaper
 * @param among further condition on the groups that can be on the page. Without it all are ranked
 */
export function topGroupsSql(
  { source, total = source, key, among = '' }: { source: string; total?: string; key: Key; among?: string },
  figures: readonly Figure[],
  rank: string | null,
): string {
  const order = rank === null ? '0::bigint' : figures.find(([name]) => name === rank)![1];
  const sums = figures.map((figure) => shown(figure, figure[1])).join(', ');
  return `
WITH ranked AS (
  SELECT ${key.by} AS key, ${order} AS rank ${source} ${among} GROUP BY 1),
named AS (
  SELECT key AS by, ${key.shown ?? 'key'} AS key, rank FROM ranked),
top AS MATERIALIZED (
  SELECT by, key, rank FROM named WHERE $6::numeric IS NULL OR rank < $6 OR (rank = $6 AND key > $7)
  ORDER BY rank DESC, key LIMIT $8),
page AS (
  SELECT top.key, top.rank::text AS rank, ${figures.map(([name]) => `summed."${name}"`).join(', ')}
  FROM top JOIN (
    SELECT ${key.by} AS by, ${sums} ${source} AND ${key.by} = ANY (ARRAY(SELECT by FROM top)) GROUP BY 1) AS summed
    USING (by))
SELECT ${ITEMS}, (SELECT row_to_json(t) FROM (SELECT ${sums} ${total}) AS t) AS totals`;
}

/** Sums over all groups only: `{totals}`. @param source as above */
export const totalsSql = (source: string, figures: readonly Figure[]): string => `
SELECT row_to_json(t) AS totals FROM (SELECT ${figures.map((figure) => shown(figure, figure[1])).join(', ')} ${source}) AS t`;

const day = 'key::text';
const hour = `to_char(key AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:00:00"Z"')`;

/** Days and hours of a column of hours. Converts groups to text, not every row. */
export const timeKeys = (column: string) => ({
  day: { by: `(${column} AT TIME ZONE 'UTC')::date`, shown: day },
  hour: { by: column, shown: hour },
});

/** Days of a date column. */
export const dayKey = (column: string): Key => ({ by: column, shown: day });

/** Parameters $6 to $8 of a page: the limit is one more, to detect the last page. */
export const pageParameters = ({ limit, after }: GroupPage) => [
  after?.rank ?? null,
  after?.key ?? null,
  limit + 1,
];

/** Returns the figure that the last group of a page is ordered by; undefined for the last page. */
export const lastRankOf = <Figures>({ items }: GroupedPage<Figures>, limit: number): number | undefined =>
  items.length > limit ? Number(items.at(-1)!.rank) : undefined;
