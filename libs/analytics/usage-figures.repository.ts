import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AnalyticsQuery, GroupBy, GroupPage, WithDateRange } from './analytics-query.js';
import {
  dayKey,
  type Figure,
  type GroupedPage,
  groupedPageSql,
  type Key,
  lastRankOf,
  pageParameters,
  timeKeys,
  topGroupsSql,
} from './group-query.js';
import type { Percentiles, UnknownCosts, UsageFigures } from './usage-figures.js';
import { OF_THESE_USERS, rankingOf, UserRanking } from './user-ranking.repository.js';

const summed = (name: string, column: string, kind: Figure[2] = 'count'): Figure => [
  name,
  `sum(${column})`,
  kind,
];
const FIGURES: Figure[] = [
  ['calls', 'sum(answered + refused + failed + cancelled)', 'count'],
  summed('answered', 'answered'),
  // The column includes the interventions: see migration 1764996000000.
  summed('refused', 'refused - guardrail_intervened'),
  summed('guardrailIntervened', 'guardrail_intervened'),
  summed('failed', 'failed'),
  summed('cancelled', 'cancelled'),
  summed('fallbacks', 'fallbacks'),
  summed('estimated', 'estimated'),
  summed('inputTokens', 'input_tokens'),
  summed('outputTokens', 'output_tokens'),
  summed('cacheReadTokens', 'cache_read_tokens'),
  summed('cacheWriteTokens', 'cache_write_tokens'),
  summed('costUsd', 'cost_usd', 'usd'),
  summed('unknownCosts', 'unknown_costs'),
  summed('latencyMs', 'latency_ms'),
  summed('firstTextMs', 'first_text_ms'),
  summed('firstTexts', 'first_texts'),
];

const ONLY = '($3::text IS NULL OR model_id = $3) AND ($4::text IS NULL OR use_case = $4)';
/** $5 is a user: single users have figures by day only. */
const BY_HOUR = `FROM usage_by_hour
  WHERE hour >= $1::timestamptz AND hour < $2::timestamptz + interval '1 day' AND $5::text IS NULL AND ${ONLY}`;
const BY_USER = `FROM usage_by_user
  WHERE day BETWEEN $1::date AND $2::date AND ($5::text IS NULL OR user_id = $5) AND ${ONLY}`;

const KEYS: Record<GroupBy, Key> = {
  model: { by: 'model_id' },
  useCase: { by: 'use_case' },
  user: { by: 'user_id' },
  ...timeKeys('hour'),
};

function pageSql({ groupBy, userId }: AnalyticsQuery, rank: 'calls' | 'costUsd', among?: string): string {
  const source = userId === undefined ? BY_HOUR : BY_USER;
  const key = KEYS[groupBy];
  if (groupBy === 'user') return topGroupsSql({ source: BY_USER, total: source, key, among }, FIGURES, rank);
  if (groupBy === 'hour') return topGroupsSql({ source, key }, FIGURES, null);
  if (groupBy === 'day')
    return groupedPageSql(source, FIGURES, { key: userId === undefined ? key : dayKey('day'), rank: null });
  return groupedPageSql(source, FIGURES, { key, rank });
}

/**
 * Percentiles of each group, and of all groups under ''. A bucket is a fifth wide; the result is the middle of the
 * bucket with the percentile.
 */
const percentilesSql = (key: string) => `
WITH groups AS (
  SELECT ${key} AS key, measure, bucket, sum(calls) AS calls
  FROM usage_latencies WHERE day BETWEEN $1::date AND $2::date AND ${ONLY} GROUP BY 1, 2, 3),
buckets AS (
  SELECT key, measure, bucket, sum(calls) OVER (PARTITION BY key, measure ORDER BY bucket) AS up_to,
         sum(calls) OVER (PARTITION BY key, measure) AS all_calls
  FROM (SELECT * FROM groups UNION ALL SELECT NULL, measure, bucket, sum(calls) FROM groups GROUP BY 2, 3) AS g)
SELECT coalesce(key::text, '') AS key, measure, round(power(1.2, p50 - 0.5))::int AS p50,
       round(power(1.2, p95 - 0.5))::int AS p95
FROM (
  SELECT key, measure, min(bucket) FILTER (WHERE up_to >= 0.5 * all_calls) AS p50,
         min(bucket) FILTER (WHERE up_to >= 0.95 * all_calls) AS p95
  FROM buckets GROUP BY key, measure) AS found`;

/** Models that lack prices are few; single users have no rows. */
const UNKNOWN_COSTS = `
SELECT model_id AS "modelId", reason, sum(calls)::int AS calls FROM unknown_costs_daily
WHERE day BETWEEN $1::date AND $2::date AND $5::text IS NULL AND ${ONLY}
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 100`;

/** Figures are incomplete if more batches than this wait for the roll-up; the views read no more. */
const COMPLETE = `SELECT count(*) <= 5000 AS complete FROM (SELECT 1 FROM invocations_to_roll_up LIMIT 5001) AS waiting`;

@Injectable()
export class UsageFiguresRepository {
  constructor(
    private readonly db: DataSource,
    private readonly users: UserRanking,
  ) {}

  /** @param rank figure to order by, greatest first; hours and days are in chronological order */
  async page(
    query: WithDateRange<AnalyticsQuery>,
    rank: 'calls' | 'costUsd',
    page: GroupPage,
  ): Promise<GroupedPage<UsageFigures>> {
    if (query.groupBy !== 'user' || query.userId !== undefined) return this.read(query, rank, page);
    return this.users.page(
      rankingOf(query, rank === 'calls' ? rank : 'cost_usd', page),
      (users) => this.read(query, rank, page, users),
      (found) => lastRankOf(found, page.limit),
    );
  }

  /** Returns percentiles by the key of the group; those of all groups under ''. Hours and single users have none. */
  async percentiles(query: WithDateRange<AnalyticsQuery>): Promise<Map<string, Percentiles>> {
    const { groupBy, userId } = query;
    const found = new Map<string, Percentiles>();
    if (groupBy === 'hour' || groupBy === 'user' || userId !== undefined) return found;
    const sql = percentilesSql(groupBy === 'day' ? 'day' : KEYS[groupBy].by);
    for (const row of await this.db.query(sql, parametersOf(query)))
      found.set(row.key, {
        ...found.get(row.key),
        [row.measure === 'answer' ? 'latencyMs' : 'firstTextMs']: { p50: row.p50, p95: row.p95 },
      });
    return found;
  }

  private async read(
    query: WithDateRange<AnalyticsQuery>,
    rank: 'calls' | 'costUsd',
    page: GroupPage,
    users: string[] | null = null,
  ): Promise<GroupedPage<UsageFigures>> {
    const parameters = [...parametersOf(query), query.userId, ...pageParameters(page)];
    const [found] = users
      ? await this.db.query(pageSql(query, rank, OF_THESE_USERS), [...parameters, users])
      : await this.db.query(pageSql(query, rank), parameters);
    return found;
  }

  /** Returns the reasons for unknown costs, as far as they are rolled up, most calls first. */
  async unknownCosts(query: WithDateRange<AnalyticsQuery>): Promise<UnknownCosts[]> {
    return this.db.query(UNKNOWN_COSTS, [...parametersOf(query), query.userId]);
  }

  async isComplete(): Promise<boolean> {
    const [{ complete }] = await this.db.query(COMPLETE);
    return complete;
  }
}

const parametersOf = ({ from, to, modelId, useCase }: WithDateRange<AnalyticsQuery>) => [
  from,
  to,
  modelId,
  useCase,
];
