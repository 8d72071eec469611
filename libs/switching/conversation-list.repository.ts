import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Conversation } from './conversation.js';
import { type ConversationRow, toConversation } from './conversations.repository.js';

export interface StoredConversation extends Conversation {
  createdAt: Date;
  updatedAt: Date;
}

export interface ConversationFilter {
  /** Required owner; null: any. */
  owner: string | null;
  /** Null: all. */
  useCases: readonly string[] | null;
  /** Undefined: those with a pin and those without. */
  pinned: boolean | undefined;
  /** Effective model; undefined: any. */
  modelId: string | undefined;
  /** Use cases whose followers run on `modelId`. */
  followedUseCases: readonly string[];
}

const COLUMNS = `c.id, c.user_id, c.use_case, c.pinned_model_id, c.pin_kind, c.failed_model_id, c.resume_model_id,
  c.recheck_at, c.cool_downs, c.version, c.switch_seq, c.created_at, c.updated_at`;

/** One kind of conversations of a list: all, those with a pin, or those that follow. */
interface Branch {
  conditions: string[];
  /** Parameter with the use cases; undefined: all. */
  useCases: string | undefined;
}

@Injectable()
export class ConversationListRepository {
  constructor(private readonly db: DataSource) {}

  async find(id: string): Promise<StoredConversation | null> {
    const rows: Row[] = await this.db.query(`SELECT ${COLUMNS} FROM ai_conversations c WHERE c.id = $1`, [
      id,
    ]);
    return rows[0] ? toStored(rows[0]) : null;
  }

  /** In the order of their ids, after one of them. */
  async list(filter: ConversationFilter, limit: number, after: string): Promise<StoredConversation[]> {
    const values: unknown[] = [limit, after];
    const parameter = (value: unknown) => `$${values.push(value)}`;
    const branches = branchesOf(filter, parameter).map((branch) => `(${sqlOf(branch)})`);
    const rows: Row[] = await this.db.query(
      `SELECT * FROM (${branches.join(' UNION ALL ')}) page ORDER BY id LIMIT $1`,
      values,
    );
    return rows.map(toStored);
  }
}

/** Followers and pins of a use case or model are separate branches: each has an index in the order of the list. */
function branchesOf(filter: ConversationFilter, parameter: (value: unknown) => string): Branch[] {
  const { owner, useCases, pinned, modelId, followedUseCases } = filter;
  const owned = owner === null ? [] : [`c.user_id = ${parameter(owner)}`];
  // PostgreSQL refuses a parameter that no condition has.
  const among = () => (useCases === null ? undefined : parameter(useCases));
  if (isOneBranch(filter)) return [{ conditions: owned, useCases: among() }];
  const branches: Branch[] = [];
  if (pinned !== false) {
    const model = modelId === undefined ? [] : [`c.pinned_model_id = ${parameter(modelId)}`];
    branches.push({ conditions: [...owned, 'c.pinned_model_id IS NOT NULL', ...model], useCases: among() });
  }
  if (pinned !== true) {
    const followed = modelId === undefined ? among() : parameter(common(useCases, followedUseCases));
    branches.push({ conditions: [...owned, 'c.pinned_model_id IS NULL'], useCases: followed });
  }
  return branches;
}

/** In the order of the primary key, or of the index of an owner. */
const isOneBranch = ({ owner, useCases, pinned, modelId }: ConversationFilter): boolean =>
  pinned === undefined && modelId === undefined && (useCases === null || owner !== null);

const common = (useCases: readonly string[] | null, followed: readonly string[]) =>
  useCases === null ? followed : followed.filter((name) => useCases.includes(name));

/** Reads each use case in the order of its index: for all of them together the planner would have to sort. */
function sqlOf({ conditions, useCases }: Branch): string {
  const read = (conditionsOfPage: string[]) =>
    `SELECT ${COLUMNS} FROM ai_conversations c WHERE ${[...conditionsOfPage, 'c.id > $2'].join(' AND ')}
     ORDER BY c.id LIMIT $1`;
  if (useCases === undefined) return read(conditions);
  return `SELECT page.* FROM unnest(${useCases}::text[]) AS asked (use_case)
    CROSS JOIN LATERAL (${read(['c.use_case = asked.use_case', ...conditions])}) page ORDER BY page.id LIMIT $1`;
}

interface Row extends ConversationRow {
  created_at: Date;
  updated_at: Date;
}

const toStored = (row: Row): StoredConversation => ({
  ...toConversation(row),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});
