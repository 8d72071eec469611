import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CallFilter, CallPosition, ListedCall } from './call-list.js';

const FIELDS: Record<keyof ListedCall, string> = {
  id: 'id',
  requestId: 'request_id',
  conversationId: 'conversation_id',
  useCase: 'use_case',
  userId: 'user_id',
  actor: 'actor',
  onBehalfOf: 'on_behalf_of',
  modelId: 'model_id',
  outcome: 'outcome',
  errorKind: 'error_kind',
  stopReason: 'stop_reason',
  // Calls of earlier releases have neither: all of them were chats.
  wire: `coalesce(wire, 'chat')`,
  bodyFamily: 'body_family',
  forms: `coalesce(forms, '{}')`,
  streamed: 'streamed',
  latencyMs: 'latency_ms',
  firstTextMs: 'first_text_ms',
  inputTokens: 'input_tokens',
  outputTokens: 'output_tokens',
  cacheReadTokens: 'cache_read_tokens',
  cacheWriteTokens: 'cache_write_tokens',
  estimated: 'estimated',
  costUsd: 'trim_scale(cost_usd)::text',
  costUnknown: 'cost_unknown',
  attempts: 'attempts',
  startedAt: 'started_at',
};
const COLUMNS = Object.entries(FIELDS).map(([field, column]) => `${column} AS "${field}"`);

const CONDITIONS: Record<keyof CallFilter, (value: string) => string> = {
  requestId: (value) => `request_id = ${value}`,
  conversationId: (value) => `conversation_id = ${value}`,
  userId: (value) => `user_id = ${value}`,
  useCases: (value) => `use_case = ANY(${value})`,
  modelId: (value) => `model_id = ${value}`,
  outcome: (value) => `outcome = ${value}`,
  from: (value) => `started_at >= ${value}`,
  to: (value) => `started_at < ${value}`,
};

@Injectable()
export class CallListRepository {
  constructor(private readonly db: DataSource) {}

  /** Newest first. The period decides which partitions are read. */
  async list(filter: CallFilter, limit: number, before?: CallPosition): Promise<ListedCall[]> {
    const values: unknown[] = [limit];
    const parameter = (value: unknown) => `$${values.push(value)}`;
    const conditions = keysOf(CONDITIONS).flatMap((field) => {
      const value = filter[field];
      return value === undefined || value === null ? [] : [CONDITIONS[field](parameter(value))];
    });
    // Said for the planner, which does not know that of a parameter.
    if (filter.outcome !== undefined && filter.outcome !== 'answered')
      conditions.push(`outcome <> 'answered'`);
    if (before)
      conditions.push(
        `(started_at, id) < (${parameter(before.startedAt)}::timestamptz, ${parameter(before.id)}::uuid)`,
      );
    return this.db.query(
      `SELECT ${COLUMNS.join(', ')} FROM model_invocations WHERE ${conditions.join(' AND ')}
       ORDER BY model_invocations.started_at DESC, model_invocations.id DESC LIMIT $1`,
      values,
    );
  }
}

const keysOf = <Key extends string>(of: Record<Key, unknown>): Key[] => Object.keys(of) as Key[];
