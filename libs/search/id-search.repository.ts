import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FoundConversation } from './id-search.js';

/** Prefix, the end of the ids that begin with it, and a limit. */
const valuesOf = (prefix: string, limit: number): unknown[] => [prefix, `${prefix}\u{10FFFF}`, limit];

/** The operators compare bytes, as the indexes do: a collation does not keep a prefix together. */
const BEGINS = (column: string) => `${column} ~>=~ $1 AND ${column} ~<~ $2`;

/** Reads one row for each different value, and not those between. */
const distinct = (table: string, column: string) => `
  WITH RECURSIVE found (value, place) AS (
    (SELECT ${column}, 1 FROM ${table} WHERE ${BEGINS(column)} ORDER BY ${column} USING ~<~ LIMIT 1)
    UNION ALL
    SELECT next.value, place + 1 FROM found, LATERAL (SELECT ${column} AS value FROM ${table}
      WHERE ${column} ~>~ found.value AND ${column} ~<~ $2 ORDER BY ${column} USING ~<~ LIMIT 1) next
    WHERE place < $3)
  SELECT value FROM found`;

const USERS = distinct('user_months', 'user_id');
const REQUESTS_OF = {
  switches: distinct('switch_events', 'request_id'),
  calls: distinct('model_invocations', 'request_id'),
};

/** Finds ids by their beginnings. */
@Injectable()
export class IdSearchRepository {
  constructor(private readonly db: DataSource) {}

  /** @param useCases null: all */
  async conversations(
    prefix: string,
    limit: number,
    useCases: readonly string[] | null,
  ): Promise<FoundConversation[]> {
    return this.db.query(
      `SELECT found.id, found.user_id AS "userId", found.use_case AS "useCase"
       FROM use_cases, LATERAL (SELECT id, user_id, use_case FROM ai_conversations
         WHERE use_case = use_cases.name AND ${BEGINS('id')} ORDER BY id USING ~<~ LIMIT $3) found
       WHERE $4::text[] IS NULL OR name = ANY($4) ORDER BY found.id USING ~<~ LIMIT $3`,
      [...valuesOf(prefix, limit), useCases],
    );
  }

  /** Users who have called or switched. */
  async users(prefix: string, limit: number): Promise<string[]> {
    return this.valuesOf(USERS, prefix, limit);
  }

  async requestsOf(list: 'switches' | 'calls', prefix: string, limit: number): Promise<string[]> {
    return this.valuesOf(REQUESTS_OF[list], prefix, limit);
  }

  private async valuesOf(sql: string, prefix: string, limit: number): Promise<string[]> {
    const rows: { value: string }[] = await this.db.query(sql, valuesOf(prefix, limit));
    return rows.map(({ value }) => value);
  }
}
