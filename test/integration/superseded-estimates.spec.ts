import { randomUUID } from 'node:crypto';
import type { QueryRunner } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChainAppendService } from '#libs/audit/hash-chain/chain-append.service.js';
import { CountSupersededEstimates1765391000000 as CountSupersededEstimates } from '#migrations/1765391000000-count-superseded-estimates.js';
import { insertSwitch, NOVA_LITE, SONNET, type SwitchRow } from '../support/switch-rows.js';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
let read: string;
beforeAll(async () => {
  system = await TestSystem.start();
  read = await system.key(['read']);
});
afterAll(() => system.close());

const ask = async (sql: string, values: unknown[] = []) =>
  (await system.environment.owner.query(sql, values)).rows;
const append = () => system.api.get(ChainAppendService, { strict: false }).appendWaiting();

/** Each test has its own month, user and conversation. */
let month = 0;
function aMonth() {
  month += 1;
  const [user, conversation, first] = [
    `user-${month}`,
    `conv-${month}`,
    `2025-${String(month).padStart(2, '0')}`,
  ];
  let seq = 0;
  return {
    user,
    /** To Nova Lite and back alternately, each for 12 exchanges. @returns the id of the switch */
    switchOn: (time: string, changes: Partial<SwitchRow> = {}) => {
      const there = seq % 2 === 0;
      seq += 1;
      const row: SwitchRow = {
        at: `'${first}-${time}Z'`,
        user,
        conversation,
        from: there ? SONNET : NOVA_LITE,
        to: there ? NOVA_LITE : SONNET,
        action: 'manual_switch',
        saves: there ? '12' : '-12',
        exchanges: 12,
        ...changes,
      };
      return insertSwitch(system.environment.app, row, seq);
    },
    /** Asks for the sum in every way; all of them must agree. */
    estimated: async () => {
      const sums = new Set<string>();
      for (const query of ['', `&userId=${user}`])
        for (const groupBy of ['model', 'useCase', 'day', 'hour', 'user']) {
          const range = `from=${first}-01&to=${first}-28&groupBy=${groupBy}${query}`;
          const { status, body } = await system.get(`/v1/analytics/switches?${range}`, { token: read });
          expect(status).toBe(200);
          const each = body.items.map(({ estimatedUsd }: { estimatedUsd: string }) => Number(estimatedUsd));
          sums.add(body.totals.estimatedUsd);
          sums.add(String(each.reduce((sum: number, usd: number) => sum + usd, 0)));
        }
      return [...sums].join(' or ');
    },
  };
}

const setCalls = (switchId: string, calls: number) =>
  system.environment.app.query(
    `INSERT INTO switch_savings VALUES ($1, $2, 0, 0) ON CONFLICT (switch_id) DO UPDATE SET calls = excluded.calls`,
    [switchId, calls],
  );

