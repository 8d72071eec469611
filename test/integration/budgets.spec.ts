import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BudgetsService } from '#libs/budgets/budgets.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { newSigningKey } from '../support/audit-chain.js';
import { ErasureSubject } from '../support/erasure-fixture.js';
import { TestSystem } from '../support/test-system.js';
import { useUsageSystem } from '../support/usage-system.js';

const counting = useUsageSystem();
const { ask, record } = counting;
const NOW = '2026-11-20T12:00:00Z';
const at = (time: string) => new Date(`2026-${time}Z`);

beforeEach(async () => {
  await ask(
    'TRUNCATE model_invocations, invocations_to_roll_up, usage_hourly, usage_daily, usage_of_keys; DELETE FROM cost_budgets',
  );
  vi.spyOn(counting.system.api.get(Clock, { strict: false }), 'now').mockReturnValue(new Date(NOW));
  return () => vi.restoreAllMocks();
});

const put = (url: string, limitUsd: string, token?: string) =>
  counting.system.call('PUT', `/v1/budgets/${url}`, { limitUsd }, { token });
const list = async () => (await counting.system.get('/v1/budgets')).body.items;
const spends = async () =>
  (await list()).map((budget: Record<string, unknown>) => [
    ...[budget.scope, budget.useCase ?? budget.key ?? budget.userId, budget.period],
    ...[budget.spentUsd, budget.unknownCostCalls],
  ]);

describe('a budget', () => {
  it('is made with its limit and shows its spend, its period and the highest threshold', async () => {
    await record({ useCase: 'clinical', costUsd: '82.1', startedAt: at('11-20T00:00:00') });
    const { status, body } = await put('month?useCase=clinical', '100.50');
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        id: expect.any(String),
        ...{ scope: 'use_case', useCase: 'clinical', key: null, userId: null, period: 'month' },
        ...{ limitUsd: '100.5', from: '2026-11-01', to: '2026-11-30', spentUsd: '82.1', unknownCostCalls: 0 },
        ...{ incomplete: false, usedPercent: 81, threshold: 80, updatedAt: '2026-11-20T12:00:00.000Z' },
      },
    });
    expect(await list()).toEqual([body]);
  });

  it('is the same one with another limit, and a repeated request changes nothing', async () => {
    const { body: first } = await put('day', '5');
    vi.mocked(counting.system.api.get(Clock, { strict: false }).now).mockReturnValue(at('11-20T13:00:00'));
    const { body: same } = await put('day', '5.000000');
    expect(same).toEqual(first);
    const { body: changed } = await put('day', '6');
    expect(changed).toEqual({ ...first, limitUsd: '6', updatedAt: '2026-11-20T13:00:00.000Z' });
    expect(await list()).toEqual([changed]);
  });

  it('is one however many set it together', async () => {
    const all = await Promise.all(['1', '2', '3', '4'].map((limit) => put('day?userId=anna', limit)));
    expect(new Set(all.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(await list()).toHaveLength(1);
  });

  it('is removed, and is not there a second time', async () => {
    const { body } = await put('month?userId=anna', '5');
    const remove = () => counting.system.call('DELETE', '/v1/budgets/month?userId=anna');
    expect(await remove()).toMatchObject({ status: 200, body });
    expect(await remove()).toMatchObject({ status: 404, body: { code: 'budget_not_found' } });
    expect(await list()).toEqual([]);
  });

  it('of a key is one of its family: named by its id or its owner, it stays after a rotation', async () => {
    const make = async (name: string) =>
      (await counting.system.call('POST', '/v1/keys', { name, scopes: ['read'] })).body;
    const first = await make('chat');
    const second = await make('chat');
    expect((await put('day?key=chat', '1')).body).toMatchObject({ scope: 'key', key: 'chat' });
    expect((await put(`day?key=${first.id}`, '2')).body).toMatchObject({ key: 'chat', limitUsd: '2' });
    expect((await put(`day?key=${second.id}`, '3')).body).toMatchObject({ key: `key:${second.id}` });
    const { body: rotated } = await counting.system.call('POST', `/v1/keys/${first.id}/rotate`, {});
    expect((await put(`day?key=${rotated.id}`, '4')).body).toMatchObject({ key: 'chat', limitUsd: '4' });
    expect((await put('day?key=bootstrap', '5')).body).toMatchObject({ key: 'bootstrap' });
    expect(await list()).toHaveLength(3);
  });

  it.each([
    ['month?useCase=nowhere', '5', 'useCase'],
    ['month?key=nobody', '5', 'key'],
    ['month?useCase=clinical&userId=anna', '5', 'userId'],
    ['week', '5', 'period'],
    ['month?model=x', '5', 'query'],
    ['month', '0', 'limitUsd'],
    ['month', '-1', 'limitUsd'],
    ['month', '1e3', 'limitUsd'],
  ])('is refused: %s with %s USD', async (url, limit, field) => {
    const { status, body } = await put(url, limit);
    expect({ status, fields: body.errors.map((error: { field: string }) => error.field) }).toEqual({
      status: 400,
      fields: [field],
    });
    expect(await list()).toEqual([]);
  });

  it('is the last one where there are a thousand, whose limits may still be set', async () => {
    await ask(`INSERT INTO cost_budgets (id, user_id, period, limit_usd, updated_at)
      SELECT gen_random_uuid(), 'user-' || i, 'day', 1, now() FROM generate_series(1, 1000) AS i`);
    expect(await put('day', '1')).toMatchObject({ status: 409, body: { code: 'too_many_budgets' } });
    expect((await put('day?userId=user-7', '9')).body).toMatchObject({ limitUsd: '9' });
  });

  it('goes with its use case', async () => {
    await ask(
      `INSERT INTO use_cases SELECT (jsonb_populate_record(u, '{"name": "short"}')).* FROM use_cases u LIMIT 1`,
    );
    await put('day?useCase=short', '1');
    await ask(`DELETE FROM use_cases WHERE name = 'short'`);
    expect(await list()).toEqual([]);
  });
});

