import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FakeApiServer, status, success } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const SWITCH = {
  ...{ id: 's-1', conversationId: 'conv-1', useCase: 'health', actor: 'service:ci', action: 'manual_switch' },
  ...{ previousModelId: 'a', newModelId: 'b', reason: '=1+1, "quoted"', costImpact: '-0.5' },
  ...{ status: 'recorded', timestamp: '2026-07-15T09:30:12.500Z' },
};
const list = { items: [SWITCH, { ...SWITCH, id: 's-2' }], nextCursor: null };

async function shown(args: string[], body: object = list, terminal = {}) {
  service.reply(status(200, body));
  const { exitCode, out, err } = await service.run(args, terminal);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  return out;
}

describe('lists', () => {
  it('as JSON and as YAML are the answer of the service', async () => {
    expect(JSON.parse(await shown(['switches', '-o', 'json']))).toEqual(list);
    expect(await shown(['switches', '--json'])).toBe(await shown(['-o', 'json', 'switches', 'list']));
    expect(parse(await shown(['switches', '-o', 'yaml']))).toEqual(list);
  });

  it('as CSV have every column, exact times, and no formulas', async () => {
    const [head, row] = (await shown(['switches', '-o', 'csv'], list, { columns: 40 })).split('\n');
    expect(head).toBe('WHEN (UTC),SCOPE,ACTION,FROM → TO,SAVES USD,BY,REASON,ID');
    expect(row).toBe(`2026-07-15T09:30:12.500Z,conv-1,manual,a → b,-0.5,service:ci,"'=1+1, ""quoted""",s-1`);
    expect(await shown(['switches', '-o', 'csv', '--no-headers'])).toMatch(/^2026-07-15T09:30/);
    expect(await shown(['switches', '-o', 'csv', '--local'])).toMatch(/^WHEN \(UTC\),/);
  });

  it('have no heads with --no-headers, and only ids with --quiet', async () => {
    expect(await shown(['switches', '--no-headers'])).toMatch(/^2026-07-15 09:30 +conv-1 /);
    expect(await shown(['switches', '-q'])).toBe('s-1\ns-2\n');
    const models = { models: [{ id: 'm', name: 'M' }] };
    service.reply(success('list-all', models), success('list-all', models));
    expect((await service.run(['list', '--no-headers'])).out).toMatch(/^m +M /);
    expect((await service.run(['list', '--quiet'])).out).toBe('m\n');
  });

  it('name the columns that a narrow terminal has no room for; -o wide shows them', async () => {
    const narrow = await shown(['switches'], list, { columns: 70 });
    expect(narrow).toMatch(/\n\n\d columns hidden: .*FROM|columns hidden: ACTION, SAVES USD/);
    const wide = await shown(['switches', '-o', 'wide'], list, { columns: 70 });
    expect(wide).toMatch(/^WHEN \(UTC\) +SCOPE +ACTION +FROM → TO +SAVES USD +BY +REASON +ID\n/);
  });
});

it('shows times of this machine with --local', async () => {
  expect(await shown(['switches', '--local'])).toMatch(/^WHEN \(local\) .*\n2026-07-15 11:30 /);
  const webhook = { id: 'w', url: 'https://p', feed: 'users', status: 'active', deliveredAt: null };
  const seen = { ...webhook, deliveredAt: '2026-01-15T09:30:00Z' };
  expect(await shown(['webhooks', 'show', 'w', '--local'], seen)).toContain('2026-01-15 10:30 +01:00');
  expect(await shown(['webhooks', 'show', 'w'], seen)).toContain('2026-01-15 09:30 UTC');
});

it('writes a refusal as data where data was asked for', async () => {
  service.reply(status(403, { code: 'forbidden', detail: 'This needs the scope audit' }));
  const { exitCode, out, err } = await service.run(['switches', '-o', 'yaml']);
  expect({ exitCode, out, err }).toEqual({
    exitCode: 1,
    out: 'code: forbidden\ndetail: This needs the scope audit\n',
    err: '',
  });
});

it.each([
  [['switches', '-o', 'xml'], /Allowed choices are table, wide, json, yaml, csv/],
  [['webhooks', 'show', 'w', '-o', 'csv'], /CSV is for lists/],
  [['switches', '-o', 'yaml', '--json'], /cannot be used with/],
])('refuses %j before anything is sent', async (args, message) => {
  service.reply();
  const { exitCode, err } = await service.run(args);
  expect(exitCode).toBe(2);
  expect(err).toMatch(message);
  expect(service.received).toEqual([]);
});
