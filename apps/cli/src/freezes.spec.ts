import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeApiServer, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const freeze = {
  ...{ id: 'f-1', from: '2026-12-24T00:00:00.000Z', to: '2026-12-27T00:00:00.000Z', useCases: ['clinical'] },
  ...{ reason: 'Christmas', madeBy: 'person:1f3a5b7c:ben', madeAt: '2026-12-01T00:00:00.000Z' },
  ...{ endedEarlyBy: null, endedEarlyAt: null },
};
const ofAll = { ...freeze, id: 'f-2', useCases: null, endedEarlyBy: 'person:1f3a5b7c:bea' };

it('lists freezes', async () => {
  service.reply(status(200, { items: [freeze, ofAll], nextCursor: null }));
  const { out } = await service.run(['freezes', 'list', '--open', '--use-case', 'clinical', '-o', 'wide']);
  expect(service.received[0]!.path).toContain('useCase=clinical');
  expect(service.received[0]!.path).toContain('open=true');
  expect(out).toMatch(/^clinical .* Christmas +person:1f3a5b7c:ben +f-1$/m);
  expect(out).toMatch(/^all use cases .* person:1f3a5b7c:bea +f-2$/m);
});

it('says that there are none', async () => {
  service.reply(status(200, { items: [], nextCursor: null }));
  expect((await service.run(['freezes', 'list'])).out).toContain('No freezes.');
});

it('freezes use cases, or all', async () => {
  service.reply(status(201, freeze));
  const times = ['--from', '2099-01-01T00:00:00Z', '--to', '2099-01-02'];
  const { exitCode, out } = await service.run([
    ...['freezes', 'create', ...times, '--use-case', 'clinical,health', '--reason', 'Christmas'],
  ]);
  expect({ exitCode, out }).toMatchObject({ exitCode: 0, out: expect.stringContaining('clinical: frozen') });
  const body = { from: '2099-01-01T00:00:00.000Z', to: '2099-01-02T00:00:00.000Z', reason: 'Christmas' };
  expect(service.received).toMatchObject([{ method: 'POST', path: '/v1/freezes' }]);
  expect(service.received[0]!.body).toEqual({ ...body, useCases: ['clinical', 'health'] });
  service.reply(status(201, ofAll));
  await service.run(['freezes', 'create', '--to', '2d', '--reason', 'Christmas']);
  expect(service.received).toMatchObject([{ body: { useCases: null } }]);
});

it.each([
  [['--to', 'soon', '--reason', 'x']],
  [['--to', '2020-01-01', '--reason', 'x']],
  [['--reason', 'x']],
  [['--to', '2d']],
])('refuses %j', async (args) => {
  expect((await service.run(['freezes', 'create', ...args])).exitCode).toBe(2);
});

it('ends a freeze', async () => {
  service.reply(status(200, freeze));
  const { out } = await service.run(['freezes', 'end', 'f-1']);
  expect(service.received).toMatchObject([{ method: 'DELETE', path: '/v1/freezes/f-1' }]);
  expect(out).toContain('may change again');
});

it('shows a refusal', async () => {
  service.reply(status(403, { code: 'own_freeze', error: 'You made this freeze' }));
  expect(await service.run(['freezes', 'end', 'f-1'])).toMatchObject({ exitCode: 1 });
});
