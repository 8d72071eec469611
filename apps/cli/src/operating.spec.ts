import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeApiServer, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const run = (line: string, ...replies: Parameters<typeof service.reply>) => {
  service.reply(...replies);
  return service.run(line.split(' '));
};
const pageOf = (...items: object[]) => status(200, { items, nextCursor: null });

const SWITCH = {
  ...{
    id: 's-1',
    scope: 'use_case',
    conversationId: null,
    useCase: 'health',
    userId: 'u',
    actor: 'service:ci',
  },
  ...{ onBehalfOf: null, action: 'manual_switch', previousModelId: 'a', newModelId: 'b', reason: 'Cost' },
  ...{ costImpact: '-1.500', costImpactHorizon: '30 days', savedUsd: null, notificationShown: true },
  ...{ status: 'recorded', timestamp: '2026-01-15T09:30:00Z' },
};
const CALL = {
  ...{ id: 'c', requestId: 'req-1', startedAt: '2026-01-15T09:30:00Z', conversationId: 'conv-1' },
  ...{
    useCase: 'health',
    userId: 'u',
    actor: 'service:ci',
    modelId: 'b',
    outcome: 'answered',
    errorKind: null,
  },
  ...{
    stopReason: 'end_turn',
    wire: 'chat',
    latencyMs: 812,
    inputTokens: 7,
    outputTokens: 37,
    costUsd: '0.10',
  },
  attempts: [
    { modelId: 'a', outcome: 'failed', errorKind: 'throttled', ms: 12 },
    { modelId: 'b', outcome: 'answered', errorKind: null, ms: 800, leftOut: ['cachePoint'] },
  ],
};
const CONVERSATION = {
  ...{ id: 'conv-1', userId: 'u', useCase: 'health', modelId: 'b', createdAt: '2026-01-15T09:30:00Z' },
  pin: { kind: 'fallback', modelId: 'b', failedModelId: 'a', recheckAt: '2026-01-15T09:35:00Z' },
  updatedAt: '2026-01-15T09:31:00Z',
};
const USE_CASE = {
  ...{ name: 'health', activeModelId: 'a', calls: 10, errorRate: 0.125, fallbackRate: 0, p95Ms: 900 },
  ...{ costTodayUsd: '0.5', costYesterdayUsd: null, followers: 3, pinned: 1, nextEndOfLife: null },
};

it.each([
  [
    'conversations list --user u --use-case h --model m --pinned yes --limit 5',
    '/v1/conversations?userId=u&useCase=h&modelId=m&pinned=true&limit=5',
  ],
  ['conversations list --pinned no', '/v1/conversations?pinned=false&limit=50'],
  ['calls list --request r --outcome failed', '/v1/calls?requestId=r&outcome=failed&limit=50'],
  [
    'switches --by service:ci --model m --request r --reason cost',
    '/v1/switches?modelId=m&requestId=r&actor=service%3Aci&reason=cost&limit=50',
  ],
  ['sweeps', '/v1/sweeps?limit=50'],
  ['breakers list', '/v1/breakers'],
])('%s asks for %s', async (line, path) => {
  const { exitCode, out } = await run(line, pageOf());
  expect({ exitCode, received: service.received.map((one) => one.path) }).toEqual({
    exitCode: 0,
    received: [path],
  });
  expect(out).toMatch(/^No /);
});

it('says which model answers a conversation, and why', async () => {
  const explanation = 'A fallback: a failed.';
  const { out } = await run('conversations show conv-1', status(200, { ...CONVERSATION, explanation }));
  expect(out).toMatch(/^A fallback: a failed\.\n/);
  expect(out).toMatch(/Pinned: +fallback, b\n +Failed: +a\n +Next check: +2026-01-15 09:35 UTC\n/);
  expect((await run('conversations list', pageOf(CONVERSATION))).out).toMatch(
    /^conv-1 +health +b +fallback +u /m,
  );
});

it('shows the calls of a request with each attempt', async () => {
  const { out } = await run('calls show req-1', pageOf(CALL));
  expect(service.received[0]?.path).toBe('/v1/calls?requestId=req-1');
  expect(out).toContain('     1. a failed after 12 ms (throttled)\n');
  expect(out).toContain('     2. b answered after 800 ms (without cachePoint)\n');
  expect((await run('calls list', pageOf(CALL))).out).toMatch(/ b +answered +2 +812 +7 \+ 37 +0\.1 +conv-1 /);
  expect((await run('calls show nope', pageOf())).out).toContain('No call of the request nope');
});

describe('switches', () => {
  it('show has its author, reason and estimate', async () => {
    const { out } = await run('switches show s-1', status(200, SWITCH));
    expect(out).toMatch(/^a → b\n/);
    expect(out).toMatch(/Estimate: +-1\.5 USD \(30 days\)\n/);
    expect(out).toContain('orchestrate-bedrock switches undo s-1');
  });

  it('undo switches back, as one request with its key', async () => {
    const undone = {
      switched: true,
      from: 'B',
      to: 'A',
      useCase: 'health',
      scope: 'use_case',
      switchId: 's-2',
    };
    const busy = status(503, { detail: 'Busy' }, { 'retry-after': '0' });
    const { out } = await run('switches undo s-1 --reason Worse --silent', busy, status(200, undone));
    expect(out).toContain('✅ Switching AI Model\n   Using: A\n');
    const [first, second] = service.received;
    expect(first).toMatchObject({
      path: '/v1/switches/s-1/undo',
      body: { reason: 'Worse', showNotification: false },
    });
    expect(first?.headers['idempotency-key']).toBeTruthy();
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
  });

  it('undo --dry-run and its question say what it would do', async () => {
    const effect = 'The undo switches use case health from b back to a.';
    expect((await run('switches undo s-1 --dry-run', status(200, SWITCH))).out).toContain(effect);
    service.reply(status(200, SWITCH));
    const asked = await service.run(['switches', 'undo', 's-1'], { columns: 120, typed: ['n'] });
    expect(asked).toMatchObject({ exitCode: 1, out: expect.stringContaining(`${effect} Undo it? [y/N]`) });
    expect(service.received).toHaveLength(1);
  });
});

