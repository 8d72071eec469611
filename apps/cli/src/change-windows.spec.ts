import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeApiServer, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const period = { from: '2026-12-01T12:00:00.000Z', to: '2026-12-15T12:00:00.000Z' };
const openings = [
  { from: '2026-12-02T18:00:00.000Z', to: '2026-12-02T20:00:00.000Z' },
  { from: '2026-12-03T18:00:00.000Z', to: '2026-12-03T20:00:00.000Z' },
];
const clinical = { useCase: 'clinical', openings, completeUntil: '2026-12-04T18:00:00.000Z' };
const health = { useCase: 'health', openings: [], completeUntil: null };
const replyWith = (...items: object[]) => service.reply(status(200, { ...period, items, nextCursor: null }));

it('lists each opening, use cases without one, and what is left out', async () => {
  replyWith(clinical, health);
  const args = ['--use-case', 'clinical', '--from', '2099-01-01', '--to', '2099-01-03T00:00:00Z'];
  const { out, exitCode } = await service.run(['change-windows', 'list', ...args]);
  expect(exitCode).toBe(0);
  const { pathname, searchParams } = new URL(service.received[0]!.path!, 'http://localhost');
  expect(pathname).toBe('/v1/change-windows');
  expect(Object.fromEntries(searchParams)).toEqual({
    ...{ useCase: 'clinical', from: '2099-01-01T00:00:00.000Z', to: '2099-01-03T00:00:00.000Z', limit: '50' },
  });
  expect(out).toMatch(/^clinical +\S.*18:00.* \S.*20:00.*\nclinical .*\nhealth +- +-$/m);
  expect(out).toMatch(/^⚠️ {2}clinical: more openings from .*\(--from 2026-12-04T18:00:00.000Z\)\.$/m);
});

it('gives programs exact times, and the answer itself', async () => {
  replyWith(clinical);
  const csv = await service.run(['change-windows', 'list', '-o', 'csv']);
  expect(csv.out).toContain('clinical,2026-12-02T18:00:00.000Z,2026-12-02T20:00:00.000Z\n');
  replyWith(clinical, health);
  const json = await service.run(['change-windows', 'list', '-o', 'json']);
  expect(JSON.parse(json.out).items).toEqual([clinical, health]);
});

it('says that there are none, and refuses a time that is past', async () => {
  replyWith();
  expect((await service.run(['change-windows', 'list'])).out).toContain(
    'No reviewed use case has change windows',
  );
  expect((await service.run(['change-windows', 'list', '--to', '2020-01-01'])).exitCode).toBe(2);
});
