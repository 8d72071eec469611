import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PreparedStatement } from '#libs/platform/database/pipelined-transaction.js';
import { queueWrite, type Transaction } from '#libs/platform/database/transactions.js';
import type { SwitchEvent } from './switch.js';
import { columnsOf, SWITCH_EVENT_FIELDS, selectFields } from './switch-event.columns.js';

const parameterOf = (field: keyof SwitchEvent) => `$${SWITCH_EVENT_FIELDS.indexOf(field) + 1}`;

/**
 * Never earlier than the switch before it in its scope: clocks of instances differ by milliseconds, and lists go by the
 * time.
 * @param value SQL of a field of the event
 */
const occurredAt = (
  value: (field: keyof SwitchEvent) => string,
) => `greatest(${value('occurredAt')}::timestamptz,
  (SELECT p.occurred_at + interval '1 ms' FROM switch_events p
   WHERE p.conversation_id = ${value('conversationId')} AND p.seq = ${value('seq')}::bigint - 1),
  (SELECT p.occurred_at + interval '1 ms' FROM switch_events p
   WHERE ${value('conversationId')}::text IS NULL AND p.conversation_id IS NULL AND p.use_case = ${value('useCase')}
     AND p.seq = ${value('seq')}::bigint - 1))`;

const selected = (value: (field: keyof SwitchEvent) => string) =>
  SWITCH_EVENT_FIELDS.map((field) => (field === 'occurredAt' ? occurredAt(value) : value(field))).join(', ');

const INSERT: PreparedStatement = {
  name: 'insert-switch-event',
  text: `INSERT INTO switch_events (${columnsOf(SWITCH_EVENT_FIELDS)}) VALUES (${selected(parameterOf)})`,
};

/** Rows of `$1` by the names of their columns. */
const INSERT_ALL: PreparedStatement = {
  name: 'insert-switch-events',
  text: `INSERT INTO switch_events (${columnsOf(SWITCH_EVENT_FIELDS)})
    SELECT ${selected((field) => columnsOf([field], 'e.'))} FROM json_populate_recordset(NULL::switch_events, $1) e`,
};

const LAST_OF_USE_CASES = `SELECT ${selectFields('e', SWITCH_EVENT_FIELDS)} FROM unnest($1::text[]) AS asked (use_case)
  CROSS JOIN LATERAL (SELECT * FROM switch_events s WHERE s.conversation_id IS NULL AND s.use_case = asked.use_case
    ORDER BY s.seq DESC LIMIT 1) e`;

const SELECT = `SELECT ${selectFields('e', SWITCH_EVENT_FIELDS)} FROM switch_events e`;

@Injectable()
export class SwitchEventsRepository {
  constructor(private readonly db: DataSource) {}

  insert(event: SwitchEvent, tx: Transaction): void {
    queueWrite(
      tx,
      INSERT,
      SWITCH_EVENT_FIELDS.map((field) => event[field]),
    );
  }

  async find(id: string): Promise<SwitchEvent | null> {
    return this.one('e.id = $1', [id]);
  }

  /** Returns the switch of a conversation that has this number. */
  async ofConversation(conversationId: string, seq: number): Promise<SwitchEvent | null> {
    return this.one('e.conversation_id = $1 AND e.seq = $2', [conversationId, seq]);
  }

  /** Returns the newest switch of the scope of a switch. */
  async lastOfScope({ conversationId, useCase }: SwitchEvent): Promise<SwitchEvent | null> {
    const last = 'ORDER BY e.seq DESC LIMIT 1';
    return conversationId === null
      ? this.one(`e.conversation_id IS NULL AND e.use_case = $1 ${last}`, [useCase])
      : this.one(`e.conversation_id = $1 ${last}`, [conversationId]);
  }

  private async one(condition: string, values: unknown[]): Promise<SwitchEvent | null> {
    const rows: SwitchEvent[] = await this.db.query(`${SELECT} WHERE ${condition}`, values);
    return rows[0] ?? null;
  }

  insertAll(events: readonly SwitchEvent[], tx: Transaction): void {
    const rows = events.map((event) =>
      Object.fromEntries(SWITCH_EVENT_FIELDS.map((field) => [columnsOf([field]), event[field]])),
    );
    queueWrite(tx, INSERT_ALL, [JSON.stringify(rows)]);
  }

  async lastOfUseCases(useCases: readonly string[]): Promise<SwitchEvent[]> {
    return this.db.query(LAST_OF_USE_CASES, [useCases]);
  }
}