it('requests a sweep and shows its progress', async () => {
  const { out } = await run('sweep --deep --model a,b', status(202, { id: 'w-1' }));
  expect(service.received).toMatchObject([
    { path: '/v1/sweeps', body: { deep: true, modelIds: ['a', 'b'] } },
  ]);
  expect(out).toContain('sweeps list');
  const sweep = { id: 'w-1', state: 'running', by: 'service:ci', deep: true, modelIds: null, endedAt: null };
  const running = { ...sweep, startedAt: '2026-01-15T09:30:00Z', checked: 3, total: 8, failed: 1 };
  expect((await run('sweeps list', pageOf(running))).out).toMatch(/ - +running +3 of 8 +1 +deep +all /);
});

it('recheck ends with 1 where the model does not answer', async () => {
  expect(await run('breakers recheck m', status(200, { closed: true }))).toMatchObject({ exitCode: 0 });
  expect(await run('breakers recheck m', status(200, { closed: false }))).toMatchObject({ exitCode: 1 });
});

describe('status', () => {
  const worker = {
    id: 'i-1',
    kind: 'worker',
    name: 'worker-7d9c',
    version: '0.1.0',
    startedAt: '2026-01-15T09:30:00Z',
    seenAt: '2026-01-15T09:40:00Z',
    state: 'stale',
  };
  it('ends with 0 where all is well, with a line for each use case', async () => {
    const overview = status(200, { useCases: [USE_CASE], attention: [] });
    const { exitCode, out } = await run('status', overview, pageOf(worker));
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^✅ Nothing needs an operator\.\n/);
    expect(out).toMatch(/^health +a +10 +12\.5 % +0\.0 % +900 +0\.5 +- +3 +1 +-$/m);
    expect(out).toMatch(/^worker-7d9c +worker +stale +0\.1\.0 +2026-01-15 09:30 UTC +2026-01-15 09:40 UTC$/m);
  });

  it('ends with 1 and names what needs an operator, also of a newer service', async () => {
    const of = { count: 2, useCase: null, modelId: 'a', since: '2026-01-15T09:30:00Z' };
    const attention = [
      { ...of, kind: 'breaker_open' },
      { ...of, kind: 'something_new', useCase: 'health', since: null },
    ];
    const without = status(404, { detail: 'There is no such path' });
    const { exitCode, out } = await run('status', status(200, { useCases: [], attention }), without);
    expect(exitCode).toBe(1);
    expect(out).toContain('   - The breaker of a is open: breakers list, since 2026-01-15 09:30 UTC\n');
    expect(out).toContain('   - something new (use case health)\n');
  });
});

it('whoami names the installation, the actor and the scopes', async () => {
  const session = { actor: 'service:ci', kind: 'service', scopes: ['read', 'audit'], expiresAt: null };
  const { out } = await run('whoami', status(200, session));
  expect(out).toMatch(/^service:ci\n +Service: http:.*\n +Scopes: +read, audit\n$/);
});

it('models show and use-cases show have all that is known', async () => {
  const lifecycle = { status: 'ACTIVE', endOfLifeAt: null };
  const model = { id: 'm', name: 'M', lifecycle, priceDimensions: {}, available: true, selectable: false };
  const reasons = [{ code: 'cooling_down', detail: 'It cools down' }];
  const use = { modelId: 'm', useCases: ['health'], conversations: 1, conversationsCapped: false };
  const shown = await run('models show m', status(200, { ...model, reasons }), status(200, use));
  expect(shown.out).toContain('   - It cools down\n   Used by: use case health, 1 conversation\n');
  const expected = {
    inputTokens: 1,
    outputTokens: 2,
    exchangesPerConversation: 3,
    exchangesPer30Days: 4,
    basis: 'configured',
  };
  const useCase = {
    name: 'health',
    objective: 'cost',
    candidates: ['m'],
    expected,
    clients: 'keys',
    version: 3,
  };
  const ranked = {
    useCase: 'health',
    objective: 'cost',
    models: [{ ...model, rank: 1, active: true, selectable: true }],
  };
  const byMethod = (response: ServerResponse, request: IncomingMessage) => {
    const action = { success: true, action: 'get-for-use-case', data: ranked };
    status(200, request.method === 'GET' ? useCase : action)(response, request);
  };
  const { exitCode, out } = await run('use-cases show health', byMethod, byMethod);
  expect(exitCode).toBe(0);
  expect(out).toMatch(
    /Expected: +1 \+ 2 tokens an exchange, 3 exchanges a conversation, 4 in 30 days, configured\n/,
  );
  expect(out).toMatch(/^1 +m +M +active /m);
});
