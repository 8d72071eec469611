import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Invocation } from '#libs/costs/invocation.js';
import { InvocationsService } from '#libs/costs/invocations.service.js';
import { UsageService } from '#libs/costs/usage.service.js';
import { anInvocation } from '../support/invocation-fixture.js';
import { HAIKU, insertSwitch, NOVA_LITE, NOVA_MICRO, SONNET } from '../support/switch-rows.js';
import { TestSystem, userToken } from '../support/test-system.js';

const NOVEMBER = 'from=2026-11-01&to=2026-11-20';

let system: TestSystem;
let read: string;
beforeAll(async () => {
  system = await TestSystem.start();
  read = await system.key(['read']);
  await fill();
});
afterAll(() => system.close());

const ask = async (sql: string, values: unknown[] = []) =>
  (await system.environment.owner.query(sql, values)).rows;
const get = (path: string) => system.get(`/v1/analytics/${path}`, { token: read });
const page = async (path: string) => {
  const { status, body } = await get(path);
  expect(body).not.toHaveProperty('detail');
  expect(status).toBe(200);
  return body;
};
const keys = ({ items }: { items: { key: string }[] }) => items.map(({ key }) => key);

/** Five calls on three days, of two users; all but the last are rolled up. */
async function fill(): Promise<void> {
  const invocations = system.api.get(InvocationsService, { strict: false });
  const record = async (startedAt: string, changes: Partial<Invocation> = {}) =>
    invocations.record(anInvocation({ startedAt: new Date(startedAt), ...changes }));
  const onSonnet = { modelId: SONNET, useCase: 'clinical', costUsd: '0.007425' };
  await record('2026-11-01T00:00:00Z');
  await record('2026-11-01T23:59:59.999Z', { userId: 'berta', latencyMs: 4000, firstTextMs: null });
  await record('2026-11-02T12:00:00Z', onSonnet);
  await record('2026-11-02T12:30:00Z', { ...onSonnet, costUsd: null, outcome: 'cancelled', estimated: true });
  await system.api.get(UsageService, { strict: false }).rollUp();
  const attempts: Invocation['attempts'] = [
    { modelId: SONNET, outcome: 'failed', errorKind: 'throttled', ms: 5 },
    { modelId: NOVA_MICRO, outcome: 'answered', errorKind: null, ms: 5 },
  ];
  await record('2026-11-20T23:00:00Z', { attempts, useCase: 'clinical' });
  await record('2026-10-31T23:59:59Z');
  await record('2026-11-21T00:00:00Z');
}

