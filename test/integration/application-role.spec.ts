import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createOwnerDataSource } from '#migrations/data-source.js';
import { migrateUp } from '#migrations/migrate.js';
import { ApiInstance } from '../support/api-instance.js';
import { asAdmin } from '../support/empty-database.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

let environment: TestEnvironment;
beforeAll(async () => {
  environment = await createTestEnvironment();
});
afterAll(() => environment.close());

const asOwner = async (sql: string) => (await environment.owner.query(sql)).rows;
const asApp = async (sql: string) => (await environment.app.query(sql)).rows;

describe('the application’s role', () => {
  const RIGHTS = `SELECT relname AS table, string_agg(p, ' ' ORDER BY o) AS rights
    FROM pg_class, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'])
      WITH ORDINALITY AS t (p, o)
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'p')
      AND has_table_privilege('orchestrator_app', pg_class.oid, p) GROUP BY relname`;
  const everything = 'SELECT INSERT UPDATE DELETE';
  const EXPECTED = {
    access_changes: 'SELECT INSERT',
    ai_assistants: everything,
    ai_conversation_follows: everything,
    ai_conversations: everything,
    audit_salts: 'SELECT INSERT',
    audit_seals: 'SELECT INSERT',
    audit_unsealed: 'SELECT INSERT DELETE',
    bedrock_model_health: everything,
    bedrock_model_prices: 'SELECT INSERT UPDATE',
    bedrock_model_switch_analytics: 'SELECT',
    bedrock_model_switches: 'SELECT INSERT',
    bedrock_model_validations: 'SELECT INSERT DELETE',
    bedrock_models: everything,
    budget_changes: 'SELECT INSERT',
    budget_warnings: 'SELECT INSERT',
    catalogue_changes: 'SELECT INSERT',
    catalogue_version: 'SELECT UPDATE',
    change_decisions: 'SELECT INSERT',
    change_operations: 'SELECT INSERT',
    change_requests: 'SELECT INSERT UPDATE',
    channels: everything,
    cost_budgets: everything,
    erasures: 'SELECT INSERT UPDATE',
    person_groups: 'SELECT INSERT UPDATE',
    revoked_sessions: 'SELECT INSERT DELETE',
    freezes: 'SELECT INSERT',
    singleton_loops: 'SELECT INSERT UPDATE',
    idempotency_keys: everything,
    billed_figures: 'SELECT',
    invocation_figures: 'SELECT',
    invocations_to_roll_up: 'SELECT INSERT DELETE',
    lifecycle_warnings: 'SELECT INSERT',
    model_invocations: 'SELECT INSERT',
    model_move_items: 'SELECT INSERT',
    model_moves: 'SELECT INSERT UPDATE',
    model_price_quotes: 'SELECT INSERT UPDATE DELETE',
    notification_receipts: 'SELECT INSERT UPDATE',
    notifications: 'SELECT INSERT',
    orchestrator_migrations: 'SELECT',
    personal_data_rules: 'SELECT',
    retention_rules: 'SELECT',
    outbox: everything,
    reviewed_edits: 'SELECT INSERT',
    service_keys: 'SELECT INSERT UPDATE',
    unreviewed_moves: 'SELECT',
    switch_events: 'SELECT INSERT',
    switch_figures: 'SELECT',
    switch_savings: 'SELECT INSERT UPDATE',
    switches_by_hour: 'SELECT',
    switches_by_user: 'SELECT',
    superseded_estimates: 'SELECT',
    switches_daily: 'SELECT INSERT UPDATE',
    switches_hourly: 'SELECT INSERT UPDATE',
    unrolled_switches: 'SELECT',
    unrolled_invocations: 'SELECT',
    usage_by_hour: 'SELECT',
    usage_by_user: 'SELECT',
    usage_daily: 'SELECT INSERT UPDATE',
    usage_hourly: 'SELECT INSERT UPDATE',
    usage_latencies: 'SELECT INSERT UPDATE',
    usage_of_keys: 'SELECT INSERT UPDATE',
    unknown_costs_daily: 'SELECT INSERT UPDATE',
    call_forms_daily: 'SELECT INSERT UPDATE',
    call_forms: 'SELECT',
    call_forms_by_day: 'SELECT',
    unreviewed_calls: 'SELECT',
    use_case_candidates: everything,
    use_case_usage: everything,
    use_cases: everything,
    user_model_preferences: 'SELECT',
    user_months: 'SELECT INSERT UPDATE',
    validation_sweeps: everything,
    webhooks: everything,
    webhook_deliveries: 'SELECT INSERT',
    instances: everything,
  };
  const rights = async () =>
    Object.fromEntries((await asOwner(RIGHTS)).map((row) => [row.table, row.rights]));

  it('may do with each table what it needs and no more', async () => {
    expect(await rights()).toEqual(EXPECTED);
  });

  it('loses what somebody gave it when the migrations run again', async () => {
    await asOwner('GRANT ALL ON ALL TABLES IN SCHEMA public TO orchestrator_app');
    await asOwner('GRANT UPDATE (reason) ON bedrock_model_switches TO orchestrator_app');
    expect((await rights()).switch_events).toContain('TRUNCATE');
    const url = environment.variables.MIGRATION_DATABASE_URL!;
    const db = await createOwnerDataSource(environment.env, url).initialize();
    await migrateUp(db, 'public', 'orchestrator_app').finally(() => db.destroy());
    expect(await rights()).toEqual(EXPECTED);
    await expect(asApp(`UPDATE bedrock_model_switches SET reason = 'x'`)).rejects.toThrow(
      'permission denied',
    );
  });

  it.each([
    'CREATE TABLE mine (id int)',
    'CREATE SCHEMA mine',
    'CREATE FUNCTION mine() RETURNS int LANGUAGE sql RETURN 1',
    'DROP TABLE idempotency_keys',
    'DROP VIEW user_model_preferences',
    'DROP TRIGGER append_only ON switch_events',
    'DROP TABLE bedrock_model_switches',
    ...['append_only', 'await_seal', 'ALL'].map(
      (trigger) => `ALTER TABLE bedrock_model_switches DISABLE TRIGGER ${trigger}`,
    ),
    'ALTER TABLE audit_seals DISABLE TRIGGER append_only',
    ...['audit_seals', 'audit_salts'].flatMap((table) => [`DELETE FROM ${table}`, `TRUNCATE ${table}`]),
    'UPDATE audit_seals SET signature = NULL',
    'UPDATE audit_salts SET salt = salt',
    'ALTER TABLE bedrock_model_switches ADD COLUMN mine int',
    'ALTER TABLE bedrock_models OWNER TO orchestrator_app',
    'CREATE INDEX mine ON ai_conversations (id)',
    'SET ROLE orchestrator_owner',
    "SET session_replication_role = 'replica'",
    'DELETE FROM service_keys',
    'DELETE FROM bedrock_model_prices',
    `UPDATE bedrock_model_validations SET outcome = 'passed'`,
    'UPDATE lifecycle_warnings SET raised_at = now()',
    'DELETE FROM lifecycle_warnings',
    'DELETE FROM budget_warnings',
    'DELETE FROM model_moves',
    'UPDATE model_move_items SET seq = 1',
    `UPDATE notifications SET message = 'another'`,
    'UPDATE notifications SET seq = seq, silent = false',
    'DELETE FROM notifications',
    'DELETE FROM notification_receipts',
    'DELETE FROM catalogue_changes',
    'DELETE FROM access_changes',
    'DELETE FROM model_invocations',
    'DELETE FROM model_invocations_default',
    'UPDATE model_invocations SET cost_usd = 0',
    `UPDATE catalogue_changes SET actor = 'another'`,
    'INSERT INTO catalogue_version (version) VALUES (1)',
    `INSERT INTO orchestrator_migrations (timestamp, name) VALUES (1, 'mine')`,
  ])('may not: %s', async (statement) => {
    await expect(asApp(statement)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('everybody else', () => {
  const service = `service_role_${randomUUID().replaceAll('-', '')}`;
  const HELD = `SELECT c.oid::regclass::text AS name FROM pg_class c WHERE relnamespace = 'public'::regnamespace
      AND relkind IN ('r', 'p', 'v') AND has_any_column_privilege('${service}', c.oid, 'SELECT, INSERT, UPDATE')
    UNION SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
      AND has_function_privilege('${service}', oid, 'EXECUTE')`;
  const held = async () => (await asOwner(HELD)).map(({ name }) => name).sort();
  const migrate = async () => {
    const db = await createOwnerDataSource(
      environment.env,
      environment.variables.MIGRATION_DATABASE_URL!,
    ).initialize();
    await migrateUp(db, 'public', 'orchestrator_app').finally(() => db.destroy());
  };

  beforeAll(async () => {
    // As in the projects of Supabase.
    await asAdmin('postgres', `CREATE ROLE ${service}`);
    for (const kind of ['TABLES', 'SEQUENCES', 'FUNCTIONS']) {
      await asOwner(`ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON ${kind} TO ${service}`);
      await asOwner(`GRANT ALL ON ALL ${kind} IN SCHEMA public TO ${service}`);
    }
    await asOwner(`GRANT UPDATE (reason) ON bedrock_model_switches TO ${service} WITH GRANT OPTION`);
    await asOwner('CREATE TABLE of_somebody_else (id int)');
  });
  afterAll(async () => {
    await asOwner(`DROP OWNED BY ${service} CASCADE`).catch(() => undefined);
  });

  it('is named at boot, with what it may', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    await (await ApiInstance.start(environment.variables)).close();
    const said = warn.mock.calls.map(([line]) => String(line));
    warn.mockRestore();
    expect(said.filter((line) => line.includes(service))).toEqual([
      expect.stringMatching(
        /DELETE.*EXECUTE.*TRUNCATE.* on [5-9]\d tables or functions of this service: run npm run migrate/,
      ),
    ]);
  });

  it('loses every right on what is ours when the migrations run, and none on what is not', async () => {
    expect((await held()).length).toBeGreaterThan(50);
    await migrate();
    expect(await held()).toEqual(['of_somebody_else']);
  });

  it('has none on the partitions of months to come either', async () => {
    await asOwner('DROP TABLE IF EXISTS of_somebody_else');
    expect((await asApp('SELECT make_invocation_partition(12) AS made'))[0]).toEqual({ made: true });
    expect(await held()).toEqual([]);
  });
});