describe('every change is recorded', () => {
  const changes = async (query = '') => (await counting.system.get(`/v1/budgets/changes${query}`)).body;

  it('with its actor, before and after, also by plain SQL, and never with a user', async () => {
    const operator = await counting.system.key(['operate'], 'operator');
    const { body } = await put('month?userId=anna', '5', operator);
    await put('month?userId=anna', '5', operator);
    await put('month?userId=anna', '6', operator);
    await ask('DELETE FROM cost_budgets');
    const of = { scope: 'user', period: 'month', use_case: null, key_owner: null };
    const { items, nextCursor } = await changes(`?budgetId=${body.id}&limit=2`);
    expect(items).toMatchObject([
      {
        budgetId: body.id,
        actor: expect.stringMatching(/^sql:/),
        before: { ...of, limit_usd: 6 },
        after: null,
      },
      { actor: 'service:operator', before: { limit_usd: 5 }, after: { limit_usd: 6 } },
    ]);
    const { items: rest } = await changes(`?budgetId=${body.id}&cursor=${nextCursor}`);
    expect(rest).toMatchObject([{ actor: 'service:operator', before: null, after: { ...of, limit_usd: 5 } }]);
    expect(JSON.stringify([items, rest])).not.toContain('anna');
  });

  it('and no record is changed or removed', async () => {
    await put('day', '5');
    for (const change of [`UPDATE budget_changes SET actor = 'x'`, 'DELETE FROM budget_changes']) {
      await expect(ask(change)).rejects.toThrow('is append-only');
      await expect(counting.system.environment.app.query(change)).rejects.toThrow('permission denied');
    }
  });
});

