import { beforeEach, describe, expect, it } from 'vitest';
import { asAdmin } from '../support/empty-database.js';
import { eventually } from '../support/eventually.js';
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
