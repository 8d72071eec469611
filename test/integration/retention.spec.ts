import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RetentionService } from '#libs/privacy/retention.service.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { createTestEnvironment } from '../support/test-env.js';
import { TestSystem } from '../support/test-system.js';

const NOTIFICATION = `INSERT INTO notifications (id, kind, audience, type, title, message, model_id, model_name, silent, occurred_at)
  SELECT gen_random_uuid(), 'alert', 'operators', 'auto', 't', 'm', 'm', 'm', false, now() - $1 * interval '1 day'
  FROM generate_series(1, $2)`;
const VALIDATION = `INSERT INTO bedrock_model_validations (model_id, checked_at, method, outcome)
  SELECT 'eu.amazon.nova-micro-v1:0', now() - $1 * interval '1 day', 'probe', 'passed' FROM generate_series(1, $2)`;
const CALL = `INSERT INTO model_invocations (id, started_at, request_id, use_case, user_id, actor, model_id, outcome, estimated,
    attempts, latency_ms, streamed)
  SELECT gen_random_uuid(), $1, 'r', 'clinical', 'u', 'user:u', 'm', 'failed', true, '[]', 1, false`;

let system: TestSystem;
const app = (sql: string, values: unknown[] = []) => system.environment.app.query(sql, values);
const countOf = async (table: string) =>
  (await app(`SELECT count(*)::int AS count FROM ${table}`)).rows[0].count;
const enforce = () => system.api.get(RetentionService, { strict: false }).enforce();

describe('what is older than it has to be kept', () => {
  beforeAll(async () => {
    system = await TestSystem.start({
      overrides: { RETENTION_DAYS: 'notifications=30, validation_sweeps=0' },
    });
  });
  afterAll(() => system.close());

  it('is listed with the days of this instance', async () => {
    const { body } = await system.get('/v1/retention');
    expect(body.items).toContainEqual({ table: 'notifications', days: 30, atLeast: 1 });
    expect(body.items).toContainEqual({ table: 'validation_sweeps', days: 0, atLeast: 7 });
    expect(body.items).toContainEqual({ table: 'model_invocations', days: 400, atLeast: 62 });
  });

  it('goes in batches, and what is younger stays', async () => {
    for (const [age, count] of [
      [29.9, 3],
      [30.1, 4_500],
    ])
      await app(NOTIFICATION, [age, count]);
    for (const [age, count] of [
      [89, 5],
      [91, 7],
    ])
      await app(VALIDATION, [age, count]);
    await app(`INSERT INTO validation_sweeps VALUES ('old', now() - interval '9 years')`);
    await app(
      `INSERT INTO notification_receipts SELECT 'user:u', id, now() FROM notifications WHERE occurred_at < now() - interval '30 days'`,
    );
    await Promise.all([enforce(), enforce()]);
    expect(await countOf('notifications')).toBe(3);
    expect(await countOf('notification_receipts')).toBe(0);
    expect(await countOf('bedrock_model_validations')).toBe(5);
    expect(await countOf('validation_sweeps')).toBe(1);
  });

  it('goes by whole months where a table is partitioned by month', async () => {
    const { owner } = system.environment;
    for (const [from, to] of [
      ['2020-01', '2020-02'],
      ['2020-02', '2020-03'],
    ])
      await owner.query(
        `CREATE TABLE model_invocations_of_${from!.replace('-', '_')} PARTITION OF model_invocations
         FOR VALUES FROM ('${from}-01T00:00:00Z') TO ('${to}-01T00:00:00Z')`,
      );
    // Nobody made a partition for May: its call is in the one that takes what no other does.
    for (const moment of ['2020-01-15', '2020-02-15', '2020-02-16', '2020-05-01', new Date()])
      await app(CALL, [moment]);
    const partitions = async () =>
      (
        await owner.query(
          `SELECT count(*)::int AS n FROM pg_inherits WHERE inhparent = 'model_invocations'::regclass`,
        )
      ).rows[0].n;
    const before = await partitions();
    await enforce();
    expect(await partitions()).toBe(before - 2);
    expect(await countOf('model_invocations')).toBe(1);
  });

  it('is never switches, audit rows and their seals, for any caller', async () => {
    const { rows } = await app('SELECT table_name FROM retention_rules');
    const kept = [
      'switch_events',
      'bedrock_model_switches',
      'audit_seals',
      'catalogue_changes',
      'erasures',
      'budget_changes',
    ];
    expect(rows.map(({ table_name: name }) => name).filter((name) => kept.includes(name))).toEqual([]);
  });

  it('is never younger than the rules allow, whatever the application says', async () => {
    await app(VALIDATION, [6.9, 2]);
    await app(`SELECT expire_rows('bedrock_model_validations', 0, 100)`);
    expect(await countOf('bedrock_model_validations')).toBe(2);
  });
});

describe('a setting that cannot be kept', () => {
  it.each([
    ['bedrock_model_switches=30', 'bedrock_model_switches is not one of bedrock_model_validations, '],
    ['model_invocations=30', 'model_invocations must be kept for at least 62 days; 0 means permanently'],
  ])('%s stops the boot and says why', async (RETENTION_DAYS, message) => {
    const environment = await createTestEnvironment({ RETENTION_DAYS });
    const api = await createApi(environment.env);
    await expect(api.init()).rejects.toThrow(`RETENTION_DAYS is not usable: ${message}`);
    await api.close().catch(() => undefined);
    await environment.close();
  });
});
