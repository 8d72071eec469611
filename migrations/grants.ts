import type { DataSource, EntityManager } from 'typeorm';

const READ_WRITE = 'SELECT, INSERT, UPDATE, DELETE';

/** What the application's role may do, table by table. Events, audit rows and what people were told can only be added to. */
const GRANTS: Record<string, string> = {
  orchestrator_migrations: 'SELECT',
  bedrock_models: READ_WRITE,
  bedrock_model_prices: 'SELECT, INSERT, UPDATE',
  model_price_quotes: 'SELECT, INSERT, UPDATE',
  use_cases: READ_WRITE,
  use_case_candidates: READ_WRITE,
  use_case_usage: READ_WRITE,
  ai_assistants: READ_WRITE,
  catalogue_version: 'SELECT, UPDATE',
  catalogue_changes: 'SELECT, INSERT',
  ai_conversations: READ_WRITE,
  ai_conversation_follows: READ_WRITE,
  switch_events: 'SELECT, INSERT',
  outbox: READ_WRITE,
  validation_sweeps: READ_WRITE,
  bedrock_model_validations: 'SELECT, INSERT, DELETE',
  bedrock_model_health: READ_WRITE,
  lifecycle_warnings: 'SELECT, INSERT',
  bedrock_model_switches: 'SELECT, INSERT',
  model_invocations: 'SELECT, INSERT',
  invocations_to_roll_up: 'SELECT, INSERT, DELETE',
  invocation_figures: 'SELECT',
  unrolled_invocations: 'SELECT',
  usage_hourly: 'SELECT, INSERT, UPDATE',
  usage_daily: 'SELECT, INSERT, UPDATE',
  usage_latencies: 'SELECT, INSERT, UPDATE',
  usage_by_hour: 'SELECT',
  usage_by_user: 'SELECT',
  switch_savings: 'SELECT, INSERT, UPDATE',
  switches_hourly: 'SELECT, INSERT, UPDATE',
  switches_daily: 'SELECT, INSERT, UPDATE',
  user_months: 'SELECT, INSERT, UPDATE',
  switch_figures: 'SELECT',
  unrolled_switches: 'SELECT',
  switches_by_hour: 'SELECT',
  switches_by_user: 'SELECT',
  audit_seals: 'SELECT, INSERT',
  audit_salts: 'SELECT, INSERT',
  audit_unsealed: 'SELECT, INSERT, DELETE',
  erasures: 'SELECT, INSERT, UPDATE',
  personal_data_rules: 'SELECT',
  retention_rules: 'SELECT',
  bedrock_model_switch_analytics: 'SELECT',
  user_model_preferences: 'SELECT',
  notifications: 'SELECT, INSERT, UPDATE (seq, read)',
  notifications_seq: 'USAGE',
  notification_receipts: 'SELECT, INSERT, UPDATE',
  webhooks: READ_WRITE,
  service_keys: 'SELECT, INSERT, UPDATE',
  idempotency_keys: READ_WRITE,
};

/** Functions that run with the owner's rights, so that nobody else may call them. */
const CALLABLE = [
  'make_invocation_partition(integer)',
  'erase_personal_data(text, text, text, integer)',
  'erase_switches(text, text, integer)',
  'expire_rows(text, integer, integer)',
];

/** Roles that Supabase gives rights on every new table, so that its REST interface would show ours. */
const SUPABASE_ROLES = ['anon', 'authenticated'];

/**
 * Gives the application's role exactly the rights above, whatever it had before, and everybody else none. Idempotent, and
 * in one transaction: an application that runs is never without them.
 */
export function grant(db: DataSource, schema: string, role: string): Promise<void> {
  return db.transaction((tx) => grantIn(tx, schema, role));
}

async function grantIn(db: EntityManager, schema: string, role: string): Promise<void> {
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
  const present: { rolname: string }[] = await db.query(
    'SELECT rolname FROM pg_roles WHERE rolname = ANY($1)',
    [SUPABASE_ROLES],
  );
  const others = ['PUBLIC', quoted(role), ...present.map(({ rolname }) => quoted(rolname))].join(', ');
  await db.query(`GRANT USAGE ON SCHEMA "${schema}" TO ${quoted(role)}`);
  for (const [table, rights] of Object.entries(GRANTS)) {
    await db.query(`REVOKE ALL ON "${schema}".${table} FROM ${others}`);
    await db.query(`GRANT ${rights} ON "${schema}".${table} TO ${quoted(role)}`);
  }
  const partitions: { name: string }[] = await db.query(
    'SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::regclass',
    [`"${schema}".model_invocations`],
  );
  for (const { name } of partitions) await db.query(`REVOKE ALL ON ${name} FROM ${others}`);
  for (const callable of CALLABLE) {
    await db.query(`REVOKE ALL ON FUNCTION "${schema}".${callable} FROM ${others}`);
    await db.query(`GRANT EXECUTE ON FUNCTION "${schema}".${callable} TO ${quoted(role)}`);
  }
}
