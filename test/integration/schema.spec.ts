import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { entityDrift } from '../support/entity-drift.js';
import { insertSwitch, NOVA_LITE, SONNET, type SwitchRow } from '../support/switch-rows.js';
import type { TestEnvironment } from '../support/test-env.js';
import { TestSystem } from '../support/test-system.js';

const SWITCH: SwitchRow = {
  at: 'now()',
  user: 'anna',
  conversation: 'a-1',
  from: SONNET,
  to: NOVA_LITE,
  action: 'manual_switch',
};

let system: TestSystem;
let environment: TestEnvironment;
beforeAll(async () => {
  system = await TestSystem.start();
  environment = system.environment;
});
afterAll(() => system.close());

const asOwner = async (sql: string, values: unknown[] = []) =>
  (await environment.owner.query(sql, values)).rows;
const asApp = async (sql: string, values: unknown[] = []) => (await environment.app.query(sql, values)).rows;

describe('the table of the source document', () => {
  it('has its columns under their names, and ours behind them', async () => {
    const rows = await asOwner(
      `SELECT attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN '' ELSE ' null' END AS column
       FROM pg_attribute WHERE attrelid = 'bedrock_model_switches'::regclass AND attnum > 0 ORDER BY attnum`,
    );
    expect(rows.map(({ column }) => column)).toEqual([
      'id uuid',
      'user_id text',
      'conversation_id text null',
      'previous_model_id text',
      'new_model_id text',
      'switch_action text',
      'reason text null',
      'notification_shown boolean',
      'notification_title text',
      'notification_message text',
      'switch_type text',
      'timestamp timestamp with time zone',
      'cost_impact_estimated numeric(18,6) null',
      'created_at timestamp with time zone',
      'scope text',
      'use_case text',
      'seq bigint',
      'actor text',
      'on_behalf_of text null',
      'previous_price_version bigint null',
      'new_price_version bigint null',
      'request_id text',
      'cost_impact_horizon text',
      'cost_impact_assumption jsonb',
      'change_id uuid null',
      'approved_by text[] null',
      'basis text null',
    ]);
  });

  it.each([
    ['idx_bedrock_switches_user_id', '(user_id)'],
    ['idx_bedrock_switches_conversation_id', '(conversation_id)'],
    ['idx_bedrock_switches_new_model_id', '(new_model_id)'],
    ['idx_bedrock_switches_timestamp', '("timestamp" DESC)'],
  ])('has the index %s on %s', async (name, columns) => {
    const [index] = await asOwner('SELECT tablename, indexdef FROM pg_indexes WHERE indexname = $1', [name]);
    expect(index.tablename).toBe('bedrock_model_switches');
    expect(index.indexdef).toMatch(/^CREATE INDEX .* USING btree /);
    expect(index.indexdef.endsWith(columns)).toBe(true);
  });

  it.each([
    [
      'bedrock_model_switch_analytics',
      'hour,new_model_id,switch_type,switch_action,total_switches,auto_switches,manual_switches,reasons',
    ],
    [
      'user_model_preferences',
      'user_id,preferred_model_id,selection_count,auto_adoption_percentage,last_selected_at',
    ],
  ])('has the view %s with its columns', async (name, columns) => {
    const rows = await asApp(
      'SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 ORDER BY attnum',
      [name],
    );
    expect(rows.map(({ attname }) => attname).join()).toBe(columns);
  });

  it('holds a saving of a billion dollars to the millionth', async () => {
    const id = await insertSwitch(environment.app, { ...SWITCH, saves: '-999999999999.123457' }, 101);
    const [row] = await asApp('SELECT cost_impact_estimated FROM bedrock_model_switches WHERE id = $1', [id]);
    expect(row.cost_impact_estimated).toBe('-999999999999.123457');
  });

  it('has one row per switch at most', async () => {
    const id = await insertSwitch(environment.app, SWITCH, 102);
    const copy = `INSERT INTO bedrock_model_switches SELECT * FROM bedrock_model_switches WHERE id = $1`;
    await expect(asApp(copy, [id])).rejects.toThrow('bedrock_model_switches_pkey');
  });

  it('has no row for a switch that never happened', async () => {
    const id = await insertSwitch(environment.app, SWITCH, 103);
    const copy = `INSERT INTO bedrock_model_switches SELECT (r).* FROM (SELECT jsonb_populate_record(b,
      jsonb_build_object('id', gen_random_uuid())) r FROM bedrock_model_switches b WHERE id = $1) made`;
    await expect(asApp(copy, [id])).rejects.toThrow('foreign key constraint');
  });

  const own = { ...SWITCH, conversation: 'refused-1' };
  const shared = { ...SWITCH, conversation: null };
  it.each([
    { what: 'none, when it is the next of its conversation', of: own, change: {}, constraint: undefined },
    {
      what: 'a switch of a conversation without one',
      of: shared,
      change: { scope: 'conversation' },
      constraint: 'scope_has_its_conversation',
    },
    {
      what: 'a switch of a use case with a conversation',
      of: own,
      change: { scope: 'use_case' },
      constraint: 'scope_has_its_conversation',
    },
    {
      what: 'a switch to the same model',
      of: own,
      change: { new_model_id: SONNET },
      constraint: 'switch_events_check',
    },
    {
      what: 'an action nobody knows',
      of: own,
      change: { switch_action: 'magic_switch' },
      constraint: 'switch_events_switch_action_check',
    },
    {
      what: 'a type nobody knows',
      of: own,
      change: { switch_type: 'fallback' },
      constraint: 'switch_events_switch_type_check',
    },
    {
      what: 'the seq of another switch of its conversation',
      of: own,
      change: { seq: 500 },
      constraint: 'switch_events_conversation_seq',
    },
    {
      what: 'the seq of another switch of its use case',
      of: shared,
      change: { seq: 500 },
      constraint: 'switch_events_use_case_seq',
    },
  ])('refuses an event: $what', async ({ of, change, constraint }) => {
    await asApp('BEGIN');
    const id = await insertSwitch(environment.app, of, 500);
    const refused = await asApp(COPY, [id, change]).then(
      () => undefined,
      (error) => error.constraint,
    );
    await asApp('ROLLBACK');
    expect(refused).toBe(constraint);
  });
});

