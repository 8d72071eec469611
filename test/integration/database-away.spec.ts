import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiInstance } from '../support/api-instance.js';
import { databaseContents } from '../support/database-contents.js';
import { eventually } from '../support/eventually.js';
import { FaultProxy } from '../support/fault-proxy.js';
import {
  createTestEnvironment,
  FAULT_TIMEOUTS,
  SERVICE_KEY,
  type TestEnvironment,
} from '../support/test-env.js';
import { type Answer, userToken } from '../support/test-system.js';

const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const SWITCH = { action: 'switch', modelId: HAIKU, conversationId: 'conv-123', userId: 'user-456' };

let environment: TestEnvironment;
let proxy: FaultProxy;
let api: ApiInstance;
beforeAll(async () => {
  environment = await createTestEnvironment(FAULT_TIMEOUTS);
  const url = environment.variables.DATABASE_URL!;
  proxy = await FaultProxy.before(url);
  api = await ApiInstance.start({ ...environment.variables, DATABASE_URL: proxy.through(url) });
});
afterEach(async () => {
  await proxy.restore();
  await eventually(async () => expect((await api.get('/readyz')).status).toBe(200));
});
afterAll(async () => {
  await api.close();
  await proxy.cut();
  await environment.close();
});

function expectUnavailable({ status, headers, body }: Answer): void {
  expect(status).toBe(503);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({ status: 503, code: 'database_unavailable' });
}

it.each<[string, object]>([
  ['switch', SWITCH],
  ['switch of a use case', { action: 'switch', modelId: HAIKU, useCase: 'clinical' }],
  ['auto-switch', { action: 'auto-switch', useCase: 'health', conversationId: 'conv-123' }],
  ['fallback-switch', { action: 'fallback-switch', reason: 'Throttled' }],
  ['dry run', { ...SWITCH, dryRun: true }],
  ['clear-cache', { action: 'clear-cache' }],
])('a %s gets 503 with Retry-After while PostgreSQL is away, and works again after', async (_, body) => {
  const before = await databaseContents(environment.owner);
  await proxy.cut();
  const answer = await api.act(body);
  expectUnavailable(answer);
  expect(answer.body).toMatchObject({ success: false, error: expect.any(String) });
  expect(await databaseContents(environment.owner)).toEqual(before);
  await proxy.restore();
  await eventually(async () => expect((await api.act({ ...body, dryRun: true })).status).toBe(200));
});

it('reads continue from the cache while PostgreSQL is away', async () => {
  const token = await userToken('user-456');
  const warm = await api.get('/v1/conversations/conv-123/model', token);
  await proxy.cut();
  for (const action of ['list-all', 'get-for-use-case', 'validate']) {
    const { status } = await api.act({ action, useCase: 'health', modelId: SONNET }, token);
    expect({ action, status }).toEqual({ action, status: 200 });
  }
  for (const url of ['/v1/models', '/v1/use-cases', '/v1/assistants'])
    expect((await api.get(url, token)).status).toBe(200);
  const held = await api.get('/v1/conversations/conv-123/model', token);
  expect(held.status).toBe(200);
  expect(held.body).toEqual(warm.body);
  expect(held.headers.etag).toBe(warm.headers.etag);
  expect(await api.get('/v1/conversations/conv-124/model', token)).toMatchObject({ status: 503 });
});

/** Sets the clock of the api, and only that: timers continue. */
async function after<T>(minutes: number, look: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 });
  return look().finally(() => vi.useRealTimers());
}

it('a held conversation is served for an hour without PostgreSQL, and not for longer', async () => {
  const url = '/v1/conversations/conv-200/model';
  expect((await api.get(url)).status).toBe(200);
  await proxy.cut();
  expect((await after(50, () => api.get(url))).status).toBe(200);
  const { status, headers } = await after(70, () => api.get(url));
  expect(status).toBe(503);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
});

it('lists of switches and keys get 503 while PostgreSQL is away', async () => {
  await proxy.cut();
  for (const url of ['/v1/switches', '/v1/keys']) expectUnavailable(await api.get(url));
});

it('a service key that was good before still reads while PostgreSQL is away; one nobody has seen gets 503', async () => {
  const [known, unseen] = [keySecret(), keySecret()];
  await environment.owner.query(
    `INSERT INTO service_keys (id, name, hash, scopes, created_by, created_at)
     VALUES ($1, 'reader', $2, '{read}', 'test', now())`,
    [randomUUID(), createHash('sha256').update(known).digest()],
  );
  expect((await api.act({ action: 'list-all' }, known)).status).toBe(200);
  await proxy.cut();
  expectUnavailable(await api.act({ action: 'list-all' }, unseen));
  expect((await after(50, () => api.act({ action: 'list-all' }, known))).status).toBe(200);
});

const keySecret = () => `bmo_${randomBytes(32).toString('base64url')}`;

it('is alive but not ready while PostgreSQL is away', async () => {
  await proxy.cut();
  expect((await api.get('/livez')).status).toBe(200);
  expectUnavailable(await api.get('/readyz'));
});

it('a switch is answered, with 503, while PostgreSQL is frozen', async () => {
  const before = await databaseContents(environment.owner);
  expect((await api.act({ ...SWITCH, dryRun: true })).status).toBe(200);
  proxy.freeze();
  expectUnavailable(await api.act(SWITCH));
  await proxy.cut();
  expect(await databaseContents(environment.owner)).toEqual(before);
});

describe('a switch whose commit is not answered in time is done, and the answer does not say otherwise', () => {
  const conversationId = () => `unanswered-${randomUUID()}`;
  const unanswered = (request: object, headers = {}) => {
    // BEGIN has the word, too: READ COMMITTED.
    proxy.loseAnswerTo = 'COMMIT\0';
    return api.act(request, SERVICE_KEY, headers);
  };

  it('with a key: it names the key, which gets the answer', async () => {
    const key = randomUUID();
    const request = { ...SWITCH, conversationId: conversationId() };
    const lost = await unanswered(request, { 'idempotency-key': key });
    expect(lost).toMatchObject({ status: 503, body: { code: 'outcome_unknown', idempotencyKey: key } });
    expect(Number(lost.headers['retry-after'])).toBeGreaterThan(0);
    const { rows } = await environment.owner.query(
      'SELECT id FROM switch_events WHERE conversation_id = $1',
      [request.conversationId],
    );
    const again = () => api.act(request, SERVICE_KEY, { 'idempotency-key': key });
    const done = { status: 200, body: { data: { switched: true, switchId: rows[0].id } } };
    await expect.poll(again).toMatchObject(done);
  });

  it('without: it names the id that the switch has', async () => {
    const request = { ...SWITCH, conversationId: conversationId() };
    const { status, body } = await unanswered(request);
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'outcome_unknown' });
    const list = () => api.get(`/v1/switches?conversationId=${request.conversationId}`);
    await expect.poll(list).toMatchObject({ body: { items: [{ id: body.switchId }] } });
  });
});
