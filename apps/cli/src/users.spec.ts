import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeApiServer, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const erasure = {
  ...{ id: 'e-1', pseudonym: 'erased:e-1', requestedBy: 'service:ops', requestedAt: '2026-01-15T10:00:00Z' },
  ...{ completedAt: null, erasedRows: { ai_conversations: 2, notifications: 3 } },
};

it('forgets a user, and says what is left to do', async () => {
  service.reply(status(200, erasure));
  const { exitCode, out } = await service.run(['users', 'erase', 'user/456', '--yes']);
  expect(exitCode).toBe(0);
  expect(service.received).toMatchObject([{ method: 'POST', path: '/v1/users/user%2F456/erase' }]);
  expect(out).toContain('The user is forgotten: 5 rows.');
  expect(out).toMatch(/Pseudonym: +erased:e-1\n/);
  expect(out).toContain('in a minute');
});

it('asks nothing without --yes', async () => {
  service.reply();
  const { exitCode, err } = await service.run(['users', 'erase', 'user-456']);
  expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining('Repeat it with --yes') });
  expect(service.received).toEqual([]);
});

it('exports a user line by line, to the line that says that it is complete', async () => {
  const lines = [
    { table: 'notifications', row: { id: 1 } },
    { table: 'notifications', row: { id: 2 } },
    { complete: true, rows: 2 },
  ].map((line) => `${JSON.stringify(line)}\n`);
  service.reply((response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(lines.join(''));
  });
  const { exitCode, out } = await service.run(['users', 'export', 'user-456']);
  expect({ exitCode, out }).toEqual({ exitCode: 0, out: lines.join('') });
  service.reply((response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(lines.slice(0, 2).join(''));
  });
  expect((await service.run(['users', 'export', 'user-456'])).exitCode).toBe(1);
});

it('lists who was forgotten', async () => {
  const done = { ...erasure, completedAt: '2026-01-15T10:01:00Z' };
  service.reply(status(200, { items: [erasure, done], nextCursor: null }));
  const { out } = await service.run(['users', 'erasures']);
  expect(out).toMatch(/^erased:e-1 +2026-01-15 10:00 UTC +under way +5 +service:ops$/m);
  expect(out).toMatch(/^erased:e-1 .* 2026-01-15 10:01 UTC +5 /m);
});
