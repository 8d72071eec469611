import { describe, expect, it } from 'vitest';
import {
  dayKey,
  type Figure,
  groupedPageSql,
  lastRankOf,
  pageParameters,
  timeKeys,
  topGroupsSql,
  totalsSql,
} from './group-query.js';

const FIGURES: Figure[] = [
  ['calls', 'sum(calls)', 'count'],
  ['costUsd', 'sum(cost_usd)', 'usd'],
];
const SOURCE = 'FROM usage WHERE day >= $1';
const MODEL = { by: 'model_id' };
const DAY = dayKey('day');
const oneLine = (sql: string) => sql.trim().replace(/\s+/g, ' ');
const grouped = (changes: Partial<Parameters<typeof groupedPageSql>[2]> = {}) =>
  oneLine(groupedPageSql(SOURCE, FIGURES, { key: MODEL, rank: 'costUsd', ...changes }));
const top = (parts: Partial<Parameters<typeof topGroupsSql>[0]> = {}, rank: string | null = 'costUsd') =>
  oneLine(topGroupsSql({ source: SOURCE, key: MODEL, ...parts }, FIGURES, rank));

const CALLS = 'coalesce(sum(calls), 0)::bigint AS "calls"';
const COST = 'trim_scale(coalesce(sum(cost_usd), 0))::text AS "costUsd"';
const BIGGEST_FIRST = `SELECT coalesce(json_agg(page ORDER BY rank::numeric DESC, key), '[]') FROM page) AS items`;

describe('a page of few groups', () => {
  it('sums up each group, and all groups from these sums', () => {
    expect(grouped()).toContain(
      `SELECT model_id AS key, sum(calls) AS "calls", sum(cost_usd) AS "costUsd" ${SOURCE} GROUP BY 1`,
    );
    expect(grouped()).toContain('SELECT key AS key, "calls", "costUsd" FROM grouped');
    expect(grouped()).toContain(
      'SELECT coalesce(sum("calls"), 0)::bigint AS "calls", trim_scale(coalesce(sum("costUsd"), 0))::text AS "costUsd" FROM figures) AS t) AS totals',
    );
  });

  it('has counts as integers and USD as text without zeros at its end', () => {
    expect(grouped()).toContain(
      'rank, coalesce("calls", 0)::bigint AS "calls", trim_scale(coalesce("costUsd", 0))::text AS "costUsd" FROM figures',
    );
  });

  it('begins after the last group of the page before, in the order of its figure', () => {
    expect(grouped()).toContain(
      'WHERE $6::numeric IS NULL OR figures."costUsd" < $6 OR (figures."costUsd" = $6 AND key > $7) ORDER BY figures."costUsd" DESC, key LIMIT $8',
    );
    expect(grouped()).toContain(BIGGEST_FIRST);
  });

  it('is in the order of its keys without a figure', () => {
    expect(grouped({ rank: null })).toContain('ORDER BY 0::bigint DESC, key LIMIT $8');
  });

  it('converts its keys to text after it has grouped by them', () => {
    expect(grouped({ key: DAY })).toContain('SELECT day AS key,');
    expect(grouped({ key: DAY })).toContain('SELECT key::text AS key,');
  });
});

describe('a page of many groups', () => {
  it('ranks all groups by one figure, and sums up those of the page', () => {
    expect(top()).toContain(`SELECT model_id AS key, sum(cost_usd) AS rank ${SOURCE} GROUP BY 1`);
    expect(top()).toContain('SELECT key AS by, key AS key, rank FROM ranked');
    expect(top()).toContain(
      `SELECT model_id AS by, ${CALLS}, ${COST} ${SOURCE} AND model_id = ANY (ARRAY(SELECT by FROM top)) GROUP BY 1`,
    );
    expect(top()).toContain(
      'SELECT top.key, top.rank::text AS rank, summed."calls", summed."costUsd" FROM top',
    );
    expect(top()).toContain(BIGGEST_FIRST);
  });

  it('ranks only the groups that can be on it, where these are known', () => {
    const among = 'AND model_id = ANY ($9)';
    expect(top({ among })).toContain(`AS rank ${SOURCE} ${among} GROUP BY 1`);
  });

  it('has the sum of all groups from its source, or from a cheaper one', () => {
    expect(top()).toContain(`SELECT ${CALLS}, ${COST} ${SOURCE}) AS t) AS totals`);
    expect(top({ total: 'FROM days' })).toContain(`SELECT ${CALLS}, ${COST} FROM days) AS t) AS totals`);
  });

  it('is in the order of its keys without a figure', () => {
    expect(top({}, null)).toContain('SELECT model_id AS key, 0::bigint AS rank');
  });

  it('converts its keys to text after it has grouped by them', () => {
    expect(top({ key: DAY })).toContain('SELECT key AS by, key::text AS key, rank FROM ranked');
  });
});

it('the sum of all groups alone needs no group', () => {
  expect(oneLine(totalsSql(SOURCE, FIGURES))).toBe(
    `SELECT row_to_json(t) AS totals FROM (SELECT ${CALLS}, ${COST} ${SOURCE}) AS t`,
  );
});

it('days and hours are those of UTC', () => {
  expect(timeKeys('hour')).toEqual({
    day: { by: "(hour AT TIME ZONE 'UTC')::date", shown: 'key::text' },
    hour: { by: 'hour', shown: `to_char(key AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:00:00"Z"')` },
  });
});

describe('the end of a page', () => {
  const page = (...ranks: string[]) => ({ items: ranks.map((rank) => ({ key: 'k', rank })), totals: {} });

  it('is found by one group more than it may have', () => {
    expect(pageParameters({ limit: 10 })).toEqual([null, null, 11]);
    expect(pageParameters({ limit: 10, after: { rank: '7.5', key: 'anna' } })).toEqual(['7.5', 'anna', 11]);
  });

  it('has the figure of that group, unless it is the last page', () => {
    expect(lastRankOf(page('9', '8', '7.5'), 2)).toBe(7.5);
    expect(lastRankOf(page('9', '7.5'), 2)).toBeUndefined();
  });
});
