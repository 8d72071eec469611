import { beforeEach, describe, expect, it } from 'vitest';
import { asAdmin } from '../support/empty-database.js';
import { eventually } from '../support/eventually.js';
import { HAIKU, NOVA_LITE, NOVA_MICRO } from '../support/switch-rows.js';
import { userToken } from '../support/test-system.js';
import { useUsageSystem } from '../support/usage-system.js';

const counting = useUsageSystem();
const { ask, record } = counting;

const NATIVE = { wire: 'bedrock', bodyFamily: 'claude' } as const;
const CONVERSE = { wire: 'bedrock', bodyFamily: 'converse' } as const;
/** Backends that wait for a table. */
const WAITING = `FROM pg_locks WHERE relation = 'call_forms_daily'::regclass AND NOT granted`;
const kill = () =>
  asAdmin(counting.system.environment.env.REDIS_PREFIX, `SELECT pg_terminate_backend(pid) ${WAITING}`);
const at = (time: string) => ({ startedAt: new Date(`2026-11-20T${time}Z`) });

beforeEach(() =>
  ask('TRUNCATE model_invocations, invocations_to_roll_up, usage_hourly, usage_daily, call_forms_daily'),
);

describe('calls are rolled up by wire, family of the body and forms', () => {
  const rows = (relation: string) =>
    ask(
      `SELECT day::text, use_case, wire, body_family, forms, sum(calls)::int AS calls FROM ${relation}
       GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
    );

  it('of one day (UTC), whatever the order of the forms, and read before, too', async () => {
    await record(
      { ...CONVERSE, ...at('00:00:00'), forms: ['tools', 'image'] },
      { ...CONVERSE, ...at('23:59:59'), forms: ['image', 'tools', 'image'] },
      { ...CONVERSE, startedAt: new Date('2026-11-21T00:00:00Z'), forms: [] },
      { ...NATIVE, ...at('09:00:00'), forms: ['tools'], useCase: 'clinical' },
      { ...at('09:00:00'), outcome: 'failed' },
    );
    const of = (day: number, useCase: string, family: string, ...forms: string[]) => ({
      day: `2026-11-${day}`,
      use_case: useCase,
      wire: family === '' ? 'chat' : 'bedrock',
      body_family: family,
      forms,
      calls: 1,
    });
    const expected = [
      of(20, 'clinical', 'claude', 'tools'),
      { ...of(20, 'platform', 'converse', 'image', 'tools'), calls: 2 },
      of(20, 'platform', ''),
      of(21, 'platform', 'converse'),
    ];
    expect(await rows('call_forms_by_day')).toEqual(expected);
    await counting.usage.rollUp();
    await counting.usage.rollUp();
    expect(await rows('call_forms_daily')).toEqual(expected);
    await record({ ...NATIVE, ...at('10:00:00'), forms: ['tools'], useCase: 'clinical' });
    const [first, ...others] = expected;
    expect(await rows('call_forms_by_day')).toEqual([{ ...first, calls: 2 }, ...others]);
    await counting.usage.rollUp();
    expect(await rows('call_forms_daily')).toEqual([{ ...first, calls: 2 }, ...others]);
  });

  it('but not those of a release that recorded no wire', async () => {
    await record(CONVERSE);
    await ask('UPDATE model_invocations SET wire = NULL, body_family = NULL, forms = NULL');
    expect(await rows('call_forms_by_day')).toEqual([]);
    await counting.usage.rollUp();
    expect(await rows('call_forms_daily')).toEqual([]);
  });

  it('each once, where the roll-up is killed before its commit', async () => {
    await record(CONVERSE, CONVERSE, NATIVE);
    await ask('BEGIN');
    await ask('LOCK TABLE call_forms_daily IN SHARE MODE');
    const [killed] = await Promise.all([
      counting.usage.rollUp().catch((error: Error) => error),
      eventually(async () => expect(await ask(`SELECT pid ${WAITING}`)).toHaveLength(1)).then(kill),
    ]);
    expect(killed).toBeInstanceOf(Error);
    await ask('COMMIT');
    expect(await rows('call_forms_daily')).toEqual([]);
    await counting.usage.rollUp();
    expect(await rows('call_forms_daily')).toMatchObject([
      { body_family: 'claude', calls: 1 },
      { body_family: 'converse', calls: 2 },
    ]);
  });
});

describe('calls by wire, family of the body and form', () => {
  const forms = async (query = '') =>
    (await counting.system.get(`/v1/analytics/forms?from=2026-11-20&to=2026-11-21${query}`)).body;

  it('are counted for the days and the use case, each for all of its forms', async () => {
    await record(
      { ...CONVERSE, ...at('09:00:00'), forms: ['tools', 'image'] },
      { ...CONVERSE, ...at('10:00:00'), forms: ['tools'] },
      { ...CONVERSE, startedAt: new Date('2026-11-19T23:59:59Z'), forms: ['tools'] },
      { ...NATIVE, ...at('09:00:00'), useCase: 'clinical' },
    );
    await counting.usage.rollUp();
    await record(at('11:00:00'), { startedAt: new Date('2026-11-22T00:00:00Z') });
    const claude = { wire: 'bedrock', bodyFamily: 'claude', calls: 1, forms: [] };
    const others = [
      {
        ...{ wire: 'bedrock', bodyFamily: 'converse', calls: 2 },
        forms: [
          { form: 'tools', calls: 2 },
          { form: 'image', calls: 1 },
        ],
      },
      { wire: 'chat', bodyFamily: null, calls: 1, forms: [] },
    ];
    const rest = { from: '2026-11-20', to: '2026-11-21', nextCursor: null, complete: true };
    expect(await forms()).toEqual({ ...rest, items: [others[0], claude, others[1]] });
    expect(await forms('&useCase=platform')).toEqual({ ...rest, items: others });
    expect(await forms('&useCase=clinical')).toEqual({ ...rest, items: [claude] });
    expect(await forms('&useCase=health')).toEqual({ ...rest, items: [] });
  });

  it('are read for 92 days at most', async () => {
    const { status, body } = await counting.system.get('/v1/analytics/forms?from=2026-08-01&to=2026-11-01');
    expect([status, body.errors]).toEqual([
      400,
      [{ field: 'from', message: expect.stringContaining('92 days') }],
    ]);
  });
});

describe('the preview of a switch', () => {
  const CLINICAL = { useCase: 'clinical' };
  const preview = async (request: object, token?: string) =>
    (
      await counting.system.act(
        { action: 'switch', ...CLINICAL, dryRun: true, ...request },
        ...(token ? [{ token }] : []),
      )
    ).body.data;
  const daysAgo = (days: number) => ({ startedAt: new Date(Date.now() - days * 86_400_000) });

  it('warns of native bodies of Claude where the new model is of Nova, rolled up or not', async () => {
    await record({ ...NATIVE, ...CLINICAL }, { ...NATIVE, ...CLINICAL, ...daysAgo(29) });
    await counting.usage.rollUp();
    await record(
      { ...NATIVE, ...CLINICAL },
      { ...NATIVE, ...CLINICAL, ...daysAgo(31) },
      { ...NATIVE, useCase: 'health' },
      { ...CONVERSE, ...CLINICAL },
    );
    const { switched, warnings } = await preview({ modelId: NOVA_LITE });
    expect(switched).toBe(true);
    expect(warnings).toEqual([
      {
        kind: 'body_family',
        useCase: 'clinical',
        wire: 'bedrock',
        bodyFamily: 'claude',
        calls: 3,
        text: expect.stringMatching(
          /^3 calls of clinical .* Amazon Nova Lite does not take: .* 400 body_family_not_taken/,
        ),
      },
    ]);
    expect(await preview({ modelId: HAIKU })).not.toHaveProperty('warnings');
  });

  it('counts only calls that follow the use case, and all that a release before recorded', async () => {
    const fixed = { ...NATIVE, ...CLINICAL, follows: false };
    await record(fixed, { ...NATIVE, ...CLINICAL }, { ...NATIVE, ...CLINICAL });
    await ask(
      'UPDATE model_invocations SET follows = NULL WHERE follows AND id IN (SELECT min(id::text)::uuid FROM model_invocations WHERE follows)',
    );
    const counted = async () =>
      (await preview({ modelId: NOVA_LITE })).warnings.map(({ calls }: { calls: number }) => calls);
    expect(await counted()).toEqual([2]);
    await counting.usage.rollUp();
    expect(await counted()).toEqual([2]);
    expect(await ask('SELECT calls::int, fixed_calls::int FROM call_forms_daily')).toEqual([
      { calls: 3, fixed_calls: 1 },
    ]);
    // As the worker of the release before adds a call.
    await ask('UPDATE call_forms_daily SET calls = calls + 1');
    expect(await counted()).toEqual([3]);
    await ask('UPDATE call_forms_daily SET fixed_calls = calls');
    expect(await preview({ modelId: NOVA_LITE })).not.toHaveProperty('warnings');
  });

  it('warns of forms that the new model is known to refuse, also for a conversation', async () => {
    await ask(
      `UPDATE bedrock_models SET capabilities = capabilities || '{"tools": {"supported": false, "source": "s", "readOn": "2026-11-28"}}'
       WHERE model_id = $1`,
      [NOVA_LITE],
    );
    await counting.system.act({ action: 'clear-cache' });
    await record(
      { ...CONVERSE, ...CLINICAL, forms: ['tools', 'signedReasoning'] },
      { ...CONVERSE, ...CLINICAL, forms: ['tools', 'temperature'] },
    );
    const lacks = { kind: 'lacks', form: 'tools', calls: 2, wire: 'bedrock', bodyFamily: 'converse' };
    const expected = [lacks, { ...lacks, kind: 'adapted', form: 'signedReasoning', calls: 1 }];
    expect((await preview({ modelId: NOVA_LITE })).warnings).toMatchObject(expected);
    const conversation = { useCase: undefined, conversationId: 'conv-123', modelId: NOVA_MICRO };
    expect((await preview(conversation)).warnings).toMatchObject([{ form: 'signedReasoning' }]);
  });

  it('says nothing to users, after a switch, of a model that answers already, and of no calls', async () => {
    await record({ ...NATIVE, ...CLINICAL, bodyFamily: 'nova' });
    const own = { useCase: undefined, conversationId: 'conv-123', modelId: HAIKU };
    expect((await preview(own)).warnings).toHaveLength(1);
    const seen = await preview(own, await userToken('user-456'));
    expect(seen).toMatchObject({ switched: true, dryRun: true });
    expect(seen).not.toHaveProperty('warnings');
    expect(await preview({ modelId: HAIKU, dryRun: false })).not.toHaveProperty('warnings');
    expect(await preview({ modelId: HAIKU })).not.toHaveProperty('warnings');
    expect(await preview({ modelId: NOVA_MICRO, useCase: 'operations' })).not.toHaveProperty('warnings');
  });
});

describe('a settings file with another active model', () => {
  const send = async (path: string, activeModelId: string) => {
    const yaml = `version: 1\nuseCases:\n  - name: clinical\n    activeModelId: ${activeModelId}\n`;
    const headers = { 'content-type': 'application/yaml' };
    return (await counting.system.call('POST', `/v1/config/${path}`, yaml, { headers })).body;
  };

  it('warns of the calls that this model does not take, where it would switch to it', async () => {
    const useCase = 'clinical';
    await record({ ...NATIVE, useCase }, { ...NATIVE, useCase, follows: false });
    const warning = { kind: 'body_family', useCase, bodyFamily: 'claude', calls: 1 };
    expect((await send('diff', NOVA_LITE)).warnings).toMatchObject([warning]);
    const preview = await send('apply?dryRun=true&switchModels=true', NOVA_LITE);
    expect(preview.switches).toHaveLength(1);
    expect(preview.warnings).toMatchObject([warning]);
    expect(await send('apply?dryRun=true', NOVA_LITE)).toMatchObject({ switches: [], warnings: [] });
    expect((await send('diff', HAIKU)).warnings).toEqual([]);
  });
});
