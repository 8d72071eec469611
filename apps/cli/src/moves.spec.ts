import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeApiServer, hangUp, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const USE_CASE = {
  ...{ name: 'clinical', from: 'old', to: 'new', switched: true, followers: 45_003 },
  ...{ pinnedManual: 4_000, pinnedFallback: 1_000, waysBack: 20, savedUsd: '12.500000' },
};
const STAYING = {
  useCase: 'health',
  code: 'model_not_a_candidate',
  reason: 'new is no candidate',
  conversations: 7,
};
const PREVIEW = {
  useCases: [USE_CASE],
  staying: [STAYING],
  totals: {
    useCases: 1,
    following: 45_003,
    pinned: 5_000,
    waysBack: 20,
    users: 312,
    usersCapped: false,
    savedUsd: '12.500000',
  },
  users: [{ userId: 'anna', conversations: 3 }],
};
const MOVE = {
  ...{ id: 'm-1', fromModelId: 'old', to: { modelId: 'new' }, reason: 'Ends', showNotification: true },
  ...{ state: 'running', actor: 'service:ops', createdAt: '2026-01-15T09:30:00Z', endedAt: null },
  progress: { total: 5_000, moved: 500, skipped: 0, failed: 0 },
  ...{ useCases: [USE_CASE], staying: [], undo: null, lastError: null },
};
const DONE = {
  ...{ ...MOVE, state: 'done', endedAt: '2026-01-15T09:31:00Z' },
  progress: { total: 5_000, moved: 4_990, skipped: 10, failed: 0 },
};
const ARGS = ['models', 'move', 'old', '--to', 'new', '--reason', 'Ends'];
const BODY = { to: { modelId: 'new' }, reason: 'Ends', showNotification: true };

describe('models move', () => {
  it('previews with --dry-run, for which it needs no reason', async () => {
    service.reply(status(200, PREVIEW));
    const args = ['models', 'move', 'old', '--to', 'follow', '--use-case', 'clinical,health', '--dry-run'];
    const { exitCode, out } = await service.run(args, { columns: 160 });
    expect(exitCode).toBe(0);
    const body = { to: { follow: true }, useCases: ['clinical', 'health'], dryRun: true };
    expect(service.received).toMatchObject([{ method: 'POST', path: '/v1/models/old/moves', body }]);
    expect(out).toMatch(/^clinical +new +yes +45003 +4000 +1000 +20 +12\.5$/m);
    expect(out).toContain(
      '1 use case with 45003 followers and 5000 pinned conversations move, of 312 users. Saves 12.5 USD.',
    );
    expect(out).toContain('20 conversations on a fallback will go back to the target.');
    expect(out).toContain('health stays (7 conversations): new is no candidate');
  });

  it('starts with a key, and shows the progress until the end', async () => {
    service.reply(status(202, MOVE), status(200, DONE));
    const { exitCode, out } = await service.run([...ARGS, '--silent']);
    expect(exitCode).toBe(0);
    expect(service.received).toMatchObject([
      {
        ...{ method: 'POST', body: { ...BODY, showNotification: false, dryRun: false } },
        headers: { 'idempotency-key': expect.stringMatching(/^[\da-f-]{36}$/) },
      },
      { method: 'GET', path: '/v1/moves/m-1' },
    ]);
    expect(service.progress).toEqual(['running: 500 of 5000 conversations moved', '']);
    expect(out).toContain('Move off old: done');
    expect(out).toContain('4990 of 5000 moved, 10 left meanwhile');
    expect(out).toContain('moves undo m-1');
  });

  it('shows the preview on a terminal, and starts after yes only', async () => {
    service.reply(status(200, PREVIEW));
    const no = await service.run(ARGS, { columns: 160, typed: ['n'] });
    expect(no).toMatchObject({ exitCode: 1 });
    expect(no.out).toContain('of 312 users');
    expect(no.out).toContain('Move this off old? [y/N]');
    expect(service.received).toHaveLength(1);
    service.reply(status(200, PREVIEW), status(202, MOVE));
    const yes = await service.run([...ARGS, '--detach'], { columns: 160, typed: ['y'] });
    expect(yes).toMatchObject({ exitCode: 0 });
    expect(yes.out).toContain('moves show m-1');
    expect(service.received).toMatchObject([{ body: { dryRun: true } }, { body: { dryRun: false } }]);
  });

  it('needs a reason, and shows a refusal', async () => {
    service.reply();
    const bare = await service.run(['models', 'move', 'old', '--to', 'new']);
    expect(bare).toMatchObject({ exitCode: 2, err: expect.stringContaining('--reason') });
    expect(service.received).toHaveLength(0);
    service.reply(status(409, { code: 'move_running', detail: 'A move off old has not ended' }));
    expect(await service.run(ARGS)).toMatchObject({
      ...{ exitCode: 1, err: expect.stringContaining('A move off old has not ended') },
    });
  });
});

describe('moves', () => {
  it('lists them by state and model', async () => {
    service.reply(status(200, { items: [MOVE], nextCursor: null }));
    const { out } = await service.run(['moves', 'list', '--state', 'running', '--model', 'old']);
    expect(service.received[0]?.path).toBe('/v1/moves?limit=50&state=running&modelId=old');
    expect(out).toMatch(/^m-1 +old → new +running +500 of 5000 +service:ops +/m);
  });

  it('shows one with what stays, and fails with one that failed', async () => {
    service.reply(status(200, { ...MOVE, state: 'failed', staying: [STAYING], lastError: 'error 23505' }));
    const { exitCode, out } = await service.run(['moves', 'show', 'm-1']);
    expect(exitCode).toBe(0);
    expect(out).toContain('Last error:    error 23505');
    expect(out).toContain('health stays (7 conversations)');
  });

  it.each(['pause', 'abort'])('%s sends it', async (command) => {
    service.reply(status(200, { ...MOVE, state: command === 'pause' ? 'paused' : 'aborted' }));
    expect(await service.run(['moves', command, 'm-1'])).toMatchObject({ exitCode: 0 });
    expect(service.received).toMatchObject([{ method: 'POST', path: `/v1/moves/m-1/${command}` }]);
  });

  it('continue to be watched while the api restarts', async () => {
    service.reply(status(202, MOVE), hangUp, hangUp, hangUp, status(200, DONE));
    const { exitCode, out } = await service.run(ARGS);
    expect(exitCode).toBe(0);
    expect(out).toContain('Move off old: done');
  });

  it('undo waits for its end', async () => {
    const undo = { actor: 'service:ops', total: 10, restored: 4, kept: 0 };
    const undone = { ...MOVE, state: 'undone', undo: { ...undo, restored: 9, kept: 1 } };
    service.reply(status(200, { ...MOVE, state: 'undoing', undo }), status(200, undone));
    const { out } = await service.run(['moves', 'undo', 'm-1']);
    expect(service.progress).toEqual(['undoing: 4 of 10', '']);
    expect(out).toContain('9 of 10, 1 kept');
  });
});
