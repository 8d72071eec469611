import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type AnalyticsQuery, DAY_MS, dayOf, type GroupPage, type WithDateRange } from './analytics-query.js';

/** Figure that users are ranked by: a column of `user_months`. */
export type RankedBy = 'calls' | 'cost_usd' | 'switches';

/**
 * Table of rows that wait for the roll-up, the roll-up by hour with its sum of the figure, and its column of the model.
 */
const CALLS = { unrolled: 'unrolled_invocations', hourly: 'usage_hourly', model: 'model_id' };
const SOURCES: Record<RankedBy, typeof CALLS & { figure: string }> = {
  calls: { ...CALLS, figure: 'answered + refused + failed + cancelled' },
  cost_usd: { ...CALLS, figure: 'cost_usd' },
  switches: {
    unrolled: 'unrolled_switches',
    hourly: 'switches_hourly',
    model: 'new_model_id',
    figure: 'switches',
  },
};

/** Days and filters of a ranking, and the rank of the last user of the page before. */
export interface Ranking extends Pick<WithDateRange<AnalyticsQuery>, 'from' | 'to' | 'modelId' | 'useCase'> {
  by: RankedBy;
  limit: number;
  after?: number | undefined;
  /** Approximate share of a user's figure that counts for the rank; default: all of it. */
  part?: number;
}

export const rankingOf = (
  { from, to, modelId, useCase }: WithDateRange<AnalyticsQuery>,
  by: RankedBy,
  { limit, after }: GroupPage,
): Ranking => ({ by, from, to, modelId, useCase, limit, after: after && Number(after.rank) });

/** Condition that limits the rows to these users ($9). */
export const OF_THESE_USERS = 'AND user_id = ANY ($9::text[])';

/** Up to this many days a sum over all users is as fast. */
const FEW_DAYS = 7;
/** Up to this share of all rows a sum over all users is as fast. */
const MAX_SHARE_OF_ROWS = 0.25;
/** Factor that lowers a guess that was too high. */
const GUESS_REDUCTION = 0.25;
/** Above this many users a sum over all users is as fast. */
const MAX_CANDIDATES = 2_000;
/** Ratio of the users that should have the guessed figure to those of the first page. */
const CANDIDATE_MARGIN = 1.5;

/**
 * Ranks users without summing up all of them: the months show which can be on the page. Guesses the minimum figure of
 * the users of the page. If too few have that much, it guesses lower, and finally sums up all.
 */
@Injectable()
export class UserRanking {
  constructor(private readonly db: DataSource) {}

  /**
   * @param read reads the page, of these users; null: of all
   * @param lastRank returns the rank of the last user, if the page is full
   */
  async page<Page>(
    ranking: Ranking,
    read: (users: string[] | null) => Promise<Page>,
    lastRank: (page: Page) => number | undefined,
  ): Promise<Page> {
    const goal = daysOf(ranking) <= FEW_DAYS ? 0 : await this.guess(ranking);
    for (const atLeast of [goal, goal * GUESS_REDUCTION]) {
      const users = await this.candidateUsers(atLeast, ranking);
      if (!users) break;
      const page = await read(users);
      if ((lastRank(page) ?? -1) >= atLeast) return page;
    }
    return read(null);
  }

  /**
   * Returns the users who can have this much: a user below it in each month is below it in total. @returns null if they
   * are too many
   */
  private async candidateUsers(atLeast: number, ranking: Ranking): Promise<string[] | null> {
    const { by, from, to } = ranking;
    const least = inOneMonth(atLeast, ranking);
    if (least === null) return null;
    const found: { id: string }[] = await this.db.query(
      `SELECT user_id AS id FROM user_months
       WHERE month BETWEEN date_trunc('month', $1::timestamp)::date AND $2::date AND ${by} >= $3
       UNION SELECT user_id FROM ${SOURCES[by].unrolled} LIMIT ${MAX_CANDIDATES + 1}`,
      [from, to, least],
    );
    return found.length > MAX_CANDIDATES ? null : found.map(({ id }) => id);
  }

  /** Estimates the figure of the last user of the page in these days; 0: it may be little. */
  private async guess(ranking: Ranking): Promise<number> {
    const { by, from, to, after, limit, part = 1 } = ranking;
    const middle = dayOf((Date.parse(from) + Date.parse(to)) / 2);
    const share = await this.share(ranking, middle);
    if (share < MAX_SHARE_OF_ROWS) return 0;
    const ofMonth = (daysOf({ from, to }) / 30) * share * part;
    // Users of a later page had at most about this much in a month.
    const most = after === undefined ? [] : [figureOf(by, after / ofMonth)];
    const [found] = await this.db.query(
      `SELECT ${by}::float8 AS figure FROM user_months WHERE month = $1 ${most.length > 0 ? `AND ${by} <= $3` : ''}
       ORDER BY ${by} DESC OFFSET $2 LIMIT 1`,
      [`${middle.slice(0, 7)}-01`, Math.ceil(limit * CANDIDATE_MARGIN), ...most],
    );
    return (found?.figure ?? 0) * ofMonth;
  }

  /** Returns the share of the rows of a day that the filters select. */
  private async share({ by, modelId, useCase }: Ranking, day: string): Promise<number> {
    if (modelId === undefined && useCase === undefined) return 1;
    const { hourly, figure, model } = SOURCES[by];
    const [{ share }] = await this.db.query(
      `SELECT coalesce(sum(${figure}) FILTER (WHERE ($2::text IS NULL OR ${model} = $2) AND ($3::text IS NULL OR use_case = $3))
         / nullif(sum(${figure}), 0), 0)::float8 AS share
       FROM ${hourly} WHERE hour >= $1::timestamptz AND hour < $1::timestamptz + interval '1 day'`,
      [day, modelId, useCase],
    );
    return share;
  }
}

/** Returns the minimum that a user with this total has in at least one month; null: every user has it. */
function inOneMonth(atLeast: number, ranking: Ranking): string | null {
  const least = atLeast / monthsOf(ranking);
  return least > (ranking.by === 'cost_usd' ? 0 : 1) ? figureOf(ranking.by, least) : null;
}

/** Formats a figure like its column: calls and switches are integers. */
const figureOf = (by: RankedBy, figure: number): string =>
  by === 'cost_usd' ? figure.toFixed(15) : String(Math.ceil(Math.min(figure, Number.MAX_SAFE_INTEGER)));

const daysOf = ({ from, to }: Pick<Ranking, 'from' | 'to'>): number =>
  (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;

/** Calendar months of the range. */
function monthsOf({ from, to }: Ranking): number {
  const [first, last] = [new Date(from), new Date(to)];
  return (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth() + 1;
}
