import { beforeEach, describe, expect, it } from 'vitest';
import type { CostUnknown } from '#libs/costs/call-cost.js';
import type { Invocation } from '#libs/costs/invocation.js';
import { UsageService } from '#libs/costs/usage.service.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { eventually } from '../support/eventually.js';
import { anInvocation } from '../support/invocation-fixture.js';
import { useUsageSystem } from '../support/usage-system.js';

const MICRO = 'eu.amazon.nova-micro-v1:0';
const LITE = 'eu.amazon.nova-lite-v1:0';

const counting = useUsageSystem();
const { ask, record } = counting;

const FIGURES = `sum(answered)::int AS answered, sum(refused)::int AS refused,
  sum(guardrail_intervened)::int AS intervened, sum(failed)::int AS failed,
  sum(cancelled)::int AS cancelled, sum(fallbacks)::int AS fallbacks, sum(estimated)::int AS estimated,
  sum(input_tokens)::int AS input, sum(output_tokens)::int AS output, sum(cache_read_tokens)::int AS cache_read,
  sum(cache_write_tokens)::int AS cache_write, trim_scale(sum(cost_usd))::text AS cost,
  sum(unknown_costs)::int AS unknown, sum(latency_ms)::int AS latency, sum(first_text_ms)::int AS first_text,
  sum(first_texts)::int AS first_texts`;
const byHour = (relation = 'usage_by_hour') =>
  ask(`SELECT hour, model_id, use_case, ${FIGURES} FROM ${relation} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`);
