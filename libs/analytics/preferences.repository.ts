import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DAY_MS, dayOf } from './analytics-query.js';
import type { Preference } from './usage-figures.js';
import { type Ranking, UserRanking } from './user-ranking.repository.js';

/** Approximate share of a user's switches that select one model. */
const OF_A_MODEL = 0.5;

const COLUMNS = 'user_id, new_model_id, selections, auto_selections, last_selected_at';
const SINCE = `now() - interval '30 days'`;

/**
 * Result of the view `user_model_preferences`, from the roll-up: whole days, and the rows of the first day that are
 * within the 30 days. $7 are users who can be on the page; null: all are read.
 */
const PREFERENCES = `
WITH recent AS (
  SELECT ${COLUMNS} FROM switches_by_user WHERE day > ((${SINCE}) AT TIME ZONE 'UTC')::date
  UNION ALL
  SELECT ${COLUMNS} FROM switch_figures
  WHERE timestamp > ${SINCE} AND timestamp < date_trunc('day', ${SINCE}, 'UTC') + interval '1 day')
SELECT user_id AS "userId", new_model_id AS "modelId", sum(selections)::int AS selections,
       round(100.0 * sum(auto_selections) / sum(selections), 2)::float AS "autoAdoptionPercentage",
       max(last_selected_at) AS "lastSelectedAt"
FROM recent
WHERE selections > 0 AND ($7::text[] IS NULL OR user_id = ANY ($7)) AND ($1::text IS NULL OR user_id = $1) AND ($2::text IS NULL OR new_model_id = $2)
GROUP BY user_id, new_model_id
HAVING $3::bigint IS NULL OR (-sum(selections), user_id, new_model_id) > (-$3, $4, $5)
ORDER BY sum(selections) DESC, user_id, new_model_id LIMIT $6`;

interface PreferenceQuery {
  limit: number;
  after?: Pick<Preference, 'selections' | 'userId' | 'modelId'> | undefined;
  now: Date;
}

@Injectable()
export class PreferencesRepository {
  constructor(
    private readonly db: DataSource,
    private readonly users: UserRanking,
  ) {}

  /**
   * Lists most selections first, of the 30 days up to now. @returns one more than the limit if there is another page
   */
  async list(
    { userId, modelId }: { userId?: string | undefined; modelId?: string | undefined },
    { limit, after, now }: PreferenceQuery,
  ): Promise<Preference[]> {
    const parameters = [userId, modelId, after?.selections, after?.userId, after?.modelId, limit + 1];
    const [from, to] = [dayOf(now.getTime() - 30 * DAY_MS), dayOf(now.getTime())];
    const read = (users: string[] | null): Promise<Preference[]> =>
      this.db.query(PREFERENCES, [...parameters, users]);
    if (userId !== undefined) return read(null);
    const part = modelId === undefined ? OF_A_MODEL : 1;
    const ranking: Ranking = { by: 'switches', from, to, modelId, limit, after: after?.selections, part };
    return this.users.page(ranking, read, (found) =>
      found.length > limit ? found.at(-1)!.selections : undefined,
    );
  }
}
