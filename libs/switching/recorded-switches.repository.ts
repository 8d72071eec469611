import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ListedSwitch, Position, SwitchFilter, SwitchScope } from './switch.js';
import { AUDITED_FIELDS, selectFields } from './switch-event.columns.js';

/** Source of switches; `s` is the row. */
interface Source {
  table: string;
  /** Column of the time. */
  at: string;
  /** Figures that are known since the audit row is there. */
  figures: string;
  /** Order of the indexes that begin with a conversation, a user or a use case. */
  descending: 'DESC' | 'DESC NULLS LAST';
}

const AUDIT_ROWS: Source = {
  table: 'bedrock_model_switches',
  at: 's.timestamp',
  figures: `true AS audited, trim_scale(s.cost_impact_estimated)::text AS "costImpact",
    s.cost_impact_horizon AS "costImpactHorizon"`,
  // Not that of the index on the time alone: the planner would follow it past all other conversations.
  descending: 'DESC NULLS LAST',
};
const EVENTS: Source = {
  table: 'switch_events',
  at: 's.occurred_at',
  figures: 'false AS audited, NULL AS "costImpact", NULL AS "costImpactHorizon"',
  descending: 'DESC',
};

const COLUMNS = selectFields('s', AUDITED_FIELDS);

/** A sum of only unknown savings is unknown, too. */
const SAVED =
  'CASE WHEN savings.unknown_savings < savings.calls THEN trim_scale(savings.saved_usd)::text END AS "savedUsd"';

type ByValue = Omit<SwitchFilter, 'scope' | 'modelId'>;

const CONDITIONS: Record<keyof ByValue, (source: Source, value: string) => string> = {
  conversationId: (_, value) => `s.conversation_id = ${value}`,
  userId: (_, value) => `s.user_id = ${value}`,
  useCase: (_, value) => `s.use_case = ${value}`,
  action: (_, value) => `s.switch_action = ${value}`,
  actor: (_, value) => `s.actor = ${value}`,
  requestId: (_, value) => `s.request_id = ${value}`,
  reason: (_, value) => `position(lower(${value}) IN lower(s.reason)) > 0`,
  from: ({ at }, value) => `${at} >= ${value}`,
  to: ({ at }, value) => `${at} < ${value}`,
};

/** Said without a parameter, so that the planner knows the index that has these rows alone. */
const OF_SCOPE: Record<SwitchScope, string> = {
  conversation: 's.conversation_id IS NOT NULL',
  use_case: 's.conversation_id IS NULL',
};

/**
 * Lists switches from their audit rows, which are sealed. A switch without one comes from its event. One statement
 * reads both, so that no switch is missing between them.
 */
@Injectable()
export class RecordedSwitchesRepository {
  constructor(private readonly db: DataSource) {}

  /** Newest first. */
  async list(filter: SwitchFilter, limit: number, before?: Position): Promise<ListedSwitch[]> {
    const values: unknown[] = [limit];
    const { scope, modelId, ...byValue } = filter;
    const given = Object.entries(byValue).filter(([, value]) => value !== undefined);
    const fields = given.map(([field, value]) => ({
      field: field as keyof ByValue,
      value: `$${values.push(value)}`,
    }));
    const model = modelId === undefined ? undefined : `$${values.push(modelId)}`;
    const earlier = earlierThan(before, values);
    const rowsOf = (source: Source) => {
      const conditions = fields.map(({ field, value }) => CONDITIONS[field](source, value));
      const order = isNarrow(filter) ? source.descending : 'DESC';
      if (scope) conditions.push(OF_SCOPE[scope]);
      const rows = (of: string[]) =>
        newest(source, `${source.table} s`, [...of, ...conditions, earlier(source)], order);
      return model === undefined ? rows([]) : eitherOf(rows, model);
    };
    return this.page(rowsOf, values);
  }

  async find(id: string): Promise<ListedSwitch | null> {
    const rowsOf = (source: Source) => newest(source, `${source.table} s`, ['s.id = $2']);
    return (await this.page(rowsOf, [1, id]))[0] ?? null;
  }

  /** Newest first: the conversation's own switches and those of its use case while it followed. */
  async historyOf(conversationId: string, limit: number, before?: Position): Promise<ListedSwitch[]> {
    const values: unknown[] = [limit, conversationId];
    const earlier = earlierThan(before, values);
    const rowsOf = (source: Source) => {
      const own = newest(source, `${source.table} s`, ['s.conversation_id = $2', earlier(source)]);
      const shared = `ai_conversation_follows f JOIN ${source.table} s ON s.conversation_id IS NULL
        AND s.use_case = f.use_case AND s.seq > f.after_seq AND s.seq <= coalesce(f.until_seq, ${Number.MAX_SAFE_INTEGER})`;
      return `(${own}) UNION ALL (${newest(source, shared, ['f.conversation_id = $2', earlier(source)])})
        ORDER BY "occurredAt" DESC, id DESC LIMIT $1`;
    };
    return this.page(rowsOf, values);
  }

  /** The newest switches are among the newest events: each has one. Those that have an audit row are read from there. */
  private async page(rowsOf: (source: Source) => string, values: unknown[]): Promise<ListedSwitch[]> {
    return this.db.query(
      `WITH recorded AS (${rowsOf(AUDIT_ROWS)}), event AS MATERIALIZED (${rowsOf(EVENTS)}),
         pending AS (SELECT * FROM event
           WHERE (SELECT true FROM bedrock_model_switches a WHERE a.id = event.id) IS NULL)
       SELECT page.*, ${SAVED} FROM (SELECT * FROM recorded UNION ALL SELECT * FROM pending) page
       LEFT JOIN switch_savings savings ON savings.switch_id = page.id
       ORDER BY page."occurredAt" DESC, page.id DESC LIMIT $1`,
      values,
    );
  }
}

/** A switch from the model and one to it are in different indexes, and no switch is both. */
const eitherOf = (rows: (of: string[]) => string, model: string): string =>
  `(${rows([`s.previous_model_id = ${model}`])}) UNION ALL (${rows([`s.new_model_id = ${model}`])})
   ORDER BY "occurredAt" DESC, id DESC LIMIT $1`;

/** No more than the page can show. */
const newest = (source: Source, from: string, conditions: string[], order = source.descending) => `
  SELECT ${COLUMNS}, ${source.at} AS "occurredAt", ${source.figures} FROM ${from}
  WHERE ${conditions.join(' AND ')} ORDER BY ${source.at} ${order}, s.id ${order} LIMIT $1`;

const isNarrow = ({ conversationId, userId, useCase, actor, modelId, requestId }: SwitchFilter): boolean =>
  [conversationId, userId, useCase, actor, modelId, requestId].some((value) => value !== undefined);

function earlierThan(before: Position | undefined, values: unknown[]): (source: Source) => string {
  if (!before) return () => 'true';
  const [at, id] = [values.push(before.occurredAt), values.push(before.id)];
  // An index that has the time alone serves the first condition.
  return (source) => `${source.at} <= $${at} AND (${source.at}, s.id) < ($${at}, $${id}::uuid)`;
}
