import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOCUMENT_STATEMENTS } from '../support/document-statements.js';
import { KNOWN_SWITCHES, MIDNIGHT } from '../support/switch-dataset.js';
import { HAIKU, insertSwitch, NOVA_LITE, NOVA_MICRO, SONNET } from '../support/switch-rows.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

let environment: TestEnvironment;
let now: Date;
let midnight: Date;

/** One transaction for all: its now() stands still, so that every figure is exact at any time of the day. */
beforeAll(async () => {
  environment = await createTestEnvironment();
  await environment.app.query('BEGIN');
  const { rows } = await environment.app.query(`SELECT now() AS now, ${MIDNIGHT} AS midnight`);
  ({ now, midnight } = rows[0]);
  for (const [index, row] of KNOWN_SWITCHES.entries())
    await insertSwitch(environment.app, row, KNOWN_SWITCHES.length - index);
});
afterAll(async () => {
  await environment.app.query('ROLLBACK');
  await environment.close();
});

const ask = async (statement: string) => (await environment.app.query(statement)).rows;
const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();

it('runs as the role that may not own, create or change anything', async () => {
  expect(await ask('SELECT current_user')).toEqual([{ current_user: 'orchestrator_app' }]);
});

describe('the statements of the source document answer on known switches', () => {
  it('counts the switches of today by model and type, most first', async () => {
    const rows = await ask(DOCUMENT_STATEMENTS.switchesToday);
    expect(rows[0]).toEqual({ new_model_id: NOVA_LITE, switches: '2', switch_type: 'manual' });
    expect(sorted(rows.slice(1))).toEqual(
      sorted([
        { new_model_id: NOVA_LITE, switches: '1', switch_type: 'auto' },
        { new_model_id: SONNET, switches: '1', switch_type: 'auto' },
        { new_model_id: HAIKU, switches: '1', switch_type: 'manual' },
      ]),
    );
  });

  it('shows the 20 newest switches, newest first', async () => {
    const rows = await ask(DOCUMENT_STATEMENTS.recentSwitches);
    const expected = KNOWN_SWITCHES.slice(0, 20).map(({ user, to, action, reason }) => ({
      user_id: user,
      new_model_id: to,
      switch_type: action === 'manual_switch' ? 'manual' : 'auto',
      reason: reason ?? null,
      timestamp: expect.any(Date),
    }));
    expect(rows).toEqual(expected);
    expect(rows[0].timestamp).toEqual(now);
    expect(rows[4].timestamp).toEqual(midnight);
  });

  it('counts the switches of the last 7 days by model, most first', async () => {
    const rows = await ask(DOCUMENT_STATEMENTS.switchesByModel);
    expect(rows).toEqual([
      { new_model_id: NOVA_LITE, total_switches: '4', auto_switches: '1', manual_switches: '3' },
      { new_model_id: HAIKU, total_switches: '2', auto_switches: '0', manual_switches: '2' },
      { new_model_id: SONNET, total_switches: '1', auto_switches: '1', manual_switches: '0' },
    ]);
  });

  it('adds up what the switches of the last 30 days save, in whole and positive when cheaper', async () => {
    const rows = await ask(DOCUMENT_STATEMENTS.costImpact);
    const savings = (user: string, [from, to]: [string, string], switches: number, total: string) => ({
      user_id: user,
      previous_model_id: from,
      new_model_id: to,
      switches: `${switches}`,
      total_estimated_savings: total,
    });
    const zeroOf = rows.filter(({ total_estimated_savings: total }) => Number(total) === 0);
    expect(sorted(zeroOf)).toEqual(
      sorted([savings('cleo', [SONNET, NOVA_LITE], 1, '0'), savings('ben', [NOVA_LITE, HAIKU], 1, '0')]),
    );
    expect(rows.filter((row) => !zeroOf.includes(row))).toEqual([
      savings('service:cli', [SONNET, HAIKU], 1, '4000000.500000'),
      savings('anna', [SONNET, NOVA_LITE], 3, '3.250001'),
      savings('ben', [SONNET, NOVA_LITE], 1, '0.500000'),
      savings('anna', [NOVA_LITE, NOVA_MICRO], 1, '0.100000'),
      savings('anna', [NOVA_LITE, SONNET], 1, '-0.250000'),
    ]);
    expect(rows.at(-1)).toEqual(savings('anna', [NOVA_LITE, SONNET], 1, '-0.250000'));
  });

  it('shows what each user chose in 30 days, how often, and how much of it automatically', async () => {
    const rows = await ask(DOCUMENT_STATEMENTS.userPreferences);
    expect(rows[0]).toEqual({
      user_id: 'anna',
      preferred_model_id: NOVA_LITE,
      selection_count: '3',
      auto_adoption_percentage: '33.33',
      last_selected_at: now,
    });
    const others = rows.slice(1).map(({ last_selected_at: _, ...row }) => row);
    const once = (user: string, model: string, percentage: string) => ({
      user_id: user,
      preferred_model_id: model,
      selection_count: '1',
      auto_adoption_percentage: percentage,
    });
    expect(sorted(others)).toEqual(
      sorted([
        once('anna', SONNET, '100.00'),
        once('anna', NOVA_MICRO, '100.00'),
        once('ben', NOVA_LITE, '100.00'),
        once('ben', HAIKU, '0.00'),
        once('cleo', NOVA_LITE, '0.00'),
      ]),
    );
  });

  it('ranks models by how many users adopted them', async () => {
    const rows = await ask(DOCUMENT_STATEMENTS.topAdoptedModels);
    const figures = rows.map(({ preferred_model_id: model, users, avg_auto_adoption: average }) => ({
      model,
      users,
      average: Number(average),
    }));
    expect(figures[0]).toEqual({
      model: NOVA_LITE,
      users: '3',
      average: expect.closeTo((33.33 + 100 + 0) / 3),
    });
    expect(sorted(figures.slice(1))).toEqual(
      sorted([
        { model: SONNET, users: '1', average: 100 },
        { model: NOVA_MICRO, users: '1', average: 100 },
        { model: HAIKU, users: '1', average: 0 },
      ]),
    );
  });

  it('shows the models that may be used, and only those', async () => {
    const before = await ask(DOCUMENT_STATEMENTS.availableModels);
    await ask(`UPDATE bedrock_models SET is_available = false WHERE model_id = '${NOVA_MICRO}'`);
    const after = await ask(DOCUMENT_STATEMENTS.availableModels);
    expect(before.map(({ model_id: id }) => id)).toContain(NOVA_MICRO);
    expect(after.map(({ model_id: id }) => id)).not.toContain(NOVA_MICRO);
    expect([before.length, after.length]).toEqual([8, 7]);
  });
});

