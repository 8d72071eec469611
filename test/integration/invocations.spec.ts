import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Invocation } from '#libs/costs/invocation.js';
import { InvocationsService } from '#libs/costs/invocations.service.js';
import { RollUpRepository } from '#libs/costs/roll-up.repository.js';
import { databaseOptions } from '#libs/platform/database/database-options.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { anInvocation } from '../support/invocation-fixture.js';
import { TestSystem } from '../support/test-system.js';
import { recordDurably } from '../support/usage-system.js';

let system: TestSystem;
let invocations: InvocationsService;
beforeAll(async () => {
  system = await TestSystem.start();
  invocations = system.api.get(InvocationsService, { strict: false });
});
afterAll(() => system.close());

const ask = async (sql: string, values: unknown[] = []) =>
  (await system.environment.owner.query(sql, values)).rows;
const stored = async (id: string) => ask('SELECT * FROM model_invocations WHERE id = $1', [id]);

describe('a call that is recorded', () => {
  it('is in PostgreSQL, in the partition of its month, when the promise resolves', async () => {
    const call = anInvocation({
      onBehalfOf: 'anna',
      keyOwner: 'chat',
      attempts: [
        { modelId: 'eu.amazon.nova-lite-v1:0', outcome: 'failed', errorKind: 'throttled', ms: 12 },
        { modelId: 'eu.amazon.nova-micro-v1:0', outcome: 'answered', errorKind: null, ms: 700 },
      ],
      latencyMs: 812.4,
      firstTextMs: 240.6,
      ...{ wire: 'bedrock', bodyFamily: 'converse', forms: ['tools', 'image'], follows: true },
    });
    await recordDurably(invocations, call);
    expect(await stored(call.id)).toEqual([
      {
        id: call.id,
        started_at: call.startedAt,
        request_id: 'request-1',
        conversation_id: null,
        use_case: 'platform',
        user_id: 'anna',
        actor: 'user:anna',
        on_behalf_of: 'anna',
        key_owner: 'chat',
        model_id: 'eu.amazon.nova-micro-v1:0',
        outcome: 'answered',
        error_kind: null,
        stop_reason: 'end_turn',
        input_tokens: 1000,
        output_tokens: 250,
        cache_read_tokens: 0,
        cache_write_tokens: 0,
        cache_write_1h_tokens: 0,
        service_tier: null,
        estimated: false,
        cost_usd: '0.000092000000000',
        cost_unknown: null,
        price_version: '1',
        attempts: call.attempts,
        latency_ms: 812,
        first_text_ms: 241,
        streamed: true,
        ...{ wire: 'bedrock', body_family: 'converse', forms: ['tools', 'image'], follows: true },
        ...{ control: 'direct', model_role: 'active' },
      },
    ]);
    const [{ partition }] = await ask(
      'SELECT tableoid::regclass::text AS partition FROM model_invocations WHERE id = $1',
      [call.id],
    );
    expect(partition).toBe(`model_invocations_${call.startedAt.toISOString().slice(0, 7).replace('-', '_')}`);
  });

  it('has what its price depends on, and why its cost is unknown', async () => {
    const billed = { input: 1, output: 2, cacheRead: 3, cacheWrite: 4, cacheWrite1h: 3, serviceTier: 'flex' };
    const unknown = { costUsd: null, costUnknown: 'no_price_for_service_tier' } as const;
    const [attempt] = anInvocation().attempts;
    const attempts = [{ ...attempt!, billed: { ...billed, ...unknown, estimated: false, priceVersion: 1 } }];
    const call = anInvocation({ usage: billed, ...unknown, attempts });
    await invocations.record(call);
    expect(await stored(call.id)).toMatchObject([
      {
        ...{ cache_write_tokens: 4, cache_write_1h_tokens: 3, service_tier: 'flex', attempts },
        ...{ cost_usd: null, cost_unknown: 'no_price_for_service_tier' },
      },
    ]);
    const figures = await ask('SELECT cost_usd, unknown_costs FROM billed_figures WHERE id = $1', [call.id]);
    expect(figures).toEqual([{ cost_usd: '0', unknown_costs: 1 }]);
  });

  it('with a cost has no reason against it', async () => {
    const call = anInvocation({ costUnknown: 'no_price' });
    await expect(invocations.record(call)).rejects.toThrow('cannot be recorded');
  });

  it('keeps what is unknown unknown', async () => {
    const call = anInvocation({
      usage: null,
      costUsd: null,
      priceVersion: null,
      outcome: 'failed',
      firstTextMs: null,
    });
    await invocations.record(call);
    expect(await stored(call.id)).toMatchObject([
      { input_tokens: null, cache_write_1h_tokens: null, cost_usd: null, first_text_ms: null },
    ]);
  });

  it('is one row, and rolled up once, however often it is given, also at the same time', async () => {
    const call = anInvocation();
    await Promise.all(Array.from({ length: 20 }, () => invocations.record(call)));
    await recordDurably(invocations, call);
    expect(await stored(call.id)).toHaveLength(1);
    const queued = await ask(
      'SELECT FROM invocations_to_roll_up, unnest(invocation_ids) AS queued WHERE queued = $1',
      [call.id],
    );
    expect(queued).toHaveLength(1);
  });
});

