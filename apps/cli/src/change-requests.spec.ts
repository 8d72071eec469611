import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeApiServer, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const HASH = 'a'.repeat(64);
const CHANGE = {
  ...{ id: 'c-1', state: 'proposed', revision: 1, hash: HASH, reason: 'As good', applyAt: null },
  ...{ useCases: ['clinical'], proposer: 'person:1:ada', editor: 'person:1:ada', origin: 'proposal' },
  ...{ undoes: null, createdAt: '2026-01-15T09:30:00Z', revisedAt: '2026-01-15T09:30:00Z' },
  ...{ expiresAt: '2026-01-22T09:30:00Z', endedAt: null, failure: null, reviewDueAt: null, reviewedAt: null },
  operations: [
    {
      ...{
        operation: { kind: 'switch-use-case', useCase: 'clinical', modelId: 'new' },
        scope: 'use-case:clinical',
      },
      ...{
        expectedVersion: '7',
        before: { activeModelId: 'old' },
        after: { activeModelId: 'new' },
        result: null,
      },
    },
  ],
  decisions: [
    {
      ...{ id: 'd-1', revision: 1, hash: HASH, kind: 'propose', actor: 'person:1:ada', comment: null },
      decidedAt: '2026-01-15T09:30:00Z',
    },
  ],
};
const EFFECT = {
  ...{ scope: 'use-case:clinical', useCases: ['clinical'], move: null, error: null },
  switched: {
    ...{ switched: true, from: 'Old', to: 'New', followers: 45_003, pinned: 12 },
    costImpact: { savedUsd: '12.500000', horizon: '30 days' },
    notification: { message: 'Now answered by New' },
  },
  undo: { isPossible: false, reasons: [{ code: 'legacy', detail: 'Old is legacy' }] },
};
const PREVIEWED = { ...CHANGE, preview: [EFFECT] };
const APPLIED = { ...CHANGE, state: 'applied', endedAt: '2026-01-15T10:00:00Z' };

describe('change-requests propose', () => {
  it('sends the operations with a key, shows the effect, and exits with 3: it waits for others', async () => {
    service.reply(status(201, PREVIEWED));
    const args = ['change-requests', 'propose', '--switch', 'clinical=new', '--reason', 'As good'];
    const { exitCode, out } = await service.run(args, { columns: 160 });
    expect(exitCode).toBe(3);
    expect(service.received).toMatchObject([
      {
        ...{ method: 'POST', path: '/v1/change-requests' },
        headers: { 'idempotency-key': expect.stringMatching(/^[\da-f-]{36}$/) },
        body: {
          operations: [{ kind: 'switch-use-case', useCase: 'clinical', modelId: 'new' }],
          reason: 'As good',
        },
      },
    ]);
    expect(out).toContain('Change request c-1: proposed');
    expect(out).toContain('activeModelId: old → new');
    expect(out).toContain('45003 conversations would follow, 12 pinned stay, saves 12.5 USD.');
    expect(out).toContain('Users are notified: Now answered by New');
    expect(out).toContain('It could not be undone: Old is legacy');
  });

  it('shows what the undo of a move brings back, and what stays', async () => {
    const totals = { useCases: 1, restored: 1_200, kept: 3 };
    const useCases = [
      { name: 'clinical', switched: true, restored: 1_200, kept: 1, reason: null },
      { name: 'health', switched: false, restored: 0, kept: 2, reason: 'Old is legacy' },
    ];
    const effect = { ...EFFECT, switched: null, moveUndo: { useCases, totals } };
    service.reply(status(201, { ...CHANGE, preview: [effect] }));
    const { out } = await service.run(['change-requests', 'undo', 'c-0'], { columns: 160 });
    expect(out).toContain(
      '1 use case and 1200 conversations go back. 3 switched since, or without a way back, stay.',
    );
    expect(out).toContain('health stays: Old is legacy');
  });

  it.each([
    [['--switch', 'clinical', '--reason', 'x'], 'useCase=modelId'],
    [['--reason', 'x'], '--switch'],
    [['--switch', 'clinical=new'], '--reason'],
    [['--switch', 'clinical=new', '--reason', 'x', '--at', '2020-01-01T00:00:00Z'], 'ahead'],
  ])('refuses %j before it asks the service', async (args, text) => {
    service.reply();
    const { exitCode, err } = await service.run(['change-requests', 'propose', ...args]);
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining(text) });
    expect(service.received).toHaveLength(0);
  });
});

