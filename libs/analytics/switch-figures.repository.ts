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
  ['estimatedUsd', 'sum(estimated_usd)', 'usd'],
  ['unknownEstimates', 'sum(unknown_estimates)', 'count'],
  ['savedUsd', 'sum(saved_usd)', 'usd'],
  ['savingCalls', 'sum(saving_calls)', 'count'],
  ['unknownSavings', 'sum(unknown_savings)', 'count'],
];

const ONLY = '($3::text IS NULL OR new_model_id = $3) AND ($4::text IS NULL OR use_case = $4)';
const SUMMED = `switches, manual, auto, fallback, estimated_usd, unknown_estimates, saved_usd, saving_calls,
  unknown_savings`;
/** Horizon of the estimate of a switch of a use case, in seconds. */
const HORIZON = 30 * 86_400;
/**
 * An estimate of a use case counts for the time until its next switch. Roll-ups have the whole estimate, because they
 * were written before it: this takes the rest of the horizon away. Switches of use cases are few.
 */
const SUPERSEDED = `SELECT hour, day, user_id, new_model_id, use_case, 0 AS switches, 0 AS manual, 0 AS auto, 0 AS fallback,
    round(estimated_usd * (extract(epoch FROM next_at - timestamp) / ${HORIZON} - 1), 6) AS estimated_usd,
    0 AS unknown_estimates, 0 AS saved_usd, 0 AS saving_calls, 0 AS unknown_savings
  FROM (SELECT s.timestamp, date_trunc('hour', s.timestamp, 'UTC') AS hour, (s.timestamp AT TIME ZONE 'UTC')::date AS day,
      s.user_id, s.new_model_id, s.use_case, s.cost_impact_estimated AS estimated_usd, n.occurred_at AS next_at
    FROM bedrock_model_switches s
    JOIN switch_events n ON n.conversation_id IS NULL AND n.use_case = s.use_case AND n.seq = s.seq + 1
    WHERE s.conversation_id IS NULL AND s.cost_impact_estimated IS NOT NULL
      AND s.timestamp >= $1::timestamptz AND s.timestamp < $2::timestamptz + interval '1 day'
      AND n.occurred_at < s.timestamp + make_interval(secs => ${HORIZON})) superseded`;

/** $5 is a user: the roll-up by hour knows of none. */
const BY_HOUR = `FROM (SELECT hour, new_model_id, use_case, ${SUMMED} FROM switches_by_hour
    UNION ALL SELECT hour, new_model_id, use_case, ${SUMMED} FROM (${SUPERSEDED}) s) figures
  WHERE hour >= $1::timestamptz AND hour < $2::timestamptz + interval '1 day' AND $5::text IS NULL AND ${ONLY}`;
const BY_USER = `FROM (SELECT day, user_id, new_model_id, use_case, ${SUMMED} FROM switches_by_user
    UNION ALL SELECT day, user_id, new_model_id, use_case, ${SUMMED} FROM (${SUPERSEDED}) s) figures
  WHERE day BETWEEN $1::date AND $2::date AND ($5::text IS NULL OR user_id = $5) AND ${ONLY}`;
/** Hours of one user are in no roll-up: its switches are read. */
const OF_USER = `FROM (
    SELECT f.hour, f.new_model_id, f.use_case, f.switches, f.manual, f.auto, f.fallback, f.estimated_usd,
      f.unknown_estimates, v.saved_usd, v.calls AS saving_calls, v.unknown_savings
    FROM switch_events e CROSS JOIN LATERAL (SELECT * FROM switch_figures WHERE id = e.id LIMIT 1) AS f
    LEFT JOIN switch_savings v ON v.switch_id = e.id
    WHERE e.user_id = $5 AND e.occurred_at >= $1::timestamptz AND e.occurred_at < $2::timestamptz + interval '1 day'
    UNION ALL SELECT hour, new_model_id, use_case, ${SUMMED} FROM (${SUPERSEDED}) s WHERE user_id = $5) AS own
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