const COPY = `INSERT INTO switch_events SELECT (jsonb_populate_record(e,
  jsonb_build_object('id', gen_random_uuid(), 'seq', e.seq + 1) || $2)).* FROM switch_events e WHERE id = $1`;

it('has every column of every entity with its type, and every column that must be given is in its entity', async () => {
  const db = system.api.get(DataSource);
  expect(db.entityMetadatas.map(({ tableName }) => tableName)).toEqual(
    expect.arrayContaining(['service_keys', 'use_cases', 'bedrock_models']),
  );
  expect(await entityDrift(db)).toEqual([]);
});

describe('events and audit rows are for ever', () => {
  beforeEach(async () => {
    const seq = (await asOwner('SELECT count(*)::int + 1000 AS seq FROM switch_events'))[0].seq;
    await insertSwitch(environment.app, SWITCH, seq);
  });

  const CHANGES = ['switch_events', 'bedrock_model_switches'].flatMap((table) => [
    [`UPDATE ${table} SET reason = 'another'`, table],
    [`DELETE FROM ${table}`, table],
    [`TRUNCATE ${table} CASCADE`, table],
    [`INSERT INTO ${table} SELECT * FROM ${table} ON CONFLICT (id) DO UPDATE SET reason = 'another'`, table],
  ]);
  it.each(CHANGES)('for the application: %s', async (change, table) => {
    const before = await asOwner(`SELECT * FROM ${table} ORDER BY id`);
    await expect(asApp(change!)).rejects.toThrow('permission denied');
    expect(await asOwner(`SELECT * FROM ${table} ORDER BY id`)).toEqual(before);
  });
  it.each(CHANGES)('for the owner: %s', async (change, table) => {
    const before = await asOwner(`SELECT * FROM ${table} ORDER BY id`);
    await expect(asOwner(change!)).rejects.toThrow('is append-only');
    expect(await asOwner(`SELECT * FROM ${table} ORDER BY id`)).toEqual(before);
  });
});
