import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BudgetWarnings } from '#libs/budgets/budget-warnings.service.js';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { RetentionService } from '#libs/privacy/retention.service.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { eventually } from '../support/eventually.js';
import { useUsageSystem } from '../support/usage-system.js';

const counting = useUsageSystem();
const { ask, record } = counting;
const NOON = '2026-11-20T12:00:00Z';

const setTime = (time: string) =>
  vi.spyOn(counting.system.api.get(Clock, { strict: false }), 'now').mockReturnValue(new Date(time));
beforeEach(async () => {
  await ask(`TRUNCATE model_invocations, invocations_to_roll_up, usage_hourly, usage_daily, usage_of_keys,
    notifications, notification_receipts; DELETE FROM cost_budgets`);
  setTime(NOON);
  return () => vi.restoreAllMocks();
});

const set = async (url: string, limitUsd: string) =>
  (await counting.system.call('PUT', `/v1/budgets/${url}`, { limitUsd })).body;
const spend = (costUsd: string | null, startedAt = NOON, more = {}) =>
  record({ costUsd, startedAt: new Date(startedAt), ...more });
const warnings = () => counting.system.api.get(BudgetWarnings, { strict: false });
const publish = () => counting.system.api.get(NotificationPublisher, { strict: false }).publish();
/** Publishes each time, so that the feed has their order: all have the same time here. */
async function warn() {
  await warnings().warn();
  await publish();
}
async function feed() {
  await publish();
  return (await counting.system.get('/v1/notifications?limit=100')).body.items.reverse();
}
/** First day of the period and threshold of each warning in the feed, the oldest first. */
const given = async () =>
  (await feed()).map(({ budget }: { budget: { from: string; threshold: number } }) =>
    [budget.from, budget.threshold].join(' '),
  );

describe('operators are warned', () => {
  it('at 50, 80 and 100 %, of each once however often it is checked', async () => {
    await set('month', '10');
    for (const cost of ['4.99', '0.01', '2.99', '0.01', '1.99', '0.01', '90']) {
      await spend(cost);
      for (const _ of ['once', 'twice']) await warn();
    }
    expect(await given()).toEqual(['2026-11-01 50', '2026-11-01 80', '2026-11-01 100']);
  });

  it('of the highest only, where several are passed together', async () => {
    await set('month', '10');
    await spend('5');
    await warn();
    await spend('20');
    await warn();
    expect(await given()).toEqual(['2026-11-01 50', '2026-11-01 100']);
    expect(
      (await ask('SELECT threshold FROM budget_warnings ORDER BY 1')).map((row) => row.threshold),
    ).toEqual([50, 80, 100]);
  });

  it('of each budget that is reached, whatever it is of', async () => {
    for (const url of ['day', 'month', 'day?useCase=clinical', 'day?key=bootstrap', 'day?userId=anna'])
      await set(url, '10');
    await set('day?useCase=health', '10');
    await set('day?userId=berta', '10');
    await spend('8', NOON, { useCase: 'clinical', keyOwner: 'bootstrap' });
    await warn();
    const items = await feed();
    expect(items.map(({ message }: { message: string }) => message.replace(/ for .*/, '')).sort()).toEqual(
      [
        'The budget of a user (ID)',
        'The budget of all calls',
        'The budget of all calls',
        'The budget of the key bootstrap',
        'The budget of the use case clinical',
      ].map((message) => message.replace('ID', idOf(items))),
    );
    expect(JSON.stringify(items)).not.toContain('anna');
  });
  const idOf = (items: { budget: { id: string; scope: string } }[]) =>
    items.find(({ budget }) => budget.scope === 'user')!.budget.id;

  it('that a spend is incomplete', async () => {
    await set('day?useCase=clinical', '10');
    await spend('8', NOON, { useCase: 'clinical' });
    await spend(null, NOON, { useCase: 'clinical' });
    await warn();
    expect(await feed()).toMatchObject([
      {
        message: expect.stringContaining('at least 8 of 10 USD are spent; 1 call has no known cost'),
        useCase: 'clinical',
        budget: { threshold: 80, spentUsd: '8', unknownCostCalls: 1, incomplete: true },
      },
    ]);
  });

  it('not by calls without a known cost alone', async () => {
    await set('day', '0.000001');
    await spend(null);
    await warn();
    expect(await given()).toEqual([]);
  });
});