describe('the views', () => {
  it('counts the switches of every hour by model, type and action', async () => {
    const rows = await ask(
      `SELECT new_model_id, switch_type, switch_action, sum(total_switches)::int AS total,
         sum(auto_switches)::int AS auto, sum(manual_switches)::int AS manual
       FROM bedrock_model_switch_analytics WHERE new_model_id IN ('${NOVA_LITE}', '${NOVA_MICRO}') GROUP BY 1, 2, 3`,
    );
    const figures = (model: string, action: string, auto: number, manual: number) => ({
      new_model_id: model,
      switch_type: manual > 0 ? 'manual' : 'auto',
      switch_action: action,
      total: auto + manual,
      auto,
      manual,
    });
    expect(sorted(rows)).toEqual(
      sorted([
        figures(NOVA_LITE, 'manual_switch', 0, 3),
        figures(NOVA_LITE, 'auto_switch', 2, 0),
        figures(NOVA_LITE, 'fallback_switch', 1, 0),
        figures(NOVA_MICRO, 'auto_switch', 16, 0),
      ]),
    );
  });

  it('groups what happened within the same hour and keeps apart what did not', async () => {
    const at = (time: string) => `timestamptz '2020-05-01 ${time}Z'`;
    const row = {
      user: 'emil',
      conversation: 'e-1',
      from: SONNET,
      to: HAIKU,
      action: 'auto_switch',
    } as const;
    const hours: [string, string?][] = [
      ['10:00:00', 'busy'],
      ['10:30:00'],
      ['10:59:59.999999', 'busy'],
      ['11:00:00', 'slow'],
    ];
    for (const [index, [time, reason]] of hours.entries())
      await insertSwitch(environment.app, { ...row, at: at(time), reason }, index + 1);
    const rows = await ask(
      `SELECT hour, total_switches, reasons FROM bedrock_model_switch_analytics WHERE hour < '2020-06-01' ORDER BY hour`,
    );
    expect(rows).toEqual([
      { hour: new Date('2020-05-01T10:00:00Z'), total_switches: '3', reasons: ['busy'] },
      { hour: new Date('2020-05-01T11:00:00Z'), total_switches: '1', reasons: ['slow'] },
    ]);
  });
});

it('takes the day in the time zone of the session as today, as psql in another time zone does', async () => {
  await ask("SET LOCAL timezone TO 'Pacific/Kiritimati'");
  const { rows } = await environment.app.query(DOCUMENT_STATEMENTS.switchesToday);
  const [{ count }] = await ask(
    `SELECT count(*) FROM bedrock_model_switches
     WHERE timestamp >= date_trunc('day', now()) AND timestamp < date_trunc('day', now()) + interval '1 day'`,
  );
  await ask('SET LOCAL timezone TO UTC');
  expect(rows.reduce((sum, { switches }) => sum + Number(switches), 0)).toBe(Number(count));
});
