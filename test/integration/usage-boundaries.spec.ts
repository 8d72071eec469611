import type { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import type { WithDateRange } from '#libs/analytics/analytics-query.js';
import { PreferencesRepository } from '#libs/analytics/preferences.repository.js';
import { SwitchFiguresRepository } from '#libs/analytics/switch-figures.repository.js';
import { UsageFiguresRepository } from '#libs/analytics/usage-figures.repository.js';
import { type Ranking, UserRanking } from '#libs/analytics/user-ranking.repository.js';
import { CostsRepository } from '#libs/costs/costs.repository.js';
import { RollUpRepository } from '#libs/costs/roll-up.repository.js';
import { called, rollUp } from '../support/recorded-calls.js';
import { useRolledBack, type Within } from '../support/rolled-back.js';
import {
  HAIKU,
  insertSwitch,
  NOVA_LITE,
  NOVA_MICRO,
  SONNET,
  type SwitchRow,
} from '../support/switch-rows.js';

const inTransaction = useRolledBack();
const PAGE = { limit: 10, after: undefined };
const daysAgo = (days: number, more = '0 s') => `now() - interval '${days} days' + interval '${more}'`;

describe('usage is measured over 30 days', () => {
  const useCase = ({ sql }: Within) =>
    sql(`INSERT INTO use_cases (name, objective, active_model_id, input_tokens_per_exchange,
      output_tokens_per_exchange, exchanges_per_conversation, exchanges_per_30_days)
      VALUES ('research', 'quality', '${SONNET}', 1, 1, 1, 1) ON CONFLICT DO NOTHING`);
  const conversation = ({ sql }: Within, exchanges: number, at: string) =>
    sql(
      `INSERT INTO ai_conversations (id, user_id, use_case, exchange_count, last_exchange_at)
       VALUES (gen_random_uuid()::text, 'anna', 'research', $1, ${at})`,
      [exchanges],
    );
  /** An hour of exchanges with 1,000 tokens in, 10 and 20 of the cache, and 100 out each. */
  const hour = ({ sql }: Within, exchanges: number, at: string, model = SONNET) =>
    sql(
      `INSERT INTO usage_hourly (hour, model_id, use_case, answered, refused, failed, cancelled, fallbacks, estimated,
         input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost_usd, unknown_costs, latency_ms,
         first_text_ms, first_texts)
       SELECT ${at}, $2, 'research', n, 0, 0, 0, 0, 0, n * 1000, n * 100, n * 10, n * 20, 0, 0, 0, 0, 0 FROM (SELECT $1::int AS n) AS given`,
      [exchanges, model],
    );
  const measured = async ({ db, sql }: Within, at = 'now()') => {
    const [{ now }] = await sql(`SELECT ${at} AS now`);
    await new CostsRepository(db).measureUsage(now);
    return sql(
      `SELECT exchanges::int, input_tokens::int AS input, output_tokens::int AS output, cache_read_tokens::int AS read,
         cache_write_tokens::int AS write, median_exchanges::float8 AS median, measured_since AS since
       FROM use_case_usage WHERE use_case = 'research'`,
    );
  };
  const timeOf = async ({ sql }: Within, at: string) => (await sql(`SELECT ${at} AS time`))[0]!.time;

  it(
    'and not longer: an hour that began within them counts, whenever its conversations began',
    inTransaction(async (within) => {
      await useCase(within);
      for (const [exchanges, at] of [
        [100, daysAgo(31)],
        [50, daysAgo(30, '-1 s')],
        [1, daysAgo(30, '1 s')],
        [2, daysAgo(29)],
        [9, 'now()'],
      ] as const)
        await hour(within, exchanges, at);
      // A long life of which little is within 30 days, and one that ended before them.
      for (const [exchanges, at] of [
        [1_000, 'now()'],
        [10, daysAgo(30, '1 s')],
        [4, daysAgo(29)],
        [2_000, daysAgo(30, '-1 s')],
      ] as const)
        await conversation(within, exchanges, at);
      expect(await measured(within)).toEqual([
        {
          exchanges: 12,
          input: 12_000,
          output: 1_200,
          read: 120,
          write: 240,
          median: 10,
          since: await timeOf(within, daysAgo(30, '1 s')),
        },
      ]);
    }),
  );

  it(
    'since its first call ever, and is nothing again when 30 days pass without one',
    inTransaction(async (within) => {
      await useCase(within);
      await hour(within, 7, daysAgo(3));
      await conversation(within, 7, daysAgo(3));
      const since = await timeOf(within, daysAgo(3));
      expect(await measured(within)).toMatchObject([{ exchanges: 7, since }]);
      await hour(within, 1, daysAgo(1));
      expect(await measured(within)).toMatchObject([{ exchanges: 8, since }]);
      expect(await measured(within, `now() + interval '28 days'`)).toMatchObject([
        { exchanges: 1, since, median: 1 },
      ]);
      expect(await measured(within, `now() + interval '40 days'`)).toMatchObject([{ exchanges: 0, since }]);
    }),
  );

  it(
    'in the tokens of most models: those of one that counts more are divided by its factor',
    inTransaction(async (within) => {
      await useCase(within);
      await within.sql('UPDATE bedrock_models SET token_factor = 1.25 WHERE model_id = $1', [HAIKU]);
      await hour(within, 4, 'now()', SONNET);
      await hour(within, 4, 'now()', HAIKU);
      await conversation(within, 8, 'now()');
      expect(await measured(within)).toMatchObject([
        { exchanges: 8, input: 4_000 + 3_200, output: 400 + 320, read: 40 + 32, write: 80 + 64 },
      ]);
    }),
  );
});

describe('times of models', () => {
  it(
    'have their median and their 95th percentile, of answers at the first attempt',
    inTransaction(async (within) => {
      // Buckets: 100 is in one whose middle is 105, 1,000 in 932, 10,000 in 9,969.
      const at = `'2026-03-02T12:00Z'`;
      const times = async (count: number, call: Parameters<typeof called>[1]) => {
        for (let n = 0; n < count; n += 1) await called(within, call);
      };
      await times(50, { at, ms: 100 });
      await times(45, { at, ms: 1_000 });
      await times(5, { at, ms: 10_000 });
      const slow = { ms: 99_000 };
      await times(50, { at, ...slow, attempts: 2 });
      await times(50, { at, ...slow, outcome: 'failed' });
      await times(50, { at, ...slow, outcome: 'cancelled' });
      await times(50, { at: `'2026-03-01T23:59:59.999Z'`, ...slow });
      await times(50, { at: `'2026-03-03T00:00Z'`, ...slow });
      await rollUp(within);
      const figures = new UsageFiguresRepository(within.db, new UserRanking(within.db));
      const question = { groupBy: 'model', from: '2026-03-02', to: '2026-03-02' } as const;
      const both = { latencyMs: { p50: 105, p95: 932 }, firstTextMs: { p50: 50, p95: 539 } };
      expect(await figures.percentiles(question)).toEqual(
        new Map([
          ['', both],
          [HAIKU, both],
        ]),
      );
    }),
  );

  it(
    'for the objective latency are of yesterday and today, of models that answered often enough',
    inTransaction(async (within) => {
      await within.sql(
        `INSERT INTO usage_latencies SELECT day::date, model, 'clinical', measure, bucket, calls FROM (VALUES
           ('2026-11-20', $1, 'first_text', 99, 1000), ('2026-11-21', $1, 'first_text', 20, 10),
           ('2026-11-22', $1, 'first_text', 30, 9), ('2026-11-22', $1, 'first_text', 40, 1),
           ('2026-11-22', $1, 'answer', 90, 1000), ('2026-11-22', $2, 'first_text', 20, 19))
         AS given (day, model, measure, bucket, calls)`,
        [HAIKU, SONNET],
      );
      const speeds = (at: string) => new RollUpRepository(within.db).speeds(new Date(at), 20);
      // The middle of bucket 20: 1.2 to the power of 19.5.
      expect(await speeds('2026-11-22T23:59:59.999Z')).toEqual([{ modelId: HAIKU, firstTextMs: 35 }]);
      expect(await speeds('2026-11-23T00:00:00Z')).toEqual([]);
    }),
  );
});

describe('preferences', () => {
  it(
    'are of exactly 30 days: a selection of day 30 counts once, and one before it does not',
    inTransaction(async (within) => {
      const base = {
        user: 'anna',
        conversation: 'p-1',
        from: SONNET,
        to: HAIKU,
        action: 'manual_switch',
      } as const;
      const startOfDay30 = `date_trunc('day', ${daysAgo(30)}, 'UTC')`;
      const rows: Partial<SwitchRow>[] = [
        { at: daysAgo(31) },
        { at: daysAgo(30) },
        { at: daysAgo(30, '1 microsecond'), to: NOVA_LITE },
        { at: `${startOfDay30} + interval '24 hours'`, to: NOVA_MICRO, action: 'auto_switch' },
        { at: 'now()', to: NOVA_MICRO },
        { at: 'now()', to: NOVA_MICRO, conversation: null },
      ];
      for (const [n, row] of rows.entries())
        await insertSwitch(within.tx as unknown as Client, { ...base, at: 'now()', ...row }, n + 1);
      const preferences = new PreferencesRepository(within.db, new UserRanking(within.db));
      const [{ now }] = await within.sql('SELECT now() AS now');
      for (const filter of [{}, { userId: 'anna' }])
        expect(await preferences.list(filter, { limit: 10, now })).toMatchObject([
          { modelId: NOVA_MICRO, selections: 2, autoAdoptionPercentage: 50 },
          { modelId: NOVA_LITE, selections: 1, autoAdoptionPercentage: 0 },
        ]);
    }),
  );
});

it(
  'hours of the document’s view are of UTC, whatever time zone its session has',
  inTransaction(async ({ sql, tx }) => {
    const row = {
      user: 'anna',
      conversation: 'c',
      from: SONNET,
      to: HAIKU,
      action: 'manual_switch',
    } as const;
    await insertSwitch(tx as unknown as Client, { ...row, at: `'2026-03-02T10:50Z'` }, 1);
    await sql(`SET LOCAL timezone = 'Asia/Kolkata'`);
    expect(await sql('SELECT hour FROM bedrock_model_switch_analytics')).toEqual([
      { hour: new Date('2026-03-02T10:00Z') },
    ]);
  }),
);

describe('figures of days', () => {
  const question = (more: Partial<WithDateRange<{ groupBy: 'hour' }>> = {}) => ({
    ...{ groupBy: 'hour' as const, from: '2026-03-02', to: '2026-03-03', ...more },
  });

  it(
    'of the switches of one user by hour have those of both days, and nobody else’s',
    inTransaction(async (within) => {
      const base = {
        conversation: 'c',
        from: SONNET,
        to: HAIKU,
        action: 'fallback_switch',
        saves: '1',
      } as const;
      for (const [n, [at, user]] of [
        ['2026-03-01T23:59:59.999999Z', 'anna'],
        ['2026-03-02T00:00Z', 'anna'],
        ['2026-03-03T23:59:59.999999Z', 'anna'],
        ['2026-03-04T00:00Z', 'anna'],
        ['2026-03-03T12:00Z', 'ben'],
      ].entries())
        await insertSwitch(within.tx as unknown as Client, { ...base, at: `'${at}'`, user: user! }, n + 1);
      const figures = new SwitchFiguresRepository(within.db, new UserRanking(within.db));
      const { items, totals } = await figures.page(question({ userId: 'anna' } as object), PAGE);
      expect(items.map(({ key }) => key)).toEqual(['2026-03-02T00:00:00Z', '2026-03-03T23:00:00Z']);
      expect(totals).toMatchObject({ switches: 2, manual: 0, auto: 0, fallback: 2, estimatedUsd: '2' });
    }),
  );

  it(
    'are complete up to five thousand batches that are not added up',
    inTransaction(async (within) => {
      const figures = new UsageFiguresRepository(within.db, new UserRanking(within.db));
      const wait = (batches: number) =>
        within.sql(
          `INSERT INTO invocations_to_roll_up (invocation_ids, started_ats) SELECT '{}', '{}' FROM generate_series(1, $1)`,
          [batches],
        );
      await wait(5_000);
      expect(await figures.isComplete()).toBe(true);
      await wait(1);
      expect(await figures.isComplete()).toBe(false);
    }),
  );

  it(
    'rank users by any month that the days touch, and by what is not added up yet',
    inTransaction(async (within) => {
      const month = (user: string, month: string, calls: number) =>
        within.sql('INSERT INTO user_months (user_id, month, calls) VALUES ($1, $2, $3)', [
          user,
          month,
          calls,
        ]);
      for (const user of ['before', 'first', 'last', 'after'])
        await month(
          user,
          { before: '2026-09-01', first: '2026-10-01', last: '2026-11-01', after: '2026-12-01' }[user]!,
          100,
        );
      await month('too-few', '2026-11-01', 1);
      await called(within, { at: `'2026-11-15T12:00Z'`, user: 'not-added-up' });
      const ranking: Ranking = { by: 'calls', from: '2026-10-31', to: '2026-11-30', limit: 1 };
      let among: string[] | null = null;
      // The second of those with most in the month of the middle is guessed to be the last on the page.
      await new UserRanking(within.db).page(
        { ...ranking, limit: 0 },
        async (users) => (among = users),
        () => 1_000,
      );
      expect([...(among ?? [])].toSorted()).toEqual(['first', 'last', 'not-added-up']);
    }),
  );
});

it(
  'a roll-up takes whole batches, the oldest first, up to as many calls as it may',
  inTransaction(async (within) => {
    for (let n = 0; n < 3; n += 1) await called(within, { at: daysAgo(n), user: `user-${n}` });
    expect(await new RollUpRepository(within.db).rollUp(2)).toBe(2);
    expect(await within.sql('SELECT user_id FROM usage_daily ORDER BY 1')).toEqual([
      { user_id: 'user-0' },
      { user_id: 'user-1' },
    ]);
    expect(await within.sql('SELECT count(*)::int AS left FROM invocations_to_roll_up')).toEqual([
      { left: 1 },
    ]);
    expect([await rollUp(within), await rollUp(within)]).toEqual([1, 0]);
  }),
);
