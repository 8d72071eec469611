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
  totalsSql,
} from './group-query.js';
import type { SwitchFigures } from './usage-figures.js';
import { OF_THESE_USERS, rankingOf, UserRanking } from './user-ranking.repository.js';

const FIGURES: Figure[] = [
  ['switches', 'sum(switches)', 'count'],
  ['manual', 'sum(manual)', 'count'],
  ['auto', 'sum(auto)', 'count'],
  ['fallback', 'sum(fallback)', 'count'],
  ['estimatedUsd', 'sum(estimated_usd - superseded_usd)', 'usd'],
  ['unknownEstimates', 'sum(unknown_estimates)', 'count'],
  ['savedUsd', 'sum(saved_usd)', 'usd'],
  ['savingCalls', 'sum(saving_calls)', 'count'],
  ['unknownSavings', 'sum(unknown_savings)', 'count'],
];

const ONLY = '($3::text IS NULL OR new_model_id = $3) AND ($4::text IS NULL OR use_case = $4)';

/** $5 is a user: the roll-up by hour knows of none. */
const BY_HOUR = `FROM switches_by_hour
  WHERE hour >= $1::timestamptz AND hour < $2::timestamptz + interval '1 day' AND $5::text IS NULL AND ${ONLY}`;
const BY_USER = `FROM switches_by_user
  WHERE day BETWEEN $1::date AND $2::date AND ($5::text IS NULL OR user_id = $5) AND ${ONLY}`;
/** Hours of one user are in no roll-up: its switches are read. */
const OF_USER = `FROM (
    SELECT f.hour, f.new_model_id, f.use_case, f.switches, f.manual, f.auto, f.fallback, f.estimated_usd,
      coalesce(s.superseded_usd, 0) AS superseded_usd, f.unknown_estimates, v.saved_usd, v.calls AS saving_calls,
      v.unknown_savings
    FROM switch_events e CROSS JOIN LATERAL (SELECT * FROM switch_figures WHERE id = e.id LIMIT 1) AS f
    LEFT JOIN LATERAL (SELECT superseded_usd FROM superseded_estimates WHERE id = e.id LIMIT 1) AS s ON true
    LEFT JOIN switch_savings v ON v.switch_id = e.id
    WHERE e.user_id = $5 AND e.occurred_at >= $1::timestamptz AND e.occurred_at < $2::timestamptz + interval '1 day') AS own
  WHERE ${ONLY}`;

const KEYS: Record<GroupBy, Key> = {
  model: { by: 'new_model_id' },
  useCase: { by: 'use_case' },
  user: { by: 'user_id' },
  ...timeKeys('hour'),
};

function sourceOf({ groupBy, userId }: AnalyticsQuery): string {
  if (userId === undefined) return BY_HOUR;
  return groupBy === 'hour' ? OF_USER : BY_USER;
}

function pageSql(query: AnalyticsQuery, among?: string): string {
  const { groupBy, userId } = query;
  const source = sourceOf(query);
  const key = KEYS[groupBy];
  if (groupBy === 'user')
    return topGroupsSql({ source: BY_USER, total: source, key, among }, FIGURES, 'switches');
  return groupedPageSql(source, FIGURES, {
    key: userId !== undefined && groupBy === 'day' ? dayKey('day') : key,
    rank: groupBy === 'day' || groupBy === 'hour' ? null : 'switches',
  });
}

@Injectable()
export class SwitchFiguresRepository {
  constructor(
    private readonly db: DataSource,
    private readonly users: UserRanking,
  ) {}

  /** Those with most switches first; hours and days come in their own order. */
  async page(query: WithDateRange<AnalyticsQuery>, page: GroupPage): Promise<GroupedPage<SwitchFigures>> {
    const parameters = [...parametersOf(query), ...pageParameters(page)];
    const read = async (users: string[] | null): Promise<GroupedPage<SwitchFigures>> => {
      const [found] = users
        ? await this.db.query(pageSql(query, OF_THESE_USERS), [...parameters, users])
        : await this.db.query(pageSql(query), parameters);
      return found;
    };
    if (query.groupBy !== 'user' || query.userId !== undefined) return read(null);
    const ranking = rankingOf(query, 'switches', page);
    return this.users.page(ranking, read, (found) => lastRankOf(found, page.limit));
  }

  /** Over all groups. */
  async totals(query: WithDateRange<AnalyticsQuery>): Promise<SwitchFigures> {
    const sql = totalsSql(sourceOf({ ...query, groupBy: 'day' }), FIGURES);
    const [{ totals }] = await this.db.query(sql, parametersOf(query));
    return totals;
  }
}

const parametersOf = ({ from, to, modelId, useCase, userId }: WithDateRange<AnalyticsQuery>) => [
  from,
  to,
  modelId,
  useCase,
  userId,
];