describe('usage', () => {
  it('is listed by model, with what is not rolled up yet', async () => {
    expect(await page(`usage?${NOVEMBER}`)).toEqual({
      from: '2026-11-01',
      to: '2026-11-20',
      groupBy: 'model',
      complete: true,
      nextCursor: null,
      items: [
        {
          key: NOVA_MICRO,
          ...{ calls: 3, answered: 3, refused: 0, guardrailIntervened: 0, failed: 0, cancelled: 0 },
          ...{ fallbacks: 1, estimatedCalls: 0 },
          ...{ inputTokens: 3000, outputTokens: 750, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 },
          totalTokens: 3750,
          // Buckets: 812 is in one from 708 to 850, 4000 in one from 3657 to 4389.
          latencyMs: { mean: Math.round((812 + 4000 + 812) / 3), p50: 776, p95: 4006 },
          firstTextMs: { mean: 240, p50: expect.any(Number), p95: expect.any(Number) },
        },
        expect.objectContaining({ key: SONNET, calls: 2, answered: 1, cancelled: 1, estimatedCalls: 1 }),
      ],
      totals: expect.objectContaining({ calls: 5, answered: 4, cancelled: 1, totalTokens: 6250 }),
    });
  });

  it.each([
    ['useCase', ['platform', 'clinical'].reverse()],
    ['user', ['anna', 'berta']],
    ['day', ['2026-11-01', '2026-11-02', '2026-11-20']],
    [
      'hour',
      ['2026-11-01T00:00:00Z', '2026-11-01T23:00:00Z', '2026-11-02T12:00:00Z', '2026-11-20T23:00:00Z'],
    ],
  ])('by %s', async (groupBy, expected) => {
    const answer = await page(`usage?${NOVEMBER}&groupBy=${groupBy}`);
    expect(keys(answer)).toEqual(expected);
    expect(answer.totals).toMatchObject({ calls: 5, totalTokens: 6250 });
  });

  it('of one model, use case or user', async () => {
    const calls = async (filter: string) => (await page(`usage?${NOVEMBER}&${filter}`)).totals.calls;
    expect(await calls(`modelId=${NOVA_MICRO}`)).toBe(3);
    expect(await calls('useCase=clinical')).toBe(3);
    expect(await calls('userId=berta')).toBe(1);
    expect(await calls(`userId=anna&modelId=${NOVA_MICRO}&useCase=platform`)).toBe(1);
    expect(keys(await page(`usage?${NOVEMBER}&userId=anna&groupBy=day`))).toEqual([
      '2026-11-01',
      '2026-11-02',
      '2026-11-20',
    ]);
  });

  it('of a user, with the own token: nobody else’s, and not for keys', async () => {
    const own = async (token: string, query = '') =>
      system.get(`/v1/usage/me?${NOVEMBER}${query}`, { token });
    const berta = await own(await userToken('berta'));
    expect(berta).toMatchObject({ status: 200, body: { totals: { calls: 1 } } });
    expect((await own(await userToken('nobody'))).body).toMatchObject({ items: [], totals: { calls: 0 } });
    expect((await own(await userToken('berta'), '&userId=anna')).status).toBe(400);
    expect((await own(read)).status).toBe(403);
  });

  it('of nobody is empty, with totals of nothing', async () => {
    const answer = await page('usage?from=2025-01-01&to=2025-01-31');
    expect(answer).toMatchObject({ items: [], nextCursor: null });
    expect(answer.totals).toMatchObject({ calls: 0, totalTokens: 0, latencyMs: null, firstTextMs: null });
  });

  it('is of the last seven days by default', async () => {
    const today = () => new Date().toISOString().slice(0, 10);
    const before = today();
    const answer = await page('usage');
    expect([before, today()]).toContain(answer.to);
    expect(Date.parse(answer.to) - Date.parse(answer.from)).toBe(6 * 86_400_000);
  });

  it.each(['day', 'hour', 'user', 'model', 'useCase'])(
    'by %s comes in pages without a gap',
    async (groupBy) => {
      const all = await page(`usage?${NOVEMBER}&groupBy=${groupBy}`);
      const seen: string[] = [];
      let cursor = '';
      do {
        const answer = await page(`usage?${NOVEMBER}&groupBy=${groupBy}&limit=1${cursor}`);
        expect(answer.totals).toEqual(all.totals);
        seen.push(...keys(answer));
        cursor = answer.nextCursor && `&cursor=${answer.nextCursor}`;
      } while (cursor);
      expect(seen).toEqual(keys(all));
    },
  );

  it('says when it is not complete, because no worker has added up for long', async () => {
    await ask(
      `INSERT INTO invocations_to_roll_up (invocation_ids, started_ats) SELECT '{}', '{}' FROM generate_series(1, 5000)`,
    );
    expect((await page('usage')).complete).toBe(false);
    expect((await page('costs')).complete).toBe(false);
    await ask(`DELETE FROM invocations_to_roll_up WHERE invocation_ids = '{}'`);
    expect((await page('usage')).complete).toBe(true);
  });
});

