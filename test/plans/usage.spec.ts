import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GroupPosition } from '#libs/analytics/analytics-query.js';
import { CallFormsRepository } from '#libs/analytics/call-forms.repository.js';
import { PreferencesRepository } from '#libs/analytics/preferences.repository.js';
import { SwitchFiguresRepository } from '#libs/analytics/switch-figures.repository.js';
import { UsageFiguresRepository } from '#libs/analytics/usage-figures.repository.js';
import { UserRanking } from '#libs/analytics/user-ranking.repository.js';
import { BudgetsRepository } from '#libs/budgets/budgets.repository.js';
import { CallListRepository } from '#libs/costs/call-list.repository.js';
import { InvocationsRepository } from '#libs/costs/invocations.repository.js';
import { RollUpRepository } from '#libs/costs/roll-up.repository.js';
import { anInvocation } from '../support/invocation-fixture.js';
import { fillWithAYearOfCalls, USAGE_TABLES } from '../support/large-usage.js';
import { explainAll, StatementRecorder } from '../support/recorded-plans.js';
import { TestSystem } from '../support/test-system.js';

const recorder = new StatementRecorder();
let system: TestSystem;
let db: DataSource;
beforeAll(async () => {
  system = await TestSystem.start();
  await fillWithAYearOfCalls(new URL(system.environment.env.DATABASE_URL).pathname.slice(1));
  db = await new DataSource({ ...system.api.get(DataSource).options, logger: recorder }).initialize();
});
afterAll(async () => {
  await db.destroy();
  await system.close();
});

/** Runs `work` and explains what it sent, together. */
async function planOf(work: () => Promise<unknown>) {
  recorder.take();
  await work();
  const plans = await explainAll(db, recorder.take(), { run: true });
  return {
    scanned: plans.flatMap(({ scanned }) => scanned).filter((table) => USAGE_TABLES.test(table)),
    indexes: plans.flatMap(({ indexes }) => indexes),
    pages: plans.reduce((sum, { pages }) => sum + pages, 0),
  };
}

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const WEEK = { from: day(6), to: day(0) };
const QUARTER = { from: day(91), to: day(0) };
const YEAR = { from: day(365), to: day(0) };
const PAGE = { limit: 50 };
const usage = () => new UsageFiguresRepository(db, new UserRanking(db));
const preferences = () => new PreferencesRepository(db, new UserRanking(db));
const switches = () => new SwitchFiguresRepository(db, new UserRanking(db));

/** Reading what is not rolled up, 200 calls here, costs about five pages a call. */
const LIVE = 1_200;

describe('a page of calls is read in the order of an index', () => {
  const since = (days: number) => ({ from: new Date(Date.now() - days * 86_400_000), to: new Date() });
  it.each([
    ['of everybody', {}, 'started_at', 51],
    ['of a user', { userId: 'user-77' }, 'user_id', 20],
    ['of a conversation', { conversationId: 'conv-2000' }, 'conversation_id', 4],
    ['of a request', { requestId: 'nope' }, 'request_id', 0],
    ['that failed', { outcome: 'failed' as const }, 'outcome', 0],
    ['of a use case', { useCases: ['clinical'] }, 'started_at', 51],
  ])('%s', async (_, filter, column, found) => {
    const calls = new CallListRepository(db);
    const asked = { useCases: null, ...since(31), ...filter };
    const page = await calls.list(asked, 51);
    expect(page).toHaveLength(found);
    for (const before of [undefined, page.at(-1)]) {
      const plan = await planOf(() => calls.list(asked, 51, before));
      // It is empty, unless the calls reach into last month.
      expect(plan.scanned.filter((table) => table !== 'model_invocations_default')).toEqual([]);
      expect(plan.indexes.join()).toContain(column);
      expect(plan.pages).toBeLessThanOrEqual(500);
    }
  });
});

