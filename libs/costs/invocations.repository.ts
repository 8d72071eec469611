import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Usage } from '#libs/platform/bedrock/converse-request.js';
import type { PreparedStatement } from '#libs/platform/database/pipelined-transaction.js';
import { queryOnPool } from '#libs/platform/database/transactions.js';
import type { Invocation } from './invocation.js';

const COLUMNS = {
  id: 'uuid',
  started_at: 'timestamptz',
  request_id: 'text',
  conversation_id: 'text',
  use_case: 'text',
  user_id: 'text',
  actor: 'text',
  on_behalf_of: 'text',
  key_owner: 'text',
  model_id: 'text',
  outcome: 'text',
  error_kind: 'text',
  stop_reason: 'text',
  input_tokens: 'integer',
  output_tokens: 'integer',
  cache_read_tokens: 'integer',
  cache_write_tokens: 'integer',
  cache_write_1h_tokens: 'integer',
  service_tier: 'text',
  estimated: 'boolean',
  cost_usd: 'numeric',
  cost_unknown: 'text',
  price_version: 'bigint',
  attempts: 'jsonb',
  latency_ms: 'integer',
  first_text_ms: 'integer',
  streamed: 'boolean',
  wire: 'text',
  body_family: 'text',
  forms: 'text[]',
  follows: 'boolean',
  control: 'text',
  model_role: 'text',
};
const NAMES = Object.keys(COLUMNS).join(', ');
const GIVEN = Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`);

/**
 * One statement, hence one transaction and one round trip. Rows that are there already count for nothing. What a
 * conversation has used is added up by the worker: here it would cost as much as all the rest, and hold its switches up.
 */
const RECORD: PreparedStatement = {
  name: 'record_calls',
  text: `
WITH recorded AS (
  INSERT INTO model_invocations (${NAMES})
  SELECT ${NAMES} FROM json_to_recordset($1) AS given (${GIVEN.join(', ')})
  ON CONFLICT DO NOTHING
  RETURNING id, started_at)
INSERT INTO invocations_to_roll_up (invocation_ids, started_ats, in_conversations)
SELECT array_agg(id), array_agg(started_at), false FROM recorded HAVING count(*) > 0`,
};

@Injectable()
export class InvocationsRepository {
  constructor(private readonly db: DataSource) {}

  /** Records calls and queues them for the roll-ups: all of them or none. A second time changes nothing. */
  async record(invocations: Invocation[]): Promise<void> {
    await queryOnPool(this.db, RECORD, [JSON.stringify(invocations.map(rowOf))]);
  }
}

const rowOf = (invocation: Invocation): Record<keyof typeof COLUMNS, unknown> => ({
  id: invocation.id,
  started_at: invocation.startedAt,
  request_id: invocation.requestId,
  conversation_id: invocation.conversationId,
  use_case: invocation.useCase,
  user_id: invocation.userId,
  actor: invocation.actor,
  on_behalf_of: invocation.onBehalfOf,
  key_owner: invocation.keyOwner,
  model_id: invocation.modelId,
  outcome: invocation.outcome,
  error_kind: invocation.errorKind,
  stop_reason: invocation.stopReason,
  input_tokens: invocation.usage?.input ?? null,
  output_tokens: invocation.usage?.output ?? null,
  cache_read_tokens: invocation.usage?.cacheRead ?? null,
  cache_write_tokens: invocation.usage?.cacheWrite ?? null,
  ...dimensionsOf(invocation.usage),
  estimated: invocation.estimated,
  cost_usd: invocation.costUsd,
  cost_unknown: invocation.costUnknown ?? null,
  price_version: invocation.priceVersion,
  attempts: invocation.attempts,
  latency_ms: Math.round(invocation.latencyMs),
  first_text_ms: invocation.firstTextMs === null ? null : Math.round(invocation.firstTextMs),
  streamed: invocation.streamed,
  wire: invocation.wire,
  body_family: invocation.bodyFamily,
  forms: invocation.forms,
  follows: invocation.follows,
  // Calls that a release without them has left in the journal lack both.
  control: invocation.control ?? null,
  model_role: invocation.modelRole ?? null,
});

const dimensionsOf = (usage: Usage | null) => ({
  cache_write_1h_tokens: usage && (usage.cacheWrite1h ?? 0),
  service_tier: usage?.serviceTier ?? null,
});