describe('costs', () => {
  it('are listed by model, the dearest first; what is unknown is counted and never 0', async () => {
    const answer = await page(`costs?${NOVEMBER}`);
    expect(answer.items).toEqual([
      { key: SONNET, calls: 2, costUsd: '0.007425', unknownCostCalls: 1 },
      { key: NOVA_MICRO, calls: 3, costUsd: '0.000276', unknownCostCalls: 0 },
    ]);
    expect(answer.totals).toEqual({ calls: 5, costUsd: '0.007701', unknownCostCalls: 1 });
    const hour = await page(`costs?${NOVEMBER}&modelId=${SONNET}&userId=anna&groupBy=day`);
    expect(hour.items).toEqual([{ key: '2026-11-02', calls: 2, costUsd: '0.007425', unknownCostCalls: 1 }]);
  });

  it('of a call that failed after it had begun are unknown where its price is', async () => {
    const invocations = system.api.get(InvocationsService, { strict: false });
    const startedAt = new Date('2026-09-02T00:00:00Z');
    await invocations.record(anInvocation({ startedAt, outcome: 'failed', costUsd: null }));
    const { items } = await page('costs?from=2026-09-02&to=2026-09-02');
    expect(items).toEqual([{ key: NOVA_MICRO, calls: 1, costUsd: null, unknownCostCalls: 1 }]);
  });

  it.each(['model', 'user'])('are ordered as amounts, not as text, by %s', async (groupBy) => {
    const invocations = system.api.get(InvocationsService, { strict: false });
    const startedAt = new Date('2026-08-01T00:00:00Z');
    for (const costUsd of ['9', '10', '0.5'])
      await invocations.record(
        anInvocation({
          startedAt,
          costUsd,
          modelId: `${groupBy}-${costUsd}`,
          userId: `${groupBy}-${costUsd}`,
        }),
      );
    const { items } = await page(`costs?from=2026-08-01&to=2026-08-01&groupBy=${groupBy}`);
    const amounts = items.map(({ costUsd }: { costUsd: string }) => Number(costUsd));
    expect(amounts).toEqual(amounts.toSorted((a: number, b: number) => b - a));
    expect(keys({ items })).toEqual(
      expect.arrayContaining([`${groupBy}-10`, `${groupBy}-9`, `${groupBy}-0.5`]),
    );
  });

  it('are null where no call has a known cost', async () => {
    const invocations = system.api.get(InvocationsService, { strict: false });
    const startedAt = new Date('2026-09-01T00:00:00Z');
    await invocations.record(anInvocation({ startedAt, costUsd: null }));
    await invocations.record(anInvocation({ startedAt, outcome: 'failed', usage: null, costUsd: null }));
    const { items } = await page('costs?from=2026-09-01&to=2026-09-01');
    expect(items).toEqual([{ key: NOVA_MICRO, calls: 2, costUsd: null, unknownCostCalls: 1 }]);
  });
});

