import type { DataSource, EntityManager } from 'typeorm';

const READ_WRITE = 'SELECT, INSERT, UPDATE, DELETE';

/** Rights of the application's role by table. Events, audit rows and notifications are append-only. */
const GRANTS: Record<string, string> = {
  orchestrator_migrations: 'SELECT',
  bedrock_models: READ_WRITE,
  bedrock_model_prices: 'SELECT, INSERT, UPDATE',
  model_price_quotes: READ_WRITE,
  use_cases: READ_WRITE,
  use_case_candidates: READ_WRITE,
  use_case_usage: READ_WRITE,
  ai_assistants: READ_WRITE,
  catalogue_version: 'SELECT, UPDATE',
  catalogue_changes: 'SELECT, INSERT',
  access_changes: 'SELECT, INSERT',
  ai_conversations: READ_WRITE,
  ai_conversation_follows: READ_WRITE,
  switch_events: 'SELECT, INSERT',
  model_moves: 'SELECT, INSERT, UPDATE',
  model_move_items: 'SELECT, INSERT, UPDATE (state)',
  change_requests: 'SELECT, INSERT, UPDATE',
  change_operations: 'SELECT, INSERT, UPDATE (result)',
  change_decisions: 'SELECT, INSERT',
  reviewed_edits: 'SELECT, INSERT',
  unreviewed_moves: 'SELECT',
  freezes: 'SELECT, INSERT, UPDATE (ended_early_by, ended_early_at)',
  outbox: READ_WRITE,
  validation_sweeps: READ_WRITE,
  bedrock_model_validations: 'SELECT, INSERT, DELETE',
  bedrock_model_health: READ_WRITE,
  lifecycle_warnings: 'SELECT, INSERT',
  bedrock_model_switches: 'SELECT, INSERT',
  model_invocations: 'SELECT, INSERT',
  invocations_to_roll_up: 'SELECT, INSERT, DELETE',
  invocation_figures: 'SELECT',
  billed_figures: 'SELECT',
  unrolled_invocations: 'SELECT',
  usage_hourly: 'SELECT, INSERT, UPDATE',
  usage_daily: 'SELECT, INSERT, UPDATE',
  usage_latencies: 'SELECT, INSERT, UPDATE',
  usage_of_keys: 'SELECT, INSERT, UPDATE',
  unknown_costs_daily: 'SELECT, INSERT, UPDATE',
  call_forms_daily: 'SELECT, INSERT, UPDATE',
  call_forms: 'SELECT',
  call_forms_by_day: 'SELECT',
  unreviewed_calls: 'SELECT',
  usage_by_hour: 'SELECT',
  usage_by_user: 'SELECT',
  switch_savings: 'SELECT, INSERT, UPDATE',
  cost_budgets: READ_WRITE,
  budget_warnings: 'SELECT, INSERT',
  budget_changes: 'SELECT, INSERT',
  switches_hourly: 'SELECT, INSERT, UPDATE',
  switches_daily: 'SELECT, INSERT, UPDATE',
  user_months: 'SELECT, INSERT, UPDATE',
  switch_figures: 'SELECT',
  unrolled_switches: 'SELECT',
  switches_by_hour: 'SELECT',
  switches_by_user: 'SELECT',
  superseded_estimates: 'SELECT',
  audit_seals: 'SELECT, INSERT',
  audit_salts: 'SELECT, INSERT',
  audit_unsealed: 'SELECT, INSERT, DELETE',
  erasures: 'SELECT, INSERT, UPDATE',
  revoked_sessions: 'SELECT, INSERT, DELETE',
  person_groups: 'SELECT, INSERT, UPDATE',
  singleton_loops: 'SELECT, INSERT, UPDATE',
  personal_data_rules: 'SELECT',
  retention_rules: 'SELECT',
  bedrock_model_switch_analytics: 'SELECT',
  user_model_preferences: 'SELECT',
  notifications: 'SELECT, INSERT, UPDATE (seq, read)',
  notifications_seq: 'USAGE',
  notification_receipts: 'SELECT, INSERT, UPDATE',
  webhooks: READ_WRITE,
  webhook_deliveries: 'SELECT, INSERT',
  instances: READ_WRITE,
  channels: READ_WRITE,
  service_keys: 'SELECT, INSERT, UPDATE',
  idempotency_keys: READ_WRITE,
};

