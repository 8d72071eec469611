import type { DataSource } from 'typeorm';

/** Personal data of a table. Switches and their audit rows have separate functions. */
interface PersonalData {
  table: string;
  key: string;
  /** SQL; $1 is the id of the user. */
  rowsOf: string;
  /** SQL; $2 is the pseudonym. Without it the rows are deleted. */
  erased?: string;
  /** SQL, of a roll-up: the rows are added to those that the pseudonym has (`t`) for the same key. */
  merged?: string;
}

/** Retention of the rows of a table. */
interface Retention {
  table: string;
  /** Null: partitioned by month; whole months are dropped. */
  time: string | null;
  /** Default; 0: for ever. */
  days: number;
  /** Minimum of any setting. */
  atLeast: number;
}

const ACTING = `actor = CASE WHEN actor LIKE 'user:%' THEN 'user:' || $2 ELSE actor END,
  on_behalf_of = CASE WHEN on_behalf_of IS NOT NULL THEN $2 END, request_id = 'erased'`;

const added = (...columns: string[]) =>
  columns.map((column) => `${column} = t.${column} + excluded.${column}`).join(', ');
const USAGE = added(
  ...[
    'answered',
    'refused',
    'guardrail_intervened',
    'failed',
    'cancelled',
    'fallbacks',
    'estimated',
    'input_tokens',
    'output_tokens',
  ],
  ...['cache_read_tokens', 'cache_write_tokens', 'cost_usd', 'unknown_costs', 'latency_ms', 'first_text_ms'],
  'first_texts',
);
const SWITCHES = added(
  ...[
    'switches',
    'manual',
    'auto',
    'fallback',
    'estimated_usd',
    'superseded_usd',
    'unknown_estimates',
    'saving_calls',
    'saved_usd',
  ],
  ...['unknown_savings', 'selections', 'auto_selections'],
);

/**
 * A table with a new column for a person needs a line here; a test checks it. Roll-ups without a person, such as
 * `usage_hourly` and `call_forms_daily`, have none, and are kept.
 */
const PERSONAL_DATA: PersonalData[] = [
  { table: 'ai_conversations', key: 'id', rowsOf: 'user_id = $1', erased: 'user_id = $2' },
  {
    table: 'ai_conversation_follows',
    key: 'conversation_id, use_case, after_seq',
    rowsOf: 'user_id = $1',
    erased: 'user_id = $2',
  },
  {
    table: 'model_invocations',
    key: 'id, started_at',
    rowsOf: 'user_id = $1',
    erased: `user_id = $2, ${ACTING}`,
  },
  {
    table: 'usage_daily',
    key: 'user_id, day, model_id, use_case',
    rowsOf: 'user_id = $1',
    merged: USAGE,
  },
  {
    table: 'switches_daily',
    key: 'user_id, day, new_model_id, use_case',
    rowsOf: 'user_id = $1',
    merged: `${SWITCHES}, last_selected_at = greatest(t.last_selected_at, excluded.last_selected_at)`,
  },
  { table: 'user_months', key: 'user_id, month', rowsOf: 'user_id = $1' },
  {
    table: 'notifications',
    key: 'id',
    rowsOf: `user_id = $1 AND audience = 'user'`,
    erased: `user_id = $2, message = 'erased', reason = CASE WHEN reason IS NOT NULL THEN 'erased' END`,
  },
  { table: 'notification_receipts', key: 'recipient, notification_id', rowsOf: `recipient = 'user:' || $1` },
  { table: 'webhooks', key: 'id', rowsOf: 'after_user = $1', erased: `after_user = ''` },
  { table: 'idempotency_keys', key: 'actor, key', rowsOf: `actor = 'user:' || $1` },
  { table: 'cost_budgets', key: 'id', rowsOf: 'user_id = $1' },
  {
    table: 'service_keys',
    key: 'id',
    rowsOf: `defaults ->> 'userId' = $1`,
    erased: `defaults = jsonb_set(defaults, '{userId}', to_jsonb($2))`,
  },
];

const RETENTION: Retention[] = [
  { table: 'bedrock_model_validations', time: 'checked_at', days: 90, atLeast: 7 },
  { table: 'validation_sweeps', time: 'started_at', days: 90, atLeast: 7 },
  { table: 'notifications', time: 'occurred_at', days: 180, atLeast: 1 },
  { table: 'model_invocations', time: null, days: 400, atLeast: 62 },
  { table: 'usage_daily', time: 'day', days: 730, atLeast: 62 },
  { table: 'model_moves', time: 'ended_at', days: 400, atLeast: 30 },
  { table: 'budget_warnings', time: 'raised_at', days: 180, atLeast: 62 },
  { table: 'person_groups', time: 'seen_at', days: 400, atLeast: 100 },
  { table: 'revoked_sessions', time: 'revoked_at', days: 7, atLeast: 3 },
  { table: 'webhook_deliveries', time: 'attempted_at', days: 14, atLeast: 1 },
];

/** Writes the lists into the database, where only the owner can: a caller of its functions cannot choose the rows. */
export async function setDataRules(db: DataSource): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('DELETE FROM personal_data_rules');
    await tx.query('DELETE FROM retention_rules');
    await tx.query(
      `INSERT INTO personal_data_rules (table_name, key_columns, rows_of, erased, merged)
       SELECT "table", key, "rowsOf", erased, merged
       FROM json_to_recordset($1) AS r ("table" text, key text, "rowsOf" text, erased text, merged text)`,
      [JSON.stringify(PERSONAL_DATA)],
    );
    await tx.query(
      `INSERT INTO retention_rules (table_name, time_column, days, at_least)
       SELECT "table", time, days, "atLeast" FROM json_to_recordset($1) AS r ("table" text, time text, days int, "atLeast" int)`,
      [JSON.stringify(RETENTION)],
    );
  });
}