describe('switches', () => {
  const MARCH = 'from=2026-03-01&to=2026-03-31';
  const none = { manual: 0, auto: 0, fallback: 0 };
  beforeAll(async () => {
    const base = { user: 'carla', conversation: 'c-1', from: SONNET };
    const rows = [
      { ...base, at: `'2026-03-01T10:00Z'`, to: NOVA_LITE, action: 'manual_switch', saves: '0.5' },
      { ...base, at: `'2026-03-01T10:30Z'`, to: NOVA_LITE, action: 'auto_switch', saves: '0.25' },
      { ...base, at: `'2026-03-31T23:59:59Z'`, to: HAIKU, action: 'fallback_switch', user: 'dora' },
      { ...base, at: `'2026-04-01T00:00Z'`, to: HAIKU, action: 'fallback_switch' },
    ] as const;
    const ids: string[] = [];
    for (const [i, row] of rows.entries())
      ids.push(await insertSwitch(system.environment.app, row, 1000 + i));
    await ask(`INSERT INTO switch_savings VALUES ($1, 3, 0.125, 1), ($2, 2, 0, 2)`, [ids[0], ids[2]]);
  });

  it('are counted by the model they went to, with what they were to save and saved', async () => {
    const onLite = { ...none, switches: 2, manual: 1, auto: 1, estimatedUsd: '0.75', unknownEstimates: 0 };
    const onHaiku = { ...none, switches: 1, fallback: 1, estimatedUsd: null, unknownEstimates: 1 };
    const answer = await page(`switches?${MARCH}`);
    expect(answer.items).toEqual([
      { key: NOVA_LITE, ...onLite, savedUsd: '0.125', savingCalls: 3, unknownSavings: 1 },
      { key: HAIKU, ...onHaiku, savedUsd: null, savingCalls: 2, unknownSavings: 2 },
    ]);
    expect(answer.totals).toMatchObject({
      switches: 3,
      estimatedUsd: '0.75',
      savedUsd: '0.125',
      savingCalls: 5,
    });
    expect((await page(`costs?${MARCH}`)).switches).toEqual(answer.totals);
  });

  it('count the estimate of a use case for the time until its next switch', async () => {
    const base = { user: 'ops', conversation: null, action: 'manual_switch' } as const;
    for (const [i, row] of [
      { ...base, at: `'2026-06-01T00:00Z'`, from: SONNET, to: NOVA_LITE, saves: '30' },
      { ...base, at: `'2026-06-04T00:00Z'`, from: NOVA_LITE, to: SONNET, saves: '-30' },
    ].entries())
      await insertSwitch(system.environment.app, row, 5000 + i);
    const estimates = async (query: string) => {
      const { items, totals } = await page(`switches?from=2026-06-01&to=2026-06-30${query}`);
      const each = items.map(({ estimatedUsd }: { estimatedUsd: string }) => estimatedUsd);
      return [...each, totals.estimatedUsd];
    };
    for (const groupBy of ['model', 'day', 'hour'])
      for (const user of ['', '&userId=ops'])
        expect(new Set(await estimates(`&groupBy=${groupBy}${user}`))).toEqual(new Set(['3', '-30', '-27']));
    expect(await estimates('&groupBy=user')).toEqual(['-27', '-27']);
    expect((await page('costs?from=2026-06-01&to=2026-06-30')).switches.estimatedUsd).toBe('-27');
  });

  it.each([
    ['user', ['carla', 'dora']],
    ['useCase', ['clinical']],
    ['day', ['2026-03-01', '2026-03-31']],
    ['hour', ['2026-03-01T10:00:00Z', '2026-03-31T23:00:00Z']],
  ])('by %s', async (groupBy, expected) => {
    expect(keys(await page(`switches?${MARCH}&groupBy=${groupBy}`))).toEqual(expected);
    const first = await page(`switches?${MARCH}&groupBy=${groupBy}&limit=1`);
    expect(keys(first)).toEqual(expected.slice(0, 1));
    if (expected[1])
      expect(
        keys(await page(`switches?${MARCH}&groupBy=${groupBy}&limit=1&cursor=${first.nextCursor}`)),
      ).toEqual(expected.slice(1));
  });

  it('of one user and model', async () => {
    const { totals } = await page(`switches?${MARCH}&userId=dora&modelId=${HAIKU}&useCase=clinical`);
    expect(totals).toMatchObject({ switches: 1 });
  });
});

describe('preferences', () => {
  beforeAll(async () => {
    const base = { from: SONNET, at: 'now()', conversation: 'p-1' };
    const rows = [
      { ...base, user: 'emil', to: NOVA_LITE, action: 'manual_switch' },
      { ...base, user: 'emil', to: NOVA_LITE, action: 'auto_switch' },
      { ...base, user: 'emil', to: HAIKU, action: 'manual_switch' },
      { ...base, user: 'fritz', to: HAIKU, action: 'manual_switch' },
    ] as const;
    for (const [i, row] of rows.entries()) await insertSwitch(system.environment.app, row, 2000 + i);
  });
  const pairs = ({ items }: { items: { userId: string; modelId: string }[] }) =>
    items.map(({ userId, modelId }) => [userId, modelId]);

  it('are the models that users ended up with, most selections first', async () => {
    const { items } = await page('preferences');
    expect(items[0]).toEqual({
      userId: 'emil',
      modelId: NOVA_LITE,
      selections: 2,
      autoAdoptionPercentage: 50,
      lastSelectedAt: expect.stringMatching(/Z$/),
    });
    expect(pairs(await page(`preferences?modelId=${HAIKU}`))).toEqual([
      ['emil', HAIKU],
      ['fritz', HAIKU],
    ]);
    expect(pairs(await page('preferences?userId=fritz'))).toEqual([['fritz', HAIKU]]);
  });

  it('come in pages without a gap', async () => {
    const seen = [];
    let cursor = '';
    do {
      const answer = await page(`preferences?limit=1${cursor}`);
      seen.push(...pairs(answer));
      cursor = answer.nextCursor && `&cursor=${answer.nextCursor}`;
    } while (cursor);
    expect(seen).toEqual([
      ['emil', NOVA_LITE],
      ['emil', HAIKU],
      ['fritz', HAIKU],
    ]);
  });
});