describe('of the estimate of a superseded switch of a conversation', () => {
  it('nothing counts where no exchange was made before it was reversed', async () => {
    const { switchOn, estimated } = aMonth();
    await switchOn('01T10:00:00');
    await append();
    expect(await estimated()).toBe('12');
    await switchOn('01T10:00:30');
    expect(await estimated()).toBe('-12');
    await append();
    expect(await estimated()).toBe('-12');
  });

  it('nothing counts of the first two of three in one batch', async () => {
    const { switchOn, estimated } = aMonth();
    for (const time of ['01T10:00:00', '01T10:59:59', '01T11:00:00']) await switchOn(time);
    expect(await estimated()).toBe('12');
    await append();
    expect(await estimated()).toBe('12');
  });

  it('the share of the exchanges counts that were made, also where they are added up later', async () => {
    const { switchOn, estimated } = aMonth();
    const first = await switchOn('01T10:00:00');
    await append();
    await setCalls(first, 6);
    expect(await estimated()).toBe('12');
    await switchOn('20T10:00:00');
    expect(await estimated()).toBe('-6');
    await append();
    expect(await estimated()).toBe('-6');
    await setCalls(first, 9);
    expect(await estimated()).toBe('-3');
    await setCalls(first, 12);
    expect(await estimated()).toBe('0');
    await setCalls(first, 13);
    expect(await estimated()).toBe('0');
  });

  it('the same counts where calls are first added up after it was superseded', async () => {
    const { switchOn, estimated } = aMonth();
    const first = await switchOn('01T10:00:00');
    await switchOn('02T10:00:00');
    await setCalls(first, 3);
    expect(await estimated()).toBe('-9');
    await append();
    expect(await estimated()).toBe('-9');
    const third = await switchOn('03T10:00:00');
    await switchOn('04T10:00:00');
    await append();
    await setCalls(third, 1);
    expect(await estimated()).toBe('-8');
  });

  it('the same counts where the later switch is appended first', async () => {
    const { switchOn, estimated } = aMonth();
    const first = await switchOn('01T10:00:00');
    await switchOn('01T10:00:30');
    const { rows } = await system.environment.owner.query(
      'DELETE FROM audit_unsealed WHERE subject_id = $1 RETURNING kind, subject_id',
      [first],
    );
    await append();
    expect(await estimated()).toBe('-12');
    await ask('INSERT INTO audit_unsealed (kind, subject_id) VALUES ($1, $2)', [
      rows[0].kind,
      rows[0].subject_id,
    ]);
    expect(await estimated()).toBe('-12');
    await append();
    expect(await estimated()).toBe('-12');
  });

  it('the same counts once the person is erased, under the pseudonym', async () => {
    const { user, switchOn } = aMonth();
    const first = await switchOn('01T10:00:00');
    await switchOn('01T10:00:30');
    await append();
    const id = randomUUID();
    const pseudonym = `erased:${id}`;
    await ask(
      `INSERT INTO erasures (id, pseudonym, person, requested_by, requested_at) VALUES ($1, $2, $3, 'ops', now())`,
      [id, pseudonym, user],
    );
    await ask(`SELECT erase_personal_data('switches_daily', $1, $2, 1000)`, [user, pseudonym]);
    await ask('SELECT erase_switches($1, $2, 1000)', [user, pseudonym]);
    await setCalls(first, 4);
    const counted = await ask(
      `SELECT user_id, sum(estimated_usd - superseded_usd)::float AS usd FROM switches_by_user
       WHERE user_id IN ($1, $2) GROUP BY 1`,
      [user, pseudonym],
    );
    expect(counted).toEqual([{ user_id: pseudonym, usd: -8 }]);
    const [ofHour] = await ask(
      `SELECT sum(estimated_usd - superseded_usd)::float AS usd FROM switches_by_hour
       WHERE hour = (SELECT date_trunc('hour', occurred_at, 'UTC') FROM switch_events WHERE id = $1)`,
      [first],
    );
    expect(ofHour).toEqual({ usd: -8 });
  });

  it('all counts where it does not say for how many exchanges it is', async () => {
    const { switchOn, estimated } = aMonth();
    for (const time of ['01T10:00:00', '01T10:00:30', '01T10:00:40'])
      await switchOn(time, { exchanges: undefined });
    await append();
    expect(await estimated()).toBe('12');
  });
});

it('the migration adds up what switches before it have superseded', async () => {
  const { switchOn } = aMonth();
  await switchOn('01T10:00:00');
  await switchOn('01T10:00:30');
  await switchOn('01T10:00:00', { conversation: null, saves: '30' });
  await switchOn('01T16:00:00', { conversation: null, saves: '-30' });
  await append();
  await switchOn('02T16:00:00', { conversation: null, saves: '30' });
  const sums = () =>
    ask(
      `SELECT hour AS at, NULL AS who, sum(superseded_usd) FROM switches_hourly GROUP BY 1, 2 HAVING sum(superseded_usd) <> 0
       UNION ALL SELECT day, user_id, sum(superseded_usd) FROM switches_daily GROUP BY 1, 2 HAVING sum(superseded_usd) <> 0
       ORDER BY 1, 2`,
    );
  const before = await sums();
  expect(before.length).toBeGreaterThan(10);
  const migration = new CountSupersededEstimates();
  const owner = system.environment.owner as unknown as QueryRunner;
  await owner.query('BEGIN');
  await migration.down(owner);
  await migration.up(owner);
  expect(await sums()).toEqual(before);
  await owner.query('COMMIT');
});