const byUser = (relation = 'usage_by_user') =>
  ask(
    `SELECT user_id, day::text, model_id, use_case, ${FIGURES} FROM ${relation} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
  );
const waiting = async () =>
  (await ask('SELECT count(*)::int AS batches FROM invocations_to_roll_up'))[0].batches;

const clean = () =>
  ask(
    'TRUNCATE model_invocations, invocations_to_roll_up, usage_hourly, usage_daily, usage_latencies, usage_of_keys, unknown_costs_daily, call_forms_daily, switch_savings',
  );

describe('calls are added up', () => {
  beforeEach(clean);
  const at = (time: string) => new Date(`2026-11-20T${time}Z`);
  const attempts = (...models: string[]): Invocation['attempts'] =>
    models.map((modelId) => ({ modelId, outcome: 'answered', errorKind: null, ms: 1 }));
  const A_MORNING: Partial<Invocation>[] = [
    {
      startedAt: at('09:00:00'),
      usage: { input: 1, output: 2, cacheRead: 3, cacheWrite: 4 },
      costUsd: '0.1',
    },
    {
      startedAt: at('09:59:59.999'),
      costUsd: '0.000000001',
      attempts: attempts(LITE, MICRO),
      firstTextMs: null,
    },
    { startedAt: at('09:30:00'), userId: 'berta', outcome: 'cancelled', estimated: true, costUsd: null },
    { startedAt: at('09:30:00'), modelId: LITE, outcome: 'failed', usage: null, costUsd: null, attempts: [] },
    { startedAt: at('10:00:00'), outcome: 'refused' },
    { startedAt: at('11:00:00'), outcome: 'guardrail_intervened', stopReason: 'guardrail_intervened' },
    { startedAt: at('23:59:59'), useCase: 'clinical' },
  ];
  const none = {
    ...{ answered: 0, refused: 0, intervened: 0, failed: 0, cancelled: 0, fallbacks: 0, estimated: 0 },
    ...{ cache_read: 0, cache_write: 0, unknown: 0, latency: 0, first_text: 0, first_texts: 0 },
  };

  it('by hour, model and use case; what is unknown is counted, and what fails costs nothing', async () => {
    await record(...A_MORNING);
    const usual = { ...none, input: 1000, output: 250, cost: '0.000092' };
    const answered = { answered: 1, latency: 812, first_text: 240, first_texts: 1 };
    const expected = [
      {
        hour: at('09:00:00'),
        model_id: LITE,
        use_case: 'platform',
        ...none,
        failed: 1,
        input: 0,
        output: 0,
        cost: '0',
      },
      {
        ...{
          hour: at('09:00:00'),
          model_id: MICRO,
          use_case: 'platform',
          ...none,
          answered: 2,
          cancelled: 1,
        },
        ...{ fallbacks: 1, estimated: 1, input: 2001, output: 502, cache_read: 3, cache_write: 4 },
        ...{ cost: '0.100000001', unknown: 1, latency: 1624, first_text: 240, first_texts: 1 },
      },
      { hour: at('10:00:00'), model_id: MICRO, use_case: 'platform', ...usual, refused: 1 },
      // A refusal, too: the release before adds up four outcomes.
      { hour: at('11:00:00'), model_id: MICRO, use_case: 'platform', ...usual, refused: 1, intervened: 1 },
      { hour: at('23:00:00'), model_id: MICRO, use_case: 'clinical', ...usual, ...answered },
    ];
    // The same before and after: what is not rolled up yet is read live.
    expect(await byHour()).toEqual(expected);
    await counting.usage.rollUp();
    expect(await waiting()).toBe(0);
    expect(await byHour()).toEqual(expected);
    expect(await byHour('usage_hourly')).toEqual(expected);
  });

  it('with what broke off before another model answered, by its own model', async () => {
    const broken = { input: 900, output: 7, cacheRead: 5, cacheWrite: 6, estimated: true, priceVersion: 1 };
    const failed = { outcome: 'failed' as const, errorKind: 'stream_broken', ms: 1 };
    await record({
      startedAt: at('09:00:00'),
      attempts: [
        { modelId: LITE, ...failed, billed: { ...broken, costUsd: '0.25' } },
        { modelId: LITE, ...failed, billed: { ...broken, costUsd: null } },
        { modelId: LITE, ...failed },
        { ...attempts(MICRO)[0]!, billed: { ...broken, costUsd: '9' } },
        { modelId: LITE, outcome: 'skipped', errorKind: 'breaker_open', ms: 0 },
      ],
    });
    const expected = [
      {
        ...{ hour: at('09:00:00'), model_id: LITE, use_case: 'platform', ...none, estimated: 2, unknown: 1 },
        ...{ input: 1_800, output: 14, cache_read: 10, cache_write: 12, cost: '0.25' },
      },
      expect.objectContaining({ model_id: MICRO, answered: 1, fallbacks: 1, input: 1_000, cost: '0.000092' }),
    ];
    expect(await byHour()).toEqual(expected);
    const live = await byUser();
    expect(live).toMatchObject([
      { user_id: 'anna', model_id: LITE, cost: '0.25' },
      { user_id: 'anna', model_id: MICRO, cost: '0.000092' },
    ]);
    await counting.usage.rollUp();
    expect(await byHour('usage_hourly')).toEqual(expected);
    expect(await byUser('usage_daily')).toEqual(live);
  });

  it('by user and day (UTC), model and use case', async () => {
    await record(...A_MORNING);
    const live = await byUser();
    expect(live.map(({ user_id, day, use_case, model_id }) => [user_id, day, model_id, use_case])).toEqual([
      ['anna', '2026-11-20', LITE, 'platform'],
      ['anna', '2026-11-20', MICRO, 'clinical'],
      ['anna', '2026-11-20', MICRO, 'platform'],
      ['berta', '2026-11-20', MICRO, 'platform'],
    ]);
    await counting.usage.rollUp();
    expect(await byUser('usage_daily')).toEqual(live);
  });

  it('by key and day (UTC), with what broke off; a user with its own token has no key', async () => {
    const billed = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, estimated: true, priceVersion: 1 };
    const broken = { outcome: 'failed' as const, errorKind: 'stream_broken', ms: 1 };
    const retried = [
      { modelId: LITE, ...broken, billed: { ...billed, costUsd: '0.25' } },
      ...attempts(MICRO),
    ];
    await record(
      { startedAt: at('23:59:59.999'), keyOwner: 'chat', costUsd: '1', attempts: retried },
      { startedAt: at('00:00:00'), keyOwner: 'chat', costUsd: null },
      { startedAt: new Date('2026-11-21T00:00:00Z'), keyOwner: 'chat', costUsd: '2' },
      { startedAt: at('12:00:00'), keyOwner: 'key:1', costUsd: '4' },
      { startedAt: at('12:00:00'), keyOwner: null, costUsd: '8' },
    );
    const byKey = () =>
      ask(`SELECT key_owner, day::text, trim_scale(cost_usd)::text AS cost, unknown_costs::int AS unknown
           FROM usage_of_keys ORDER BY 1, 2`);
    await counting.usage.rollUp();
    const expected = [
      { key_owner: 'chat', day: '2026-11-20', cost: '1.25', unknown: 1 },
      { key_owner: 'chat', day: '2026-11-21', cost: '2', unknown: 0 },
      { key_owner: 'key:1', day: '2026-11-20', cost: '4', unknown: 0 },
    ];
    expect(await byKey()).toEqual(expected);
    await record({ startedAt: at('12:00:00'), keyOwner: 'key:1', costUsd: '0.5' });
    await counting.usage.rollUp();
    expect(await byKey()).toEqual([...expected.slice(0, 2), { ...expected[2], cost: '4.5' }]);
  });

  it('by the price that is missing, each attempt for its own model', async () => {
    const tokens = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, estimated: false, priceVersion: 1 };
    const unknown = (modelId: string, costUnknown: CostUnknown) => ({
      ...{ modelId, outcome: 'failed' as const, errorKind: 'stream_broken', ms: 1 },
      billed: { ...tokens, costUsd: null, costUnknown },
    });
    const [long, tier] = ['no_price_for_long_context', 'no_price_for_service_tier'] as const;
    await record(
      { startedAt: at('00:00:00'), costUsd: null, attempts: [unknown(LITE, tier), unknown(MICRO, tier)] },
      { startedAt: at('23:59:59.999'), costUsd: null, attempts: [unknown(MICRO, long)] },
      { startedAt: at('12:00:00'), costUsd: null, attempts: [unknown(MICRO, tier)] },
      { startedAt: new Date('2026-11-21T00:00:00Z'), costUsd: null, attempts: [unknown(MICRO, tier)] },
      { startedAt: at('12:00:00') },
    );
    const unknownCosts = async (query = '') => {
      const days = 'from=2026-11-20&to=2026-11-20';
      return (await counting.system.get(`/v1/analytics/costs?${days}${query}`)).body.unknownCosts;
    };
    expect(await unknownCosts()).toEqual([]);
    await counting.usage.rollUp();
    await counting.usage.rollUp();
    const lite = { modelId: LITE, reason: tier, calls: 1 };
    expect(await unknownCosts()).toEqual([
      { modelId: MICRO, reason: tier, calls: 2 },
      lite,
      { modelId: MICRO, reason: long, calls: 1 },
    ]);
    expect(await unknownCosts(`&modelId=${encodeURIComponent(LITE)}`)).toEqual([lite]);
    expect(await unknownCosts('&useCase=clinical')).toEqual([]);
    expect(await unknownCosts('&userId=anna')).toEqual([]);
    await record({ startedAt: at('09:00:00'), costUsd: null, attempts: [unknown(LITE, tier)] });
    await counting.usage.rollUp();
    expect(await unknownCosts(`&modelId=${encodeURIComponent(LITE)}`)).toEqual([{ ...lite, calls: 2 }]);
  });

  it('into hours that were rolled up before, too: a call may come late', async () => {
    for (const _ of [1, 2, 3]) {
      await record({ startedAt: at('09:00:00') });
      await counting.usage.rollUp();
    }
    expect(await byHour('usage_hourly')).toMatchObject([{ answered: 3, cost: '0.000276' }]);
  });

  it('by a worker, without being asked', async () => {
    await record({ startedAt: at('09:00:00') });
    const worker = await createWorker(counting.system.environment.env);
    await eventually(async () => expect(await waiting()).toBe(0));
    await worker.close();
    expect(await byHour('usage_hourly')).toMatchObject([{ answered: 1 }]);
  });

  it('each once, whatever dies and however many workers are at it while calls come in', async () => {
    const other = await createApi(counting.system.environment.env);
    await other.init();
    const workers = [counting.usage, other.get(UsageService, { strict: false })];
    const calls = Array.from({ length: 300 }, (_, i) =>
      anInvocation({ userId: `user-${i % 7}`, startedAt: at(`0${i % 10}:00:00`) }),
    );
    // A roll-up that fails half way: one of its tables is not to be had.
    await record(...calls.slice(0, 50));
    await ask('ALTER TABLE usage_latencies RENAME TO usage_latencies_away');
    await expect(counting.usage.rollUp()).rejects.toThrow('usage_latencies');
    await ask('ALTER TABLE usage_latencies_away RENAME TO usage_latencies');
    expect(await byHour('usage_hourly')).toEqual([]);
    let recording = true;
    const recorded = Promise.all(calls.slice(50).map((call) => counting.invocations.record(call))).finally(
      () => {
        recording = false;
      },
    );
    while (recording) await Promise.all([...workers, ...workers].map((worker) => worker.rollUp()));
    await recorded;
    await counting.usage.rollUp();
    await other.close();
    const [total] = await ask(
      'SELECT sum(answered)::int AS calls, sum(input_tokens)::int AS tokens FROM usage_hourly',
    );
    expect(total).toEqual({ calls: 300, tokens: 300_000 });
    const [people] = await ask('SELECT sum(answered)::int AS calls FROM usage_daily');
    expect(people).toEqual({ calls: 300 });
    const [forms] = await ask('SELECT sum(calls)::int AS calls FROM call_forms_daily');
    expect(forms).toEqual({ calls: 300 });
  });
});

describe('conversations count what was said in them', () => {
  beforeEach(clean);
  const conversations = ['conv-0', 'conv-1', 'conv-2', 'conv-3', 'conv-4'];
  beforeEach(async () => {
    await ask('DELETE FROM ai_conversations');
    for (const id of conversations)
      await ask(`INSERT INTO ai_conversations (id, user_id, use_case) VALUES ($1, 'anna', 'platform')`, [id]);
  });
  const [conversationId] = conversations;
  const conversation = async (id = conversationId) =>
    (
      await ask(
        `SELECT exchange_count, input_tokens, output_tokens, last_exchange_at, version
         FROM ai_conversations WHERE id = $1`,
        [id],
      )
    )[0];

  it('with all their tokens and the time of the latest; their version stays', async () => {
    const usage = { input: 100, output: 50, cacheRead: 1000, cacheWrite: 10 };
    const latest = new Date('2026-11-01T10:00:00Z');
    await record(
      { conversationId, usage, startedAt: latest },
      { conversationId, startedAt: new Date('2026-11-01T09:00:00Z') },
    );
    await counting.usage.rollUp();
    expect(await conversation()).toEqual({
      exchange_count: 2,
      input_tokens: '2110',
      output_tokens: '300',
      last_exchange_at: latest,
      version: '1',
    });
  });

  it.each(['refused', 'guardrail_intervened', 'failed', 'cancelled'] as const)(
    'but not what was %s',
    async (outcome) => {
      await record({ conversationId, outcome });
      await counting.usage.rollUp();
      expect(await conversation()).toMatchObject({ exchange_count: 0, last_exchange_at: null });
    },
  );

  it('but not what an older api counted when it recorded it', async () => {
    await record({ conversationId });
    await ask('UPDATE invocations_to_roll_up SET in_conversations = DEFAULT');
    await counting.usage.rollUp();
    expect(await conversation()).toMatchObject({ exchange_count: 0 });
  });

  it('each call once, while they are switched and however many roll up', async () => {
    const calls = Array.from({ length: 400 }, (_, i) => ({ conversationId: conversations[i % 5]! }));
    const recording = record(...calls);
    const rollingUp = [1, 2, 3].map(() => counting.usage.rollUp());
    const switches = await Promise.all(
      conversations.map((id) =>
        counting.system.act({ action: 'switch', modelId: LITE, conversationId: id, userId: 'anna' }),
      ),
    );
    expect(switches.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await Promise.all([recording, ...rollingUp]);
    await counting.usage.rollUp();
    for (const id of conversations)
      expect(await conversation(id)).toMatchObject({ exchange_count: 80, version: '2' });
  });
});
