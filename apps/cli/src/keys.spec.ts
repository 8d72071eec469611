import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseExpiry } from './parse-time.js';
import { FakeApiServer, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const view = {
  id: 'k-1',
  name: 'ci',
  scopes: ['read', 'act-as'],
  createdAt: '2026-01-15T10:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
};

it('creates a key and shows it once', async () => {
  service.reply(status(201, { ...view, expiresAt: '2026-02-14T10:00:00.000Z', key: 'the-new-key' }));
  const args = ['keys', 'create', 'ci', '--scope', 'read', 'act-as', 'read', '--expires', '30d'];
  const { exitCode, out, err } = await service.run(args);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(service.received).toMatchObject([{ method: 'POST', path: '/v1/keys' }]);
  expect(service.received[0]?.body).toEqual({
    name: 'ci',
    scopes: ['read', 'act-as'],
    expiresAt: '2026-02-14T10:00:00.000Z',
  });
  expect(out.split('the-new-key')).toHaveLength(2);
  expect(out).toContain('shown this once');
  expect(out).toMatch(/Expires: 2026-02-14 10:00 UTC\n/);
  expect(out).toMatch(/Revoke: +orchestrate-bedrock keys revoke k-1\n/);
});

it('lists the keys of all pages with what became of them', async () => {
  service.reply(
    status(200, { items: [{ ...view, extra: 1 }], nextCursor: 'a/b' }),
    status(200, {
      items: [
        { ...view, id: 'k-2', expiresAt: '2026-01-15T10:00:00Z' },
        { ...view, id: 'k-3', revokedAt: '2026-01-01T00:00:00Z' },
      ],
      nextCursor: null,
    }),
  );
  const { exitCode, out } = await service.run(['keys', 'list']);
  expect(exitCode).toBe(0);
  expect(service.received.map(({ path }) => path)).toEqual([
    '/v1/keys?limit=100',
    '/v1/keys?limit=100&cursor=a%2Fb',
  ]);
  expect(out).toMatch(/^k-1 +ci +read, act-as +active +never +never +2026-01-15 10:00 UTC +-$/m);
  expect(out).toMatch(/^k-2 .* expired /m);
  expect(out).toMatch(/^k-3 .* revoked /m);
});

it('gives all pages as one list with --json, and a refusal as it is', async () => {
  const two = [
    { ...view, extra: 1 },
    { ...view, id: 'k-2' },
  ];
  service.reply(
    status(200, { items: [two[0]], nextCursor: 'c' }),
    status(200, { items: [two[1]], nextCursor: null }),
  );
  const { out, err } = await service.run(['keys', 'list', '--json']);
  expect(err).toBe('');
  expect(JSON.parse(out)).toEqual({ items: two, nextCursor: null });
  service.reply(status(403, { success: false, error: 'The scope admin is needed.' }));
  expect((await service.run(['keys', 'list'])).err).toContain('❌ The scope admin is needed.');
});

it('stops at a list that never ends and says that there is more', async () => {
  service.reply(...Array.from({ length: 60 }, () => status(200, { items: [view], nextCursor: 'again' })));
  const { exitCode, out } = await service.run(['keys', 'list']);
  expect(exitCode).toBe(0);
  expect(service.received).toHaveLength(50);
  expect(out).toContain('There are more keys');
});

it('has a sentence for no keys', async () => {
  service.reply(status(200, { items: [], nextCursor: null }));
  expect((await service.run(['keys', 'list'])).out).toContain('orchestrate-bedrock keys create');
});

it('rotates a key, shows the new one once and says how long the old one stays valid', async () => {
  const replaced = { ...view, expiresAt: '2026-01-15T22:00:00.000Z', replacedBy: 'k-2' };
  service.reply(status(201, { ...view, id: 'k-2', key: 'the-new-key', replaced }));
  const { exitCode, out } = await service.run(['keys', 'rotate', 'k-1', '--overlap', '12h']);
  expect(exitCode).toBe(0);
  expect(service.received).toMatchObject([
    { method: 'POST', path: '/v1/keys/k-1/rotate', body: { overlapSeconds: 43_200 } },
  ]);
  expect(out.split('the-new-key')).toHaveLength(2);
  expect(out).toContain('k-1 stays valid until 2026-01-15 22:00 UTC');
  service.reply(status(200, { items: [replaced], nextCursor: null }));
  expect((await service.run(['keys', 'list'])).out).toMatch(/^k-1 .* replaced /m);
});

it.each(['31d', 'soon', '2026-03-01', '-1h'])('takes no overlap of %s', async (overlap) => {
  service.reply();
  const { exitCode, err } = await service.run(['keys', 'rotate', 'k-1', `--overlap=${overlap}`]);
  expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining('30 days at most') });
  expect(service.received).toEqual([]);
});

const LIMITED = {
  ...view,
  defaults: { useCase: 'clinical', assistantId: null, userId: 'anna', fallback: 'none', echo: 'body' },
  limits: { useCases: ['clinical', 'triage'], models: 'candidates', users: 'own' },
};

it('creates a key with defaults and limits', async () => {
  service.reply(status(201, { ...LIMITED, key: 'the-new-key' }));
  const { exitCode, out } = await service.run([
    ...['keys', 'create', 'ci', '--scope', 'switch', '--use-case', 'clinical', '--user', 'anna'],
    ...['--echo', 'body', '--allow-use-cases', 'clinical, triage', '--allow-users', 'own'],
  ]);
  expect(exitCode).toBe(0);
  expect(service.received[0]?.body).toEqual({
    ...{ name: 'ci', scopes: ['switch'] },
    defaults: { useCase: 'clinical', userId: 'anna', echo: 'body' },
    limits: { useCases: ['clinical', 'triage'], users: 'own' },
  });
  expect(out).toMatch(/User: +anna\n/);
  expect(out).toMatch(/Allowed use cases: +clinical, triage\n/);
});