describe('change-requests approve', () => {
  it('asks about the content that it shows, and approves that content', async () => {
    service.reply(status(200, CHANGE), status(200, PREVIEWED), status(200, APPLIED));
    const { exitCode, out } = await service.run(['change-requests', 'approve', 'c-1'], {
      columns: 160,
      typed: ['y'],
    });
    expect(exitCode).toBe(0);
    expect(out).toContain('Approve this? [y/N]');
    expect(service.received.at(-1)).toMatchObject({
      ...{ method: 'POST', path: '/v1/change-requests/c-1/approve', body: { hash: HASH } },
    });
  });

  it('needs the hash where nobody can answer, and exits with 3 while it lacks approvals', async () => {
    service.reply();
    const args = ['change-requests', 'approve', 'c-1'];
    expect(await service.run(args)).toMatchObject({ exitCode: 2, err: expect.stringContaining('--hash') });
    service.reply(status(200, CHANGE));
    expect(await service.run([...args, '--hash', HASH, '--comment', 'Seen'])).toMatchObject({ exitCode: 3 });
    expect(service.received).toMatchObject([{ body: { hash: HASH, comment: 'Seen' } }]);
  });

  it('exits with 1 where the service refuses it', async () => {
    service.reply(status(403, { code: 'own_change', detail: 'You proposed this change' }));
    expect(await service.run(['change-requests', 'approve', 'c-1', '--hash', HASH])).toMatchObject({
      ...{ exitCode: 1, err: expect.stringContaining('You proposed this change') },
    });
  });
});

it.each([
  ['apply', [], {}, 'applied', 0],
  ['apply', [], {}, 'conflicted', 1],
  ['withdraw', [], {}, 'withdrawn', 0],
  ['undo', ['--reason', 'Worse'], { reason: 'Worse' }, 'proposed', 3],
  [
    'break-glass',
    ['--reason', 'Every prompt is refused'],
    { reason: 'Every prompt is refused' },
    'applied',
    0,
  ],
  ['schedule', ['2999-01-01T00:00:00Z'], { applyAt: '2999-01-01T00:00:00.000Z' }, 'proposed', 3],
  ['review', ['undo', '--comment', 'Wrong'], { verdict: 'undo', comment: 'Wrong' }, 'applied', 0],
] as const)('%s %j sends it; %s becomes the exit code', async (...[command, more, body, state, code]) => {
  service.reply(status(200, { ...CHANGE, state }));
  const { exitCode } = await service.run(['change-requests', command, 'c-1', ...more]);
  expect(exitCode).toBe(code);
  expect(service.received).toMatchObject([{ method: 'POST', path: `/v1/change-requests/c-1/${command}` }]);
  if (Object.keys(body).length > 0) expect(service.received[0]?.body).toEqual(body);
});

it('lists them by state and use case', async () => {
  service.reply(status(200, { items: [CHANGE], nextCursor: null }));
  const { out } = await service.run([
    'change-requests',
    'list',
    '--state',
    'proposed',
    '--use-case',
    'clinical',
  ]);
  expect(service.received[0]?.path).toBe('/v1/change-requests?limit=50&state=proposed&useCase=clinical');
  expect(out).toMatch(/^c-1 +proposed +clinical +As good +person:1:ada +/m);
});

it.each([
  [['--waiting'], 'waiting=true', 'No change request waits for your approval.'],
  [['--review', 'overdue'], 'review=overdue', 'No change requests.'],
])('lists with %j what the service selects', async (args, query, text) => {
  service.reply(status(200, { items: [], nextCursor: null }));
  const { out } = await service.run(['change-requests', 'list', ...args]);
  expect(service.received[0]?.path).toBe(`/v1/change-requests?limit=50&${query}`);
  expect(out).toContain(text);
});

it('switch --propose proposes, and exits with 3', async () => {
  const data = {
    ...{ switched: false, from: 'Old', to: 'New', useCase: 'clinical', scope: 'use_case' },
    change: { id: 'c-1', state: 'proposed', url: '/console/changes/c-1' },
  };
  service.reply(status(202, { success: true, action: 'switch', data }));
  const { exitCode, out } = await service.run([
    'switch',
    'new',
    'As good',
    '--use-case',
    'clinical',
    '--propose',
  ]);
  expect(exitCode).toBe(3);
  expect(service.received[0]?.body).toMatchObject({ action: 'switch', modelId: 'new', propose: true });
  expect(out).toContain('waits for others');
  expect(out).toContain('change-requests show c-1');
});
