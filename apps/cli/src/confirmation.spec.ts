import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeApiServer, status, success } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const ENDED = { id: 'old', name: 'Old', available: false, priceDimensions: {} };
const USE = { modelId: 'old', useCases: ['health'], conversations: 5000, conversationsCapped: true };
const KEY = { id: 'k', name: 'ci', scopes: ['read'], lastUsedAt: '2026-01-15T09:30:00Z', revokedAt: null };
const WEBHOOK = { id: 'w', url: 'https://p', feed: 'users', status: 'active' };
const MOVED = {
  ...{
    id: 'm',
    fromModelId: 'old',
    to: { modelId: 'new' },
    reason: 'Ends',
    state: 'done',
    actor: 'service:ops',
  },
  ...{ createdAt: '2026-01-15T09:30:00Z', endedAt: '2026-01-15T09:31:00Z', lastError: null },
  progress: { total: 5_000, moved: 4_990, skipped: 10, failed: 0 },
  ...{ useCases: [], staying: [], undo: { actor: 'service:ops', total: 4_990, restored: 4_990, kept: 0 } },
};
const preview = success('switch', { switched: true, from: 'A', to: 'B', useCase: 'health', dryRun: true });
const switched = success('switch', { switched: true, from: 'A', to: 'B', useCase: 'health' });
const erased = { pseudonym: 'erased:1', requestedAt: '2026-01-15T10:00:00Z', erasedRows: {} };

const DANGEROUS = [
  [
    'models retire old',
    [status(200, USE), status(200, ENDED)],
    'use case health, 5000 conversations at least',
  ],
  ['keys revoke k', [status(200, KEY), status(200, KEY)], 'Key "ci" was last used: 2026-01-15 09:30 UTC'],
  ['webhooks delete w', [status(200, WEBHOOK), status(200, WEBHOOK)], 'https://p gets no more'],
  ['use-cases switch health b', [preview, switched], 'This would happen'],
  ['moves undo m', [status(200, MOVED), status(200, { ...MOVED, state: 'undone' })], '4990 of 5000 moved'],
] as const;

describe.each(DANGEROUS)('%s', (line, [first, second], effect) => {
  const args = line.split(' ');
  const terminal = { columns: 200 };

  it('shows its effect on a terminal, and does it after yes only', async () => {
    service.reply(first, second);
    const yes = await service.run(args, { ...terminal, typed: ['y'] });
    expect(yes).toMatchObject({ exitCode: 0, err: '' });
    expect(yes.out).toContain(effect);
    expect(yes.out).toContain('[y/N]');
    expect(service.received).toHaveLength(2);

    service.reply(first, second);
    const no = await service.run(args, { ...terminal, typed: ['n'] });
    expect(no).toMatchObject({ exitCode: 1, out: expect.stringContaining('Nothing was changed.') });
    expect(service.received).toHaveLength(1);
  });

  it('asks nothing with --yes, and nothing in a script', async () => {
    service.reply(second);
    expect(await service.run([...args, '--yes'], terminal)).toMatchObject({ exitCode: 0 });
    expect(service.received).toHaveLength(1);
    service.reply(second);
    expect((await service.run(args)).out).not.toContain('[y/N]');
    expect(service.received).toHaveLength(1);
  });
});

it('erases a user after yes on a terminal', async () => {
  service.reply(status(200, erased));
  const { out } = await service.run(['users', 'erase', 'u'], { columns: 120, typed: ['yes'] });
  expect(out).toContain('cannot be undone. Erase it? [y/N]');
  expect(out).toContain('erased:1');
});

it.each([
  ['list'],
  ['use-case health'],
  ['validate m'],
  ['switch m Why'],
  ['auto-switch health'],
  ['clear-cache'],
])('never asks before %s of the source document', async (line) => {
  service.reply(status(404, { detail: 'no' }));
  const { out } = await service.run(line.split(' '), { columns: 120 });
  expect(out).not.toContain('[y/N]');
  expect(service.received).toHaveLength(1);
});

it('keeps the answer alone on the standard output where a program reads it', async () => {
  service.reply(status(200, KEY), status(200, KEY));
  const args = ['keys', 'revoke', 'k', '--json'];
  const { out, err } = await service.run(args, { columns: 120, typed: ['y'] });
  expect(JSON.parse(out)).toEqual(KEY);
  expect(err).toContain('[y/N]');
});

it('models retire --dry-run shows what would move, and changes nothing', async () => {
  const totals = { useCases: 0, following: 0, pinned: 5, users: 5, usersCapped: false, savedUsd: '1.500000' };
  service.reply(status(200, { useCases: [], staying: [], totals, users: [] }));
  const { out } = await service.run(['models', 'retire', 'old', '--dry-run'], { columns: 120 });
  expect(out).toContain('Dry run: nothing was changed.');
  expect(out).toContain('5 pinned conversations move, of 5 users. Saves 1.5 USD.');
  const body = { to: { follow: true }, dryRun: true };
  expect(service.received).toMatchObject([{ method: 'POST', path: '/v1/models/old/moves', body }]);
});

it.each([
  ['models delete a/b', '/v1/models/a%2Fb', 'The model a/b is deleted'],
  ['use-cases delete triage', '/v1/use-cases/triage', 'The use case triage is deleted'],
  ['assistants delete bot', '/v1/assistants/bot', 'The assistant bot is deleted'],
])('%s asks first, deletes, and says what still uses it', async (line, path, done) => {
  const args = line.split(' ');
  service.reply();
  const asked = await service.run(args, { columns: 120, typed: ['n'] });
  expect(asked).toMatchObject({ exitCode: 1, out: expect.stringContaining('Delete it? [y/N]') });
  expect(service.received).toEqual([]);
  service.reply((response) => response.writeHead(204).end());
  expect(await service.run(args)).toMatchObject({ exitCode: 0, out: expect.stringContaining(done) });
  expect(service.received).toMatchObject([{ method: 'DELETE', path }]);
  service.reply(status(409, { code: 'in_use', detail: 'It is in use: assistants bot' }));
  expect(await service.run(args)).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('assistants bot'),
  });
});

it('switches what its question showed, or nothing', async () => {
  const shown = { switched: true, from: 'A', to: 'B', useCase: 'health', dryRun: true };
  service.reply(
    status(200, { success: true, data: shown }, { etag: '"7"' }),
    status(412, { code: 'stale_version', detail: 'It was switched since' }),
  );
  const args = ['use-cases', 'switch', 'health', 'b'];
  const { exitCode, err } = await service.run(args, { columns: 120, typed: ['y'] });
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: expect.stringContaining('switched since') });
  expect(service.received.map(({ headers }) => headers['if-match'])).toEqual([undefined, '"7"']);
});