it.each<[args: string[], body: object]>([
  [['--user', 'none'], { defaults: { userId: null } }],
  [['--fallback', 'none'], { defaults: { fallback: 'none' } }],
  [['--allow-use-cases', 'any'], { limits: { useCases: null } }],
  [['--allow-models', 'any'], { limits: { models: 'any' } }],
  [['--allow-models', 'm-1,m-2'], { limits: { models: ['m-1', 'm-2'] } }],
  [['--allow-users', 'a:'], { limits: { users: ['a:'] } }],
  [
    ['--assistant', 'triage', '--allow-models', 'candidates'],
    { defaults: { assistantId: 'triage' }, limits: { models: 'candidates' } },
  ],
])('edits a key with %j', async (args, body) => {
  service.reply(status(200, LIMITED));
  const { exitCode, out } = await service.run(['keys', 'edit', 'k/1', ...args]);
  expect(exitCode).toBe(0);
  expect(service.received).toMatchObject([{ method: 'PATCH', path: '/v1/keys/k%2F1' }]);
  expect(service.received[0]?.body).toEqual(body);
  expect(out).toContain('within a second');
  expect(out).toMatch(/Allowed users: +own$/m);
});

it.each([[], ['--allow-models', ''], ['--echo', 'header'], ['--user', '']])(
  'edits nothing with %j',
  async (...args) => {
    service.reply();
    expect((await service.run(['keys', 'edit', 'k-1', ...args])).exitCode).toBe(2);
    expect(service.received).toEqual([]);
  },
);

it('shows a key, and in the list what limits it', async () => {
  service.reply(status(200, LIMITED), status(200, { items: [LIMITED, view], nextCursor: null }));
  const { out } = await service.run(['keys', 'show', 'k-1']);
  expect(service.received).toMatchObject([{ method: 'GET', path: '/v1/keys/k-1' }]);
  expect(out).toBe(`Key "ci"
   Id:                k-1
   Scopes:            read, act-as
   Status:            active
   Expires:           never
   Last used:         never
   Use case:          clinical
   User:              anna
   Echo:              body
   Allowed use cases: clinical, triage
   Allowed users:     own
`);
  expect((await service.run(['keys', 'list'])).out).toMatch(/use cases: clinical, triage; users: own$/m);
});

it('revokes a key', async () => {
  service.reply(status(200, { ...view, revokedAt: '2026-01-15T10:00:00Z' }));
  const { exitCode, out } = await service.run(['keys', 'revoke', 'k/1']);
  expect(exitCode).toBe(0);
  expect(service.received).toMatchObject([{ method: 'DELETE', path: '/v1/keys/k%2F1', body: undefined }]);
  expect(out).toContain('Key "ci" (k-1) is revoked (2026-01-15 10:00 UTC)');
});

it('lists who changed keys and webhooks', async () => {
  const change = {
    id: 1,
    entity: 'service_key',
    entityId: 'k-1',
    actor: 'service:ops',
    changedAt: view.createdAt,
  };
  const row = { name: 'ci', replaced_by: null };
  const items = [
    { ...change, before: row, after: { ...row, replaced_by: 'k-2' } },
    { ...change, entity: 'webhook', entityId: 'w-1', before: { owner: 'push' }, after: null },
  ];
  service.reply(status(200, { items, nextCursor: null }));
  const { exitCode, out } = await service.run(['keys', 'changes']);
  expect(exitCode).toBe(0);
  expect(out).toBe(`2026-01-15 10:00 UTC  service:ops  service key k-1 (ci)
   replaced_by: none → k-2

2026-01-15 10:00 UTC  service:ops  webhook w-1 (of push)
   removed
`);
});

it('filters the changes, and has a sentence for none', async () => {
  service.reply(status(200, { items: [], nextCursor: null }));
  const filters = [
    '--entity',
    'webhook',
    '--id',
    'w-1',
    '--actor',
    'service:ci',
    '--from',
    '24h',
    '--limit',
    '5',
  ];
  expect((await service.run(['keys', 'changes', ...filters])).out).toBe('No changes were found.\n');
  expect(service.received.map(({ path }) => path)).toEqual([
    '/v1/access-changes?entity=webhook&actor=service%3Aci&from=2026-01-14T10%3A00%3A00.000Z&entityId=w-1&limit=5',
  ]);
});

it('takes no other kind of change', async () => {
  service.reply();
  expect((await service.run(['keys', 'changes', '--entity', 'model'])).exitCode).toBe(2);
  expect(service.received).toEqual([]);
});

it.each([
  ['12h', '2026-01-15T22:00:00.000Z'],
  ['30d', '2026-02-14T10:00:00.000Z'],
  ['2w', '2026-01-29T10:00:00.000Z'],
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['2026-03-01T08:00:00+01:00', '2026-03-01T07:00:00.000Z'],
  ['2026-02-30', undefined],
  ['2026-01-15', undefined],
  ['0d', undefined],
  ['30', undefined],
  ['tomorrow', undefined],
])('reads %s as an expiry', (given, expected) => {
  expect(parseExpiry(given, new Date('2026-01-15T10:00:00Z'))).toBe(expected);
});
