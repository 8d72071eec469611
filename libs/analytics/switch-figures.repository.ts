import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AnalyticsQuestion, Bounded, GroupBy, GroupPage } from './analytics-question.js';
import {
  type Figure,
  type GroupedPage,
  groupedPageSql,
  type Key,
  pageParameters,
  timeKeys,
} from './grouped-page.js';
import type { Preference, SwitchFigures } from './usage-figures.js';

const actions = (action: string) => `count(*) FILTER (WHERE switch_action = '${action}')`;
const FIGURES: Figure[] = [
  ['switches', 'count(*)', 'count'],
  ['manual', actions('manual_switch'), 'count'],
  ['auto', actions('auto_switch'), 'count'],
  ['fallback', actions('fallback_switch'), 'count'],
  ['estimatedUsd', 'sum(cost_impact_estimated)', 'usd'],
  ['unknownEstimates', 'count(*) FILTER (WHERE cost_impact_estimated IS NULL)', 'count'],
  ['savedUsd', 'sum(saved_usd)', 'usd'],
  ['savingCalls', 'sum(calls)', 'count'],
  ['unknownSavings', 'sum(unknown_savings)', 'count'],
];

/** What was saved is looked up switch by switch, so that reading a week does not grow with the years before. */
const SWITCHES = `FROM bedrock_model_switches
  LEFT JOIN LATERAL (SELECT * FROM switch_savings WHERE switch_id = bedrock_model_switches.id LIMIT 1) AS measured ON true
  WHERE timestamp >= $1::timestamptz AND timestamp < $2::timestamptz + interval '1 day'
    AND ($3::text IS NULL OR new_model_id = $3) AND ($4::text IS NULL OR use_case = $4)
    AND ($5::text IS NULL OR user_id = $5)`;

const KEYS: Record<GroupBy, Key> = {
  model: { by: 'new_model_id' },
  useCase: { by: 'use_case' },
  user: { by: 'user_id' },
  ...timeKeys('timestamp'),
};

const PREFERENCES = `
SELECT user_id AS "userId", preferred_model_id AS "modelId", selection_count::int AS selections,
       auto_adoption_percentage::float AS "autoAdoptionPercentage", last_selected_at AS "lastSelectedAt"
FROM user_model_preferences
WHERE ($1::text IS NULL OR user_id = $1) AND ($2::text IS NULL OR preferred_model_id = $2)
  AND ($3::bigint IS NULL OR (-selection_count, user_id, preferred_model_id) > (-$3, $4, $5))
ORDER BY selection_count DESC, user_id, preferred_model_id LIMIT $6`;

@Injectable()
export class SwitchFiguresRepository {
  constructor(private readonly db: DataSource) {}

  /** Those with most switches first; hours and days come in their own order. */
  async page(question: Bounded<AnalyticsQuestion>, page: GroupPage): Promise<GroupedPage<SwitchFigures>> {
    const { groupBy } = question;
    const rank = groupBy === 'day' || groupBy === 'hour' ? null : 'switches';
    const sql = groupedPageSql(SWITCHES, FIGURES, { key: KEYS[groupBy], rank });
    const [found] = await this.db.query(sql, [...parametersOf(question), ...pageParameters(page)]);
    return found;
  }

  /** Most selections first. @returns one more than the limit where there is another page */
  async preferences(
    filter: { userId?: string | undefined; modelId?: string | undefined },
    limit: number,
    after?: Pick<Preference, 'selections' | 'userId' | 'modelId'>,
  ): Promise<Preference[]> {
    return this.db.query(PREFERENCES, [
      filter.userId,
      filter.modelId,
      after?.selections,
      after?.userId,
      after?.modelId,
      limit + 1,
    ]);
  }
}

const parametersOf = ({ from, to, modelId, useCase, userId }: Bounded<AnalyticsQuestion>) => [
  from,
  to,
  modelId,
  useCase,
  userId,
];
