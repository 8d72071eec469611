import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Conversations of a use case are counted up to this many. */
const MAX_COUNTED = 100_000;
/** Pins of all use cases are counted up to this many. */
const MAX_PINS = 1_000_000;

/** Figures of the calls of a use case. */
export interface CallFigures {
  useCase: string;
  calls: number;
  failed: number;
  fallbacks: number;
  costToday: string | null;
  costYesterday: string | null;
}

const RECENT = `hour > $1::timestamptz - interval '24 hours'`;
const MIDNIGHT = `(date_trunc('day', $1::timestamptz AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')`;
const TODAY = `hour >= ${MIDNIGHT}`;
const YESTERDAY = `hour < ${MIDNIGHT}`;
const recent = (column: string) => `coalesce(sum(${column}) FILTER (WHERE ${RECENT}), 0)::float8`;
/** Null: calls were made, and no cost is known. */
const cost = (day: string) => `CASE
  WHEN coalesce(sum(cost_usd) FILTER (WHERE ${day}), 0) > 0 OR coalesce(sum(unknown_costs) FILTER (WHERE ${day}), 0) = 0
  THEN trim_scale(coalesce(sum(cost_usd) FILTER (WHERE ${day}), 0))::text END`;

/** Two days of hours: few rows for each model of a use case. */
const CALLS = `
SELECT use_case AS "useCase", ${recent('answered + refused + failed + cancelled')} AS calls,
  ${recent('failed')} AS failed, ${recent('fallbacks')} AS fallbacks,
  ${cost(TODAY)} AS "costToday", ${cost(YESTERDAY)} AS "costYesterday"
FROM usage_by_hour WHERE hour >= ${MIDNIGHT} - interval '1 day' GROUP BY use_case`;

/** A bucket is a fifth wide; the result is the middle of the bucket with the percentile. */
const P95 = `
SELECT use_case AS "useCase", round(power(1.2, min(bucket) FILTER (WHERE up_to >= 0.95 * all_calls) - 0.5))::int AS ms
FROM (
  SELECT use_case, bucket, sum(sum(calls)) OVER (PARTITION BY use_case ORDER BY bucket) AS up_to,
         sum(sum(calls)) OVER (PARTITION BY use_case) AS all_calls
  FROM usage_latencies WHERE day >= ($1::timestamptz AT TIME ZONE 'UTC')::date - 1 AND measure = 'answer'
  GROUP BY use_case, bucket) AS buckets
GROUP BY use_case`;

const FOLLOWERS = `
SELECT name AS "useCase", (
  SELECT count(*)::int FROM (
    SELECT FROM ai_conversations WHERE use_case = name AND pinned_model_id IS NULL LIMIT $1) AS counted) AS count
FROM use_cases`;
const PINNED = `
SELECT use_case AS "useCase", least(count(*), $2)::int AS count
FROM (SELECT use_case FROM ai_conversations WHERE pinned_model_id IS NOT NULL LIMIT $1) AS counted GROUP BY use_case`;

@Injectable()
export class OverviewRepository {
  constructor(private readonly db: DataSource) {}

  async calls(now: Date): Promise<CallFigures[]> {
    return this.db.query(CALLS, [now]);
  }

  /** Returns the 95th percentile of the time to the whole answer by use case. */
  async p95(now: Date): Promise<{ useCase: string; ms: number }[]> {
    return this.db.query(P95, [now]);
  }

  /** Counts the conversations of each use case. */
  async conversations(): Promise<Record<'followers' | 'pinned', { useCase: string; count: number }[]>> {
    return {
      followers: await this.db.query(FOLLOWERS, [MAX_COUNTED]),
      pinned: await this.db.query(PINNED, [MAX_PINS, MAX_COUNTED]),
    };
  }
}