describe('many concurrent calls', () => {
  it('are written in few statements', async () => {
    const calls = Array.from({ length: 400 }, () => anInvocation());
    const [{ before }] = await ask('SELECT coalesce(max(id), 0)::int AS before FROM invocations_to_roll_up');
    const recorded = await Promise.all(calls.map((call) => invocations.record(call)));
    expect(new Set(recorded)).toEqual(new Set(['durable']));
    const [{ batches }] = await ask(
      'SELECT count(*)::int AS batches FROM invocations_to_roll_up WHERE id > $1',
      [before],
    );
    expect(batches).toBeLessThanOrEqual(10);
  });

  it('are all written but the one that PostgreSQL refuses', async () => {
    const good = Array.from({ length: 30 }, () => anInvocation());
    const bad = anInvocation({ outcome: 'lost' as Invocation['outcome'] });
    const unreadable = anInvocation({ requestId: 'half a character: \u0000' });
    const [one, other, ...rest] = await Promise.allSettled(
      [bad, unreadable, ...good].map((call) => invocations.record(call)),
    );
    expect(one).toMatchObject({
      status: 'rejected',
      reason: { message: `call ${bad.id} cannot be recorded` },
    });
    expect(other).toMatchObject({ status: 'rejected' });
    expect(rest.every((result) => result.status === 'fulfilled' && result.value === 'durable')).toBe(true);
    const [{ count }] = await ask('SELECT count(*)::int FROM model_invocations WHERE id = ANY($1)', [
      good.map(({ id }) => id),
    ]);
    expect(count).toBe(30);
  });
});

describe('an api that is closed', () => {
  it('writes first what PostgreSQL has not taken yet', async () => {
    const api = await createApi(system.environment.env);
    await api.init();
    const call = anInvocation();
    await ask('BEGIN');
    await ask('LOCK TABLE model_invocations IN ACCESS EXCLUSIVE MODE');
    const recorded = api.get(InvocationsService, { strict: false }).record(call);
    const closing = api.close();
    expect(await recorded).toBe('journalled');
    await ask('COMMIT');
    await closing;
    expect(await stored(call.id)).toHaveLength(1);
  });
});

describe('partitions', () => {
  it('catch calls of any month, and one that is made late takes its calls over', async () => {
    const startedAt = new Date();
    startedAt.setUTCMonth(startedAt.getUTCMonth() + 5, 3);
    const call = anInvocation({ startedAt });
    await invocations.record(call);
    const where = async () =>
      (
        await ask('SELECT tableoid::regclass::text AS name FROM model_invocations WHERE id = $1', [call.id])
      )[0];
    expect(await where()).toEqual({ name: 'model_invocations_default' });
    const make = () => system.environment.app.query('SELECT make_invocation_partition(5) AS made');
    expect((await make()).rows).toEqual([{ made: true }]);
    expect((await make()).rows).toEqual([{ made: false }]);
    expect((await where()).name).toMatch(/^model_invocations_20/);
    await recordDurably(invocations, call);
    expect(await stored(call.id)).toHaveLength(1);
  });

  it('are made by the worker although moving the calls takes longer than a statement may', async () => {
    const { env, owner } = system.environment;
    const startedAt = new Date();
    startedAt.setUTCMonth(startedAt.getUTCMonth() + 6, 3);
    const call = anInvocation({ startedAt });
    await invocations.record(call);
    await owner.query(`CREATE FUNCTION many_calls() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(2.5); RETURN NULL; END';
      CREATE TRIGGER slow AFTER DELETE ON model_invocations_default FOR EACH STATEMENT EXECUTE FUNCTION many_calls()`);
    const limited = await new DataSource(
      databaseOptions({ ...env, TIMEOUT_MULTIPLIER: 1 }, env.DATABASE_URL, []),
    ).initialize();
    await new RollUpRepository(limited).makePartition(6);
    await limited.destroy();
    await owner.query('DROP TRIGGER slow ON model_invocations_default');
    const table = 'SELECT tableoid::regclass::text AS name FROM model_invocations WHERE id = $1';
    expect((await ask(table, [call.id]))[0].name).toMatch(/^model_invocations_20/);
  });
});
