import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ApiInstance } from '../support/api-instance.js';
import { type TestEmulator, testEmulator } from '../support/bedrock-emulator.js';
import { FaultProxy } from '../support/fault-proxy.js';
import { TestSystem, userToken } from '../support/test-system.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const OPUS = 'eu.anthropic.claude-opus-4-7';
const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const NOVA_MICRO = 'eu.amazon.nova-micro-v1:0';
const PIXTRAL = 'eu.mistral.pixtral-large-2502-v1:0';

let emulator: TestEmulator;
let system: TestSystem;
let proxy: FaultProxy;
/** Another instance, whose PostgreSQL a test can take away. */
let other: ApiInstance;
beforeAll(async () => {
  emulator = await testEmulator();
  system = await TestSystem.start({ overrides: emulator.settings });
  const { variables } = system.environment;
  proxy = await FaultProxy.before(variables.DATABASE_URL!);
  other = await ApiInstance.start({ ...variables, DATABASE_URL: proxy.through(variables.DATABASE_URL!) });
});
afterEach(() => emulator.reset());
afterAll(async () => {
  await other.close();
  await proxy.cut();
  await system.close();
  await emulator.close();
});

const validate = (modelId: string, fields: object = {}, token?: string) =>
  system.act({ action: 'validate', modelId, ...fields }, token === undefined ? {} : { token });
const deep = (modelId: string) => validate(modelId, { deep: true });
const asked = () => emulator.calls().calls.filter(({ plane }) => plane === 'runtime').length;

describe('validate with deep', () => {
  it('asks Bedrock now and answers what it found, with its age', async () => {
    const before = Date.now();
    const { status, body } = await deep(NOVA_MICRO);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      modelId: NOVA_MICRO,
      valid: true,
      exists: true,
      reasons: [],
      check: { outcome: 'passed', costUsd: expect.stringMatching(/^0\.\d{9}$/) },
    });
    expect(asked()).toBe(1);
    const [stored] = (await system.get(`/v1/validations?modelId=${NOVA_MICRO}&limit=1`)).body.items;
    expect(stored).toMatchObject({ method: 'deep', outcome: 'passed', modelId: NOVA_MICRO });
    expect(Date.parse(stored.checkedAt)).toBeGreaterThanOrEqual(before);
    expect(body.data.lastValidatedAt).toBe(stored.checkedAt);
  });

  it('says what a model that works does not take', async () => {
    expect((await deep('eu.anthropic.claude-opus-4-8')).body.data.check).toMatchObject({
      outcome: 'passed',
      detail: expect.stringMatching(/does not take temperature, topP/),
    });
  });

  it('says why a model cannot be used, naming the region that a policy blocks, and no account', async () => {
    emulator.setFaults([{ kind: 'refusal', modelId: NOVA_PRO, reason: 'scp_denied' }]);
    const { body, text } = await deep(NOVA_PRO);
    expect(body.data).toMatchObject({
      valid: false,
      exists: true,
      reasons: [{ code: 'validation_failed', detail: expect.stringContaining('eu-west-3') }],
      check: { outcome: 'failed', errorKind: 'access_denied' },
    });
    expect(text).not.toMatch(/111122223333|assumed-role/);
    const later = await validate(NOVA_PRO);
    expect(later.body.data).toMatchObject({ valid: false, reasons: [{ code: 'validation_failed' }] });
  });

  it('is not valid after a single failure, which leaves the verdict as it was', async () => {
    emulator.setFaults([{ kind: 'error', modelId: OPUS, name: 'InternalServerException' }]);
    expect((await deep(OPUS)).body.data).toMatchObject({
      valid: false,
      reasons: [],
      check: { outcome: 'failed', errorKind: 'unavailable' },
    });
    expect((await validate(OPUS)).body.data).toMatchObject({ valid: true, reasons: [] });
  });

  it('is refused with 429 and Retry-After when the model was asked just before, and asks nobody', async () => {
    expect((await deep(HAIKU)).status).toBe(200);
    const { status, headers, body } = await deep(HAIKU);
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(10);
    expect(body).toMatchObject({ success: false, action: 'validate', code: 'checked_too_often' });
    expect(asked()).toBe(1);
  });

  it('asks once for many concurrent requests, on whichever instance', async () => {
    emulator.setFaults([{ kind: 'latency', plane: 'runtime', ms: 100 }]);
    const question = { action: 'validate', modelId: PIXTRAL, deep: true };
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => (index % 2 ? system.act(question) : other.act(question))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(429)]);
    expect(asked()).toBe(1);
  });

  it('of an unknown model is 200, not valid, and asks nobody', async () => {
    const { status, body } = await deep('eu.nobody.nothing-v1:0');
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ valid: false, exists: false, reasons: [{ code: 'unknown_model' }] });
    expect(body.data).not.toHaveProperty('check');
    expect(asked()).toBe(0);
  });

  it('is for operators alone; looking is for every reader', async () => {
    for (const token of [
      await userToken('user-456'),
      await system.key(['read', 'switch', 'audit', 'admin']),
    ]) {
      const { status, body } = await validate(SONNET, { deep: true }, token);
      expect([status, body.success]).toEqual([403, false]);
      expect((await validate(SONNET, {}, token)).status).toBe(200);
    }
    expect(asked()).toBe(0);
    expect((await validate(SONNET, { deep: true }, await system.key(['read', 'operate']))).status).toBe(200);
  });
});