describe('a period', () => {
  it('begins again at midnight of UTC', async () => {
    await set('day', '10');
    await spend('8');
    await warn();
    setTime('2026-11-21T00:00:00Z');
    await warn();
    await spend('5', '2026-11-21T00:00:00Z');
    await warn();
    expect(await given()).toEqual(['2026-11-20 80', '2026-11-21 50']);
  });

  it('that has ended is checked for a day: calls come late, and a worker may have been down', async () => {
    await set('day', '10');
    await set('month', '1000');
    await spend('8', '2026-11-20T23:59:59.999Z');
    setTime('2026-11-21T23:59:59.999Z');
    await warn();
    expect(await given()).toEqual(['2026-11-20 80']);
    await spend('2', '2026-11-20T23:59:59.999Z');
    setTime('2026-11-22T00:00:00Z');
    await warn();
    expect(await given()).toEqual(['2026-11-20 80']);
  });

  it('that ended before the limit was set is not', async () => {
    await spend('8', '2026-11-19T12:00:00Z');
    await spend('800', '2026-10-31T12:00:00Z');
    await set('day', '10');
    await set('month', '10000');
    await warn();
    setTime('2026-11-01T01:00:00Z');
    await set('month', '1000');
    await warn();
    expect(await given()).toEqual([]);
  });
});

describe('a warning belongs to its limit', () => {
  it('so that another one warns for itself, and the former does not a second time', async () => {
    await set('month', '10');
    await spend('8');
    await warn();
    await set('month', '16');
    await warn();
    await set('month', '10');
    await warn();
    await set('month', '100');
    await warn();
    const items = await feed();
    expect(items.map(({ budget }: { budget: object }) => budget)).toMatchObject([
      { limitUsd: '10', threshold: 80 },
      { limitUsd: '16', threshold: 50 },
    ]);
  });

  it('and goes with its budget', async () => {
    await set('month', '10');
    await spend('8');
    await warn();
    await counting.system.call('DELETE', '/v1/budgets/month');
    expect(await ask('SELECT * FROM budget_warnings')).toEqual([]);
  });
});

describe('each warning is given exactly once', () => {
  it('however many workers check together', async () => {
    const other = await createApi(counting.system.environment.env);
    await other.init();
    vi.spyOn(other.get(Clock, { strict: false }), 'now').mockReturnValue(new Date(NOON));
    const workers = [warnings(), other.get(BudgetWarnings, { strict: false })];
    for (const url of ['day', 'month', 'day?userId=anna']) await set(url, '10');
    for (const cost of ['5', '3', '2']) {
      await spend(cost);
      await Promise.all([...workers, ...workers, ...workers].map((worker) => worker.warn()));
    }
    await other.close();
    expect(await feed()).toHaveLength(9);
    expect(new Set((await feed()).map(({ message }: { message: string }) => message)).size).toBe(9);
  });

  it('although one dies in between: what was not stored is given by the next', async () => {
    await set('month', '10');
    await spend('8');
    await ask('ALTER TABLE notifications RENAME TO notifications_away');
    await expect(warn()).rejects.toThrow('notifications');
    await ask('ALTER TABLE notifications_away RENAME TO notifications');
    expect(await ask('SELECT * FROM budget_warnings')).toEqual([]);
    await warn();
    expect(await given()).toEqual(['2026-11-01 80']);
  });

  it('and none for a budget that was removed meanwhile', async () => {
    await set('month', '10');
    await spend('8');
    const { app } = counting.system.environment;
    await app.query('BEGIN');
    await app.query('DELETE FROM cost_budgets');
    const warning = warn();
    await eventually(async () => {
      const waiting = await ask(
        'SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()',
      );
      expect(waiting).toHaveLength(1);
    });
    await app.query('COMMIT');
    await warning;
    expect(await given()).toEqual([]);
  });

  it('by a worker, without being asked', async () => {
    vi.restoreAllMocks();
    await set('month', '10');
    await spend('9', new Date().toISOString());
    const worker = await createWorker(counting.system.environment.env);
    await eventually(async () => expect(await feed()).toMatchObject([{ budget: { threshold: 80 } }]));
    await worker.close();
  });
});

it('warnings are kept for half a year, and never shorter than their period', async () => {
  const { id } = await set('month', '10');
  await ask(
    `INSERT INTO budget_warnings SELECT $1, '2020-01-01', 10, age, now() - age * interval '1 day' FROM unnest('{179,181}'::int[]) AS age`,
    [id],
  );
  await counting.system.api.get(RetentionService, { strict: false }).enforce();
  expect(await ask('SELECT threshold FROM budget_warnings')).toEqual([{ threshold: 179 }]);
  await counting.system.environment.app.query(`SELECT expire_rows('budget_warnings', 0, 100)`);
  expect(await ask('SELECT threshold FROM budget_warnings')).toEqual([]);
  await ask(`INSERT INTO budget_warnings SELECT $1, '2020-01-01', 10, 50, now() - interval '61 days'`, [id]);
  await counting.system.environment.app.query(`SELECT expire_rows('budget_warnings', 0, 100)`);
  expect(await ask('SELECT threshold FROM budget_warnings')).toEqual([{ threshold: 50 }]);
});