describe('figures are read by an index and cost what their days hold, not what there is', () => {
  const questions: [string, () => Promise<unknown>, { index: string; mostPages: number }][] = [
    [
      'a week by model',
      () => usage().page({ groupBy: 'model', ...WEEK }, 'calls', PAGE),
      { index: 'usage_hourly_pkey', mostPages: LIVE + 150 },
    ],
    [
      'a week of one use case by day',
      () => usage().page({ groupBy: 'day', useCase: 'health', ...WEEK }, 'costUsd', PAGE),
      { index: 'usage_hourly_pkey', mostPages: LIVE + 150 },
    ],
    [
      'a week by user',
      () => usage().page({ groupBy: 'user', ...WEEK }, 'costUsd', PAGE),
      { index: 'usage_daily_day', mostPages: 3 * LIVE + 1_000 },
    ],
    [
      'a year of one user',
      () => usage().page({ groupBy: 'day', userId: 'user-77', ...YEAR }, 'calls', PAGE),
      { index: 'usage_daily_pkey', mostPages: LIVE + 100 },
    ],
    [
      'percentiles of a week',
      () => usage().percentiles({ groupBy: 'model', ...WEEK }),
      { index: 'usage_latencies_pkey', mostPages: 300 },
    ],
    [
      'forms of a month of one use case',
      () => new CallFormsRepository(db).list({ from: day(29), to: day(0), useCase: 'clinical' }),
      { index: 'call_forms_daily_pkey', mostPages: LIVE + 150 },
    ],
    [
      'forms of the calls that followed some use cases for a month',
      () =>
        new CallFormsRepository(db).following({
          from: day(29),
          to: day(0),
          useCases: ['clinical', 'health'],
        }),
      { index: 'call_forms_daily_pkey', mostPages: LIVE + 150 },
    ],
    [
      'forms of a week',
      () => new CallFormsRepository(db).list({ ...WEEK, useCase: undefined }),
      { index: 'call_forms_daily_pkey', mostPages: LIVE + 150 },
    ],
    ['whether they are complete', () => usage().isComplete(), { index: '', mostPages: 20 }],
    [
      'switches of a week by user',
      () => switches().page({ groupBy: 'user', ...WEEK }, PAGE),
      { index: 'switches_daily_day', mostPages: 500 },
    ],
    [
      'switches of a quarter by model',
      () => switches().page({ groupBy: 'model', ...QUARTER }, PAGE),
      { index: 'switches_hourly_pkey', mostPages: 1_500 },
    ],
    [
      'hours of one user’s switches',
      () => switches().page({ groupBy: 'hour', userId: 'user-77', ...QUARTER }, PAGE),
      { index: 'switch_events_user', mostPages: 100 },
    ],
    [
      'what one user prefers',
      () => preferences().list({ userId: 'user-77' }, { limit: 50, now: new Date() }),
      // Late in the day the rest of the first day is read by its time, and early by its user.
      { index: 'switches_daily_pkey', mostPages: 200 },
    ],
  ];
  it.each(questions)('%s', async (_, work, { index, mostPages }) => {
    const plan = await planOf(work);
    expect(plan.scanned).toEqual([]);
    expect(plan.indexes.join()).toContain(index);
    expect(plan.pages).toBeLessThanOrEqual(mostPages);
  });
});

describe('the users with most are listed as if all were added up, without doing it', () => {
  const MONTH = { from: day(30), to: day(0) };
  const all = async (figure: string, useCase: string | null) =>
    (
      await db.query(
        `SELECT user_id AS key FROM usage_by_user WHERE day BETWEEN $1 AND $2 AND ($3::text IS NULL OR use_case = $3)
         GROUP BY 1 ORDER BY sum(${figure}) DESC, 1`,
        [MONTH.from, MONTH.to, useCase],
      )
    ).map(({ key }: { key: string }) => key);

  it.each([
    ['calls', 'answered + refused + failed + cancelled', undefined],
    ['costUsd', 'cost_usd', undefined],
    ['calls', 'answered + refused + failed + cancelled', 'health'],
  ] as const)('by %s (%s), of the use case %s', async (rank, figure, useCase) => {
    const expected = await all(figure, useCase ?? null);
    let after: GroupPosition | undefined;
    const seen: string[] = [];
    for (const limit of [10, 40, 200]) {
      const question = { groupBy: 'user', ...MONTH, useCase } as const;
      const { items } = await usage().page(question, rank, { limit, after });
      seen.push(...items.slice(0, limit).map(({ key }) => key));
      const { rank: last, key } = items[limit - 1]!;
      after = { rank: last, key };
    }
    expect(seen).toEqual(expected.slice(0, 250));
  });

  it('reading the months of all and the days of few', async () => {
    const plan = await planOf(() => usage().page({ groupBy: 'user', ...MONTH }, 'calls', { limit: 20 }));
    expect(plan.scanned).toEqual([]);
    expect(plan.indexes).toEqual(expect.arrayContaining(['user_months_calls', 'usage_daily_pkey']));
    expect(plan.indexes).not.toContain('usage_daily_day');
    expect(plan.pages).toBeLessThanOrEqual(4 * LIVE + 3_000);
  });
});

