import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeApiServer, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const budget = {
  ...{ id: 'b-1', scope: 'use_case', useCase: 'clinical', key: null, userId: null, period: 'month' },
  ...{ limitUsd: '200', from: '2026-01-01', to: '2026-01-31', spentUsd: '164.25', unknownCostCalls: 0 },
  ...{ incomplete: false, usedPercent: 82, threshold: 80, updatedAt: '2026-01-01T10:00:00.000Z' },
};
const ofUser = {
  ...budget,
  ...{ id: 'b-2', scope: 'user', useCase: null, userId: 'anna', period: 'day', to: '2026-01-01' },
  ...{ spentUsd: '3.5', unknownCostCalls: 2, incomplete: true, usedPercent: 1 },
};

it('lists budgets with what is spent of them, and says where that is incomplete', async () => {
  service.reply(status(200, { items: [budget, ofUser], nextCursor: null }));
  const { out } = await service.run(['budgets', 'list']);
  expect(service.received).toMatchObject([{ method: 'GET', path: '/v1/budgets' }]);
  expect(out).toMatch(/^use case clinical +month +200 +164\.25 +82 % +2026-01-01 to 2026-01-31 +b-1$/m);
  expect(out).toMatch(/^user anna +day +200 +at least 3\.5 +1 % +2026-01-01 +b-2$/m);
  expect(out).toContain('"at least"');
  service.reply(status(200, { items: [budget], nextCursor: null }));
  expect((await service.run(['budgets', 'list'])).out).not.toContain('at least');
});

it('shows what is unknown as unknown, and what is of all calls', async () => {
  const unknown = { ...budget, useCase: null, spentUsd: null, incomplete: true, usedPercent: 0 };
  service.reply(status(200, { items: [unknown], nextCursor: null }));
  expect((await service.run(['budgets', 'list'])).out).toMatch(/^all calls +month +200 +unknown +- /m);
});

it('says how to set the first', async () => {
  service.reply(status(200, { items: [], nextCursor: null }));
  expect((await service.run(['budgets', 'list'])).out).toContain('orchestrate-bedrock budgets set month 200');
});

it.each([
  [['set', 'month', '200'], 'PUT', '/v1/budgets/month', { limitUsd: '200' }],
  [
    ['set', 'month', '200', '--use-case', 'clinical'],
    'PUT',
    '/v1/budgets/month?useCase=clinical',
    { limitUsd: '200' },
  ],
  [['set', 'day', '12.50', '--key', 'chat'], 'PUT', '/v1/budgets/day?key=chat', { limitUsd: '12.50' }],
  [['set', 'day', '0.5', '--user', 'a&b'], 'PUT', '/v1/budgets/day?userId=a%26b', { limitUsd: '0.5' }],
  [['remove', 'month'], 'DELETE', '/v1/budgets/month', undefined],
  [['remove', 'day', '--user', 'anna'], 'DELETE', '/v1/budgets/day?userId=anna', undefined],
])('%j', async (args, method, path, body) => {
  service.reply(status(200, budget));
  const { exitCode, err } = await service.run(['budgets', ...args]);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(service.received).toMatchObject([{ method, path, ...(body && { body }) }]);
});

it('says what a budget does and what is spent of it, and what is removed', async () => {
  service.reply(status(200, budget));
  const { out } = await service.run(['budgets', 'set', 'month', '200', '--use-case', 'clinical']);
  expect(out).toContain('The budget of use case clinical is 200 USD per month.');
  expect(out).toContain('blocks nothing');
  expect(out).toContain('164.25 USD (82 %), 2026-01-01 to 2026-01-31');
  service.reply(status(200, budget));
  expect((await service.run(['budgets', 'remove', 'month', '--use-case', 'clinical'])).out).toContain(
    'use case clinical has no budget per month any more',
  );
});

it.each([
  [['set', 'week', '200']],
  [['set', 'month', 'much']],
  [['set', 'month', '0.00']],
  [['set', 'month', '-5']],
  [['set', 'month']],
  [['set', 'month', '5', '--user', 'a', '--key', 'b']],
  [['remove', 'month', '--use-case', 'a', '--user', 'b']],
  [['remove', 'month', '--user', '']],
])('refuses %j', async (args) => {
  service.reply();
  expect((await service.run(['budgets', ...args])).exitCode).toBe(2);
  expect(service.received).toEqual([]);
});

it('shows the answer of the service to what it refuses', async () => {
  const problem = {
    status: 404,
    code: 'budget_not_found',
    detail: 'There is no such budget: GET /v1/budgets lists all',
  };
  service.reply(status(404, problem));
  const { exitCode, err } = await service.run(['budgets', 'remove', 'month']);
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: expect.stringContaining('no such budget') });
});