describe('the spend', () => {
  const BUDGETS = ['day', 'month'].flatMap((period) => [
    period,
    `${period}?useCase=clinical`,
    `${period}?key=bootstrap`,
    `${period}?userId=anna`,
  ]);
  beforeEach(async () => {
    for (const budget of BUDGETS) await put(budget, '1000');
  });
  const clinical = { useCase: 'clinical', userId: 'berta' };
  const keys = { keyOwner: 'bootstrap', userId: 'berta' };
  const CALLS = [
    { ...clinical, costUsd: '1', startedAt: at('11-20T00:00:00') },
    { ...clinical, costUsd: '2', startedAt: at('11-20T23:59:59.999') },
    { ...clinical, costUsd: '4', startedAt: at('11-19T23:59:59.999') },
    { ...clinical, costUsd: '8', startedAt: at('11-01T00:00:00') },
    { ...clinical, costUsd: '16', startedAt: at('10-31T23:59:59.999') },
    { ...clinical, costUsd: null, startedAt: at('11-20T09:00:00') },
    { ...keys, costUsd: '32', startedAt: at('11-20T09:00:00') },
    { ...keys, costUsd: '64', startedAt: at('11-02T09:00:00') },
    { ...keys, costUsd: null, startedAt: at('11-02T09:00:00') },
    { costUsd: '128', startedAt: at('11-20T09:00:00') },
    { costUsd: '256', startedAt: at('11-21T00:00:00') },
    { costUsd: '512', startedAt: at('12-01T00:00:00') },
  ];
  const expected = [
    ['all', null, 'day', '163', 1],
    ['all', null, 'month', '495', 2],
    ['use_case', 'clinical', 'day', '3', 1],
    ['use_case', 'clinical', 'month', '15', 1],
    ['key', 'bootstrap', 'day', '32', 0],
    ['key', 'bootstrap', 'month', '96', 1],
    ['user', 'anna', 'day', '128', 0],
    ['user', 'anna', 'month', '384', 0],
  ];

  it('is of the calls of its subject in the day or the month of UTC, rolled up or not', async () => {
    await record(...CALLS);
    expect(await spends()).toEqual(expected);
    await counting.usage.rollUp();
    expect(await spends()).toEqual(expected);
  });

  it('is the same while a part waits for its roll-up', async () => {
    await record(...CALLS.slice(0, 6));
    await counting.usage.rollUp();
    await record(...CALLS.slice(6));
    expect(await spends()).toEqual(expected);
  });

  it('counts what broke off before another model answered', async () => {
    const billed = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, estimated: true, priceVersion: 1 };
    const failed = { modelId: 'm', outcome: 'failed' as const, errorKind: 'stream_broken', ms: 1 };
    const startedAt = at('11-20T09:00:00');
    await record({
      ...{ keyOwner: 'bootstrap', useCase: 'clinical', costUsd: '1', startedAt },
      attempts: [
        { ...failed, billed: { ...billed, costUsd: '0.25' } },
        { modelId: 'n', outcome: 'answered', errorKind: null, ms: 1 },
      ],
    });
    const all = await spends();
    expect(all.map(([, , , spent]: string[]) => spent)).toEqual(Array(8).fill('1.25'));
    await counting.usage.rollUp();
    expect(await spends()).toEqual(all);
  });

  it('says where it is incomplete, and is unknown where no cost is known', async () => {
    await record({ ...clinical, costUsd: null, startedAt: at('11-20T09:00:00') });
    const shown = (await list()).map((budget: Record<string, unknown>) => [
      ...[budget.scope, budget.spentUsd, budget.incomplete, budget.usedPercent, budget.threshold],
    ]);
    expect(shown.filter((_: unknown, n: number) => n % 2 === 0)).toEqual([
      ['all', null, true, 0, null],
      ['use_case', null, true, 0, null],
      ['key', '0', false, 0, null],
      ['user', '0', false, 0, null],
    ]);
  });

  it('is incomplete while more calls wait for the roll-up than are read', async () => {
    await ask(`INSERT INTO invocations_to_roll_up (invocation_ids, started_ats)
      SELECT '{}', '{}' FROM generate_series(1, 5001)`);
    expect((await list()).every(({ incomplete }: { incomplete: boolean }) => incomplete)).toBe(true);
  });

  it('costs nothing where there is no budget', async () => {
    await ask('DELETE FROM cost_budgets');
    await record(...CALLS);
    expect(await counting.system.api.get(BudgetsService, { strict: false }).list()).toEqual([]);
  });
});

describe('a user who is erased', () => {
  it('has no budget any more, and leaves no trace in its changes; before, it is in the export', async () => {
    const system = await TestSystem.start({ overrides: { AUDIT_SIGNING_KEY: newSigningKey() } });
    const user = new ErasureSubject(system, 'carla-of-budgets', 'secret-of-carla');
    await user.live();
    for (const id of [user.id, 'dora'])
      await system.call('PUT', `/v1/budgets/month?userId=${id}`, { limitUsd: '5' });
    expect(await user.traces()).toContain('cost_budgets');
    expect((await system.get(`/v1/users/${user.id}/export`)).text).toContain('"table":"cost_budgets"');
    const { body } = await user.erase();
    expect(body.erasedRows).toMatchObject({ cost_budgets: 1 });
    await user.complete();
    expect(await user.traces()).toEqual([]);
    expect((await system.get('/v1/budgets')).body.items).toMatchObject([{ userId: 'dora' }]);
    expect((await system.get('/v1/budgets/changes')).body.items).toHaveLength(3);
    await system.close();
  });
});