describe('the spend of all budgets is read together, from the days of their users and keys only', () => {
  const budgets = () => new BudgetsRepository(db);
  const SUBJECTS: [column: string, prefix: string, count: number][] = [
    ['user_id', 'user-', 300],
    ['key_owner', 'key-', 50],
  ];

  it('of hundreds of budgets', async () => {
    for (const [column, prefix, count] of SUBJECTS)
      await db.query(
        `INSERT INTO cost_budgets (id, ${column}, period, limit_usd, updated_at)
         SELECT gen_random_uuid(), $1 || i, period, 1, now()
         FROM generate_series(1, $2::int) AS i, unnest('{day,month}'::text[]) AS period`,
        [prefix, count],
      );
    await db.query(`INSERT INTO cost_budgets (id, period, limit_usd, updated_at, use_case)
      SELECT gen_random_uuid(), period, 1, now(), use_case
      FROM unnest('{day,month}'::text[]) AS period, unnest('{clinical,health,NULL}'::text[]) AS use_case`);
    const plan = await planOf(async () => {
      expect(await budgets().spends(new Date())).toHaveLength(706);
    });
    expect(plan.scanned).toEqual([]);
    expect(plan.indexes).toEqual(
      expect.arrayContaining(['usage_hourly_pkey', 'usage_daily_pkey', 'usage_of_keys_pkey']),
    );
    expect(plan.indexes).not.toContain('usage_daily_day');
    // The month has 12,000 hours of models and use cases.
    expect(plan.pages).toBeLessThanOrEqual(2 * LIVE + 6_000);
  });

  it('reading no roll-up and no call without a budget', async () => {
    await db.query('DELETE FROM cost_budgets');
    const plan = await planOf(() => budgets().spends(new Date()));
    expect(plan.scanned).toEqual([]);
    expect(plan.pages).toBeLessThanOrEqual(50);
  });
});

describe('writing goes straight to the rows', () => {
  it('of a batch of calls', async () => {
    const calls = Array.from({ length: 100 }, (_, i) => anInvocation({ conversationId: `conv-${1000 + i}` }));
    const plan = await planOf(() => new InvocationsRepository(db).record(calls));
    expect(plan.scanned).toEqual([]);
    // It was explained after it had been done: nothing of it is new.
    expect(plan.pages).toBeLessThanOrEqual(100 * 10);
  });

  it('of a roll-up: twenty calls with the switches that chose their models, and their conversations', async () => {
    const plan = await planOf(() => new RollUpRepository(db).rollUp(20));
    expect(plan.scanned).toEqual([]);
    expect(plan.indexes.join()).toMatch(/model_invocations_\d+_\d+_(pkey|started_at_id_idx)/);
    expect(plan.indexes).toEqual(
      expect.arrayContaining([
        'ai_conversations_pkey',
        'switch_events_conversation',
        'bedrock_model_switches_pkey',
        'bedrock_model_prices_history',
        'switch_savings_pkey',
      ]),
    );
    expect(plan.pages).toBeLessThanOrEqual(20 * 100);
  });

  it('of speeds, from two days of them', async () => {
    const plan = await planOf(() => new RollUpRepository(db).speeds(new Date(), 20));
    expect(plan.scanned).toEqual([]);
    expect(plan.pages).toBeLessThanOrEqual(300);
  });
});