it('shows a flip to every instance within 250 ms', async () => {
  const seen = async () =>
    (await other.act({ action: 'validate', modelId: NOVA_LITE })).body.data.reasons.map(
      ({ code }: { code: string }) => code,
    );
  expect(await seen()).toEqual([]);
  emulator.setFaults([{ kind: 'refusal', modelId: NOVA_LITE, reason: 'marketplace_pending' }]);
  expect((await deep(NOVA_LITE)).body.data.valid).toBe(false);
  await expect.poll(seen).toEqual(['validation_failed']);
});

describe('GET /v1/validations', () => {
  beforeAll(async () => {
    await system.environment.app.query(
      `INSERT INTO bedrock_model_validations (model_id, checked_at, method, outcome, error_kind, detail, tokens, cost_usd)
       SELECT CASE WHEN n % 2 = 0 THEN $1 ELSE $2 END, now(), 'probe', 'failed', 'unavailable', 'made for a page', 2, 0.000000001 * n
       FROM generate_series(1, 25) AS n`,
      ['eu.amazon.nova-2-lite-v1:0', 'amazon.nova-premier-v1:0'],
    );
  });
  const list = async (query: string, token?: string) =>
    system.get(`/v1/validations${query}`, token === undefined ? {} : { token });

  it('pages through all results, newest first, each once', async () => {
    const ids: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await list(`?limit=7${cursor && `&cursor=${cursor}`}`);
      expect(body.items.length).toBeLessThanOrEqual(7);
      ids.push(...body.items.map(({ id }: { id: number }) => id));
      cursor = body.nextCursor;
    }
    const { rows } = await system.environment.owner.query(
      'SELECT id::int FROM bedrock_model_validations ORDER BY id DESC',
    );
    expect(ids).toEqual(rows.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(25);
  });

  it('shows one model where it is asked to', async () => {
    const { body } = await list('?modelId=eu.amazon.nova-2-lite-v1:0&limit=100');
    expect(body.items).toHaveLength(12);
    expect(body.nextCursor).toBeNull();
    expect(body.items[0]).toEqual({
      id: expect.any(Number),
      modelId: 'eu.amazon.nova-2-lite-v1:0',
      checkedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      method: 'probe',
      outcome: 'failed',
      errorKind: 'unavailable',
      detail: 'made for a page',
      latencyMs: null,
      tokens: 2,
      costUsd: '0.000000024',
    });
    expect((await list('?modelId=nobody')).body).toEqual({ items: [], nextCursor: null });
  });

  it.each(['?limit=0', '?limit=101', '?cursor=abc', '?cursor=0', '?cursor=99999999999999999999', '?model=x'])(
    'refuses %s with 400',
    async (query) => {
      expect((await list(query)).status).toBe(400);
    },
  );

  it.each(['/v1/validations', '/v1/lifecycle'])('%s is for readers of the catalogue', async (path) => {
    expect((await system.get(path, { token: null })).status).toBe(401);
    expect((await system.get(path, { token: await system.key(['switch']) })).status).toBe(403);
    expect((await system.get(path, { token: await system.key(['read']) })).status).toBe(200);
    expect((await system.get(path, { token: await userToken('user-456') })).status).toBe(200);
  });

  it.each(['/v1/validations', '/v1/lifecycle'])('%s is 503 while PostgreSQL is away', async (path) => {
    await proxy.cut();
    const answer = await other.get(path);
    await proxy.restore();
    expect(answer).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});

it('a deep validation while PostgreSQL is away is 503 and asks nobody', async () => {
  await proxy.cut();
  const answer = await other.act({ action: 'validate', modelId: 'eu.amazon.nova-2-lite-v1:0', deep: true });
  await proxy.restore();
  expect(answer).toMatchObject({ status: 503, body: { success: false, code: 'database_unavailable' } });
  expect(asked()).toBe(0);
});