/** Functions that run with the owner's rights, so that no other role may call them. */
const CALLABLE = [
  'make_invocation_partition(integer)',
  'erase_personal_data(text, text, text, integer)',
  'erase_switches(text, text, integer)',
  'expire_rows(text, integer, integer)',
];

/**
 * Gives the application's role exactly the rights above, whatever it had before. All others except the owner get none,
 * also those named by default privileges, as in the projects of Supabase. Idempotent, and in one transaction: a running
 * application never lacks them.
 * @param role undefined: the owner is the application
 */
export function grant(db: DataSource, schema: string, role: string | undefined): Promise<void> {
  return db.transaction(async (tx) => {
    await revokeAll(tx, schema);
    // Not in a shared schema: default privileges apply to the tables of others, too.
    if (schema !== 'public') await revokeDefaults(tx, schema);
    if (role !== undefined) await grantTo(tx, schema, quoted(role));
  });
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const GRANTEE = `CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END`;

/**
 * Selects our tables and views, partitions and sequences of tables, and our functions, each with every role that has a
 * right.
 */
const GRANTED = `
WITH named AS (SELECT oid FROM pg_class WHERE relnamespace = $1::regnamespace AND relname = ANY($2)),
ours AS (SELECT oid FROM named UNION SELECT inhrelid FROM pg_inherits JOIN named ON inhparent = oid
  UNION SELECT objid FROM pg_depend JOIN named ON refobjid = oid
    WHERE deptype IN ('a', 'i') AND objid IN (SELECT oid FROM pg_class WHERE relkind = 'S'))
SELECT DISTINCT CASE relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || c.oid::regclass AS object, ${GRANTEE} AS grantee
FROM ours JOIN pg_class c USING (oid), LATERAL (SELECT grantee FROM aclexplode(c.relacl)
  UNION SELECT grantee FROM pg_attribute, aclexplode(attacl) WHERE attrelid = c.oid) acl WHERE grantee <> relowner
UNION
SELECT DISTINCT 'FUNCTION ' || oid::regprocedure, ${GRANTEE} FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
WHERE oid = ANY($3::regprocedure[]) AND grantee <> proowner`;

async function revokeAll(db: EntityManager, schema: string): Promise<void> {
  const functions = CALLABLE.map((callable) => `"${schema}".${callable}`);
  const granted: { object: string; grantee: string }[] = await db.query(GRANTED, [
    `"${schema}"`,
    Object.keys(GRANTS),
    functions,
  ]);
  for (const { object, grantee } of granted)
    await db.query(`REVOKE ALL ON ${object} FROM ${grantee} CASCADE`);
}

/** Revokes rights that default privileges would grant on later tables, sequences and functions. */
async function revokeDefaults(db: EntityManager, schema: string): Promise<void> {
  const kinds = `CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' END`;
  const defaults: { kind: string; grantee: string }[] = await db.query(
    `SELECT DISTINCT ${kinds} AS kind, ${GRANTEE} AS grantee FROM pg_default_acl, aclexplode(defaclacl)
     WHERE defaclrole = current_user::regrole AND defaclnamespace = $1::regnamespace AND grantee <> defaclrole
       AND defaclobjtype IN ('r', 'S', 'f')`,
    [`"${schema}"`],
  );
  for (const { kind, grantee } of defaults)
    await db.query(`ALTER DEFAULT PRIVILEGES IN SCHEMA "${schema}" REVOKE ALL ON ${kind} FROM ${grantee}`);
}

async function grantTo(db: EntityManager, schema: string, role: string): Promise<void> {
  await db.query(`GRANT USAGE ON SCHEMA "${schema}" TO ${role}`);
  for (const [table, rights] of Object.entries(GRANTS))
    await db.query(`GRANT ${rights} ON "${schema}".${table} TO ${role}`);
  for (const callable of CALLABLE)
    await db.query(`GRANT EXECUTE ON FUNCTION "${schema}".${callable} TO ${role}`);
}
