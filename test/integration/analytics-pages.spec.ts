import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvocationsService } from '#libs/costs/invocations.service.js';
import { anInvocation } from '../support/invocation-fixture.js';
import { insertSwitch } from '../support/switch-rows.js';
import { TestSystem } from '../support/test-system.js';

/** Groups by how often they occur. Their keys are in another order than their ranks, and two ranks are shared. */
const COUNTS = { a: 1, b: 3, c: 2, d: 2, e: 1 };
const RANKED = ['b', 'c', 'd', 'a', 'e'];
const DAYS = 'from=2026-05-01&to=2026-05-31';
const AT = '2026-05-10T12:00:00Z';

let system: TestSystem;
let read: string;
beforeAll(async () => {
  system = await TestSystem.start();
  read = await system.key(['read']);
  const invocations = system.api.get(InvocationsService, { strict: false });
  let seq = 0;
  for (const [key, count] of Object.entries(COUNTS))
    for (let nth = 0; nth < count; nth++) {
      const call = { modelId: key, useCase: key, userId: key, startedAt: new Date(AT), costUsd: '0.5' };
      await invocations.record(anInvocation(call));
      const row = { user: key, to: key, at: `'${AT}'`, action: 'manual_switch' } as const;
      await insertSwitch(system.environment.app, { from: 'z', conversation: `of-${key}`, ...row }, ++seq);
    }
});
afterAll(() => system.close());

const page = async (query: string) => {
  const { status, body } = await system.get(`/v1/analytics/${query}`, { token: read });
  expect(body).not.toHaveProperty('detail');
  expect(status).toBe(200);
  return body;
};

async function keysInPages(query: string, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor = '';
  do {
    const { items, nextCursor } = await page(`${query}&limit=${limit}${cursor}`);
    pages.push(items.map(({ key }: { key: string }) => key));
    cursor = nextCursor && `&cursor=${nextCursor}`;
  } while (cursor && pages.length <= RANKED.length);
  return pages;
}

describe('pages', () => {
  it.each([
    ['usage', 'model'],
    ['usage', 'useCase'],
    ['usage', 'user'],
    ['costs', 'model'],
    ['costs', 'useCase'],
    ['costs', 'user'],
    ['switches', 'model'],
    ['switches', 'user'],
  ])('of %s by %s have the greatest groups first, equal ones by key', async (figures, groupBy) => {
    const query = `${figures}?${DAYS}&groupBy=${groupBy}`;
    expect(await keysInPages(query, 1)).toEqual(RANKED.map((key) => [key]));
    expect(await keysInPages(query, 2)).toEqual([['b', 'c'], ['d', 'a'], ['e']]);
    expect(await keysInPages(query, 5)).toEqual([RANKED]);
  });
});

describe('the days of switches', () => {
  const TWO_DAYS = 'from=2026-03-01&to=2026-03-02';
  const FIRST = '2026-03-01T00:00:00Z';
  const keysOf = ({ items }: { items: { key: string }[] }) => items.map(({ key }) => key);
  beforeAll(async () => {
    const times = ['2026-02-28T23:59:59.999Z', FIRST, '2026-03-02T23:59:59.999Z', '2026-03-03T00:00:00Z'];
    const rows = [...times.map((at) => ({ user: 'uma', at })), { user: 'vera', at: '2026-03-01T12:00:00Z' }];
    for (const [nth, { user, at }] of rows.entries()) {
      const row = {
        user,
        at: `'${at}'`,
        conversation: 'of-uma',
        from: 'z',
        to: 'y',
        action: 'auto_switch',
      } as const;
      const id = await insertSwitch(system.environment.app, row, 100 + nth);
      if (at === FIRST)
        await system.environment.owner.query(`INSERT INTO switch_savings VALUES ($1, 3, 0.125, 1)`, [id]);
    }
  });

  it('begin with the first instant and end before that of the next day', async () => {
    const byHour = await page(`switches?${TWO_DAYS}&groupBy=hour`);
    expect(keysOf(byHour)).toEqual([FIRST, '2026-03-01T12:00:00Z', '2026-03-02T23:00:00Z']);
    expect(byHour.totals).toMatchObject({ switches: 3, savedUsd: '0.125', savingCalls: 3 });
    expect((await page(`switches?${TWO_DAYS}`)).totals).toEqual(byHour.totals);
  });

  it('are the same for one user by the hour', async () => {
    const { items, totals } = await page(`switches?${TWO_DAYS}&groupBy=hour&userId=uma`);
    expect(keysOf({ items })).toEqual([FIRST, '2026-03-02T23:00:00Z']);
    expect(items[0]).toMatchObject({ switches: 1, auto: 1, savedUsd: '0.125', savingCalls: 3 });
    expect(totals).toMatchObject({ switches: 2, savingCalls: 3, unknownSavings: 1 });
    const others = await page(`switches?${TWO_DAYS}&groupBy=hour&userId=uma&modelId=x`);
    expect(others.totals).toMatchObject({ switches: 0 });
  });
});

describe('no calls and no switches', () => {
  it('add up to nothing', async () => {
    const empty = 'from=2026-06-01&to=2026-06-30';
    const { totals } = await page(`costs?${empty}`);
    expect(totals).toEqual({ calls: 0, costUsd: '0', unknownCostCalls: 0 });
    expect((await page(`switches?${empty}`)).totals).toMatchObject({
      ...{ switches: 0, manual: 0, auto: 0, fallback: 0, savingCalls: 0 },
    });
  });
});

describe('preferences', () => {
  it('count each switch of the last 30 days once, and none before', async () => {
    const since = "(now() - interval '30 days')";
    // 30 minutes ahead, so that it lies within the 30 days also if midnight comes before the answer.
    const midnight = `date_trunc('day', ${since} + interval '30 minutes', 'UTC') + interval '1 day'`;
    const times = {
      tooOld: `${since} - interval '1 minute'`,
      justInTime: `${since} + interval '30 minutes'`,
      atMidnight: midnight,
      beforeMidnight: `${midnight} - interval '1 microsecond'`,
      afterMidnight: `${midnight} + interval '1 day'`,
    };
    let seq = 1_000;
    for (const [user, at] of Object.entries(times)) {
      const row = {
        user,
        at,
        conversation: `of-${user}`,
        from: 'z',
        to: 'y',
        action: 'manual_switch',
      } as const;
      await insertSwitch(system.environment.app, row, ++seq);
    }
    const ofUseCase = { user: 'justInTime', at: 'now()', conversation: null, from: 'z', to: 'y' } as const;
    await insertSwitch(system.environment.app, { ...ofUseCase, action: 'manual_switch' }, ++seq);
    await insertSwitch(
      system.environment.app,
      { ...ofUseCase, user: 'operator', action: 'manual_switch' },
      ++seq,
    );
    const { items } = await page('preferences?modelId=y');
    expect(
      items.map(({ userId, selections }: { userId: string; selections: number }) => [userId, selections]),
    ).toEqual([
      ['afterMidnight', 1],
      ['atMidnight', 1],
      ['beforeMidnight', 1],
      ['justInTime', 1],
    ]);
  });
});
