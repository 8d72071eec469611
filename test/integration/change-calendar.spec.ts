import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChangeSystem } from '../support/change-system.js';

const DAILY = { cron: '0 2 * * *', durationMinutes: 120, timezone: 'UTC' };
const OFTEN = { cron: '* * * * *', durationMinutes: 1, timezone: 'UTC' };
const DAY_MS = 86_400_000;
let people: ChangeSystem;

beforeAll(async () => {
  people = await ChangeSystem.start();
  await people.review('clinical', { windows: [DAILY] });
  await people.review('health', { windows: [OFTEN] });
  await people.review('operations');
});
afterAll(() => people?.close());

const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
const calendar = (query = '', name = 'ben') => people.as(name, 'GET', `/v1/change-windows?${query}`);

it('lists the openings of reviewed use cases that have windows, of the next 14 days', async () => {
  const { status, body, text } = await calendar();
  expect(status, text).toBe(200);
  expect(body.items.map(({ useCase }: { useCase: string }) => useCase)).toEqual(['clinical', 'health']);
  expect(Date.parse(body.to) - Date.parse(body.from)).toBe(14 * DAY_MS);
  const { openings, completeUntil } = body.items[0];
  expect(completeUntil).toBeNull();
  expect(openings.length).toBeGreaterThanOrEqual(14);
  for (const { from, to } of openings) {
    expect(from).toMatch(/T02:00:00.000Z$/);
    expect(Date.parse(to) - Date.parse(from)).toBe(2 * 3_600_000);
  }
});

it('leaves out openings beyond a bound, and says from when on', async () => {
  const { items } = (await calendar('useCase=health')).body;
  expect(items).toMatchObject([{ useCase: 'health', openings: [{}], completeUntil: expect.any(String) }]);
  expect(Date.parse(items[0].completeUntil)).toBe(Date.parse(items[0].openings[0].to));
});

it('comes a page at a time, and does not list what is direct', async () => {
  const first = (await calendar('limit=1')).body;
  expect(first).toMatchObject({ items: [{ useCase: 'clinical' }], nextCursor: 'clinical' });
  const rest = (await calendar(`limit=1&cursor=${first.nextCursor}`)).body;
  expect(rest).toMatchObject({ items: [{ useCase: 'health' }], nextCursor: null });
  await people.rows(`UPDATE use_cases SET control = 'direct' WHERE name = 'clinical'`);
  expect((await calendar('useCase=clinical')).body.items).toEqual([]);
  await people.rows(`UPDATE use_cases SET control = 'reviewed' WHERE name = 'clinical'`);
});

it.each([
  ['to', () => `from=${inDays(1)}&to=${inDays(33.1)}`],
  ['to', () => `from=${inDays(2)}&to=${inDays(1)}`],
  ['from', () => `from=${inDays(367)}`],
  ['from', () => 'from=tomorrow'],
])('names the field %s of a period that it refuses', async (field, query) => {
  expect(await calendar(query())).toMatchObject({ status: 400, body: { errors: [{ field }] } });
});
