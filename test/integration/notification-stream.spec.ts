import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';
import { loadEnv } from '#libs/platform/config/env.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { SseConnections } from '../../apps/api/src/notifications/sse-connections.service.js';
import { HAIKU, NOVA_LITE, OPUS, SONNET } from '../support/catalogue-editing.js';
import { eventually } from '../support/eventually.js';
import { StatementRecorder } from '../support/recorded-plans.js';
import { StreamReader } from '../support/stream-reader.js';
import { TestSystem, userToken } from '../support/test-system.js';

const MOST = 40;
let system: TestSystem;
let url: string;
const open: StreamReader[] = [];
beforeAll(async () => {
  system = await TestSystem.start({ worker: true, overrides: { NOTIFICATION_STREAMS: String(MOST) } });
  url = await listen(system);
});
afterEach(async () => {
  for (const reader of open.splice(0)) reader.leave();
  await eventually(() => expect(system.api.get(SseConnections).size).toBe(0));
});
afterAll(() => system.close());

async function listen({ api }: TestSystem): Promise<string> {
  await api.listen(0, '127.0.0.1');
  return api.getUrl();
}
async function listening(opening: Parameters<typeof StreamReader.ready>[1], at = url): Promise<StreamReader> {
  const reader = await StreamReader.ready(at, opening);
  open.push(reader);
  return reader;
}
const asUser = async (sub: string, after?: number) =>
  listening({ token: await userToken(sub), ...(after !== undefined && { after }) });

async function switched(request: object): Promise<string> {
  const { body } = await system.act({ action: 'switch', ...request });
  expect(body.data).toMatchObject({ switched: true });
  return body.data.switchId;
}
const pick = (conversationId: string, userId: string, modelId: string, more: object = {}) =>
  switched({ conversationId, userId, modelId, ...more });
/** Stores a notification for a user without a switch: for many in a short time. */
async function say(userId: string, message: string): Promise<void> {
  await system.environment.app.query(
    `INSERT INTO notifications (id, kind, audience, user_id, type, title, message, model_id, model_name, silent, occurred_at)
     VALUES (gen_random_uuid(), 'switch', 'user', $1, 'auto', 't', $2, 'm', 'm', false, now())`,
    [userId, message],
  );
  system.api.get(NotificationPublisher, { strict: false }).trigger();
}
const messages = (reader: StreamReader): string[] => reader.received.map(({ message }) => message);

describe('what is published', () => {
  it('reaches whom it concerns, as in the list, and nobody else', async () => {
    const [anna, ben, operator, backEnd] = await Promise.all([
      asUser('anna'),
      asUser('ben'),
      listening({}),
      listening({ userId: 'anna' }),
    ]);
    const id = await pick('anna-1', 'anna', NOVA_LITE, { reason: 'Cost optimization' });
    const bens = await pick('ben-1', 'ben', NOVA_LITE);
    await Promise.all([anna.untilHas(id), backEnd.untilHas(id), ben.untilHas(bens)]);
    const { body } = await system.get('/v1/notifications?userId=anna');
    expect(anna.received).toEqual(body.items);
    expect(anna.lastId).toBe(body.items[0].seq);
    expect(ben.ids).toEqual([bens]);
    expect(operator.ids).toEqual([]);
    expect(anna.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  });

  it('of a use case reaches each follower that listens, once, and operators', async () => {
    const readers = await Promise.all([
      asUser('user-456'),
      asUser('user-456'),
      asUser('user-457'),
      listening({}),
      asUser('user-458'),
    ]);
    const id = await switched({ useCase: 'clinical', modelId: HAIKU });
    const other = await switched({ useCase: 'operations', modelId: SONNET });
    const [, , , operator, elsewhere] = readers as [
      StreamReader,
      StreamReader,
      StreamReader,
      StreamReader,
      StreamReader,
    ];
    for (const reader of readers.slice(0, 3)) await reader.untilHas(id);
    await operator.untilHas(other);
    await elsewhere.untilHas(other);
    for (const reader of readers.slice(0, 3)) expect(reader.ids).toEqual([id]);
    expect(operator.ids.sort()).toEqual([id, other].sort());
    expect(elsewhere.ids).toEqual([other]);
  });

  it('of anybody reaches an auditor who watches everybody, with the breakers', async () => {
    const auditor = await listening({ everybody: true });
    const { lastId } = auditor;
    expect(auditor.breakers).toEqual([]);
    const breakers = system.api.get(BreakersService, { strict: false });
    breakers.failed(OPUS, 'model_gone');
    await auditor.until(() =>
      expect(auditor.breakers).toMatchObject([{ modelId: OPUS, kind: 'model_gone' }]),
    );
    expect((await system.get('/v1/breakers')).body.items).toEqual(auditor.breakers);
    breakers.close(OPUS);
    await auditor.until(() => expect(auditor.breakers).toEqual([]));
    expect(auditor.lastId).toBe(lastId);
    const ids = [
      await pick('olga-1', 'olga', NOVA_LITE),
      await switched({ useCase: 'health', modelId: HAIKU }),
    ];
    for (const id of ids) await auditor.untilHas(id);
    expect((await listening({ everybody: true, after: lastId })).ids.slice(0, 2).sort()).toEqual(ids.sort());
  });

  it('is not streamed where it is silent, neither as it happens nor afterwards', async () => {
    const emil = await asUser('emil');
    const before = emil.lastId!;
    await pick('emil-1', 'emil', NOVA_LITE, { showNotification: false });
    const id = await pick('emil-1', 'emil', SONNET);
    await emil.untilHas(id);
    expect(emil.ids).toEqual([id]);
    const later = await asUser('emil', before);
    expect(later.ids).toEqual([id]);
  });

  it('is read once for all who listen', async () => {
    const crowd = await Promise.all(Array.from({ length: 20 }, (_, n) => asUser(`crowd-${n % 10}`)));
    const recorder = new StatementRecorder();
    system.api.get(DataSource).logger = recorder;
    const id = await pick('crowd-1', 'crowd-1', OPUS);
    for (const reader of [crowd[1]!, crowd[11]!]) await reader.untilHas(id);
    const reads = recorder.take().filter(({ sql }) => sql.includes('FROM notifications n WHERE n.seq >'));
    // One for the ring, and one for each second that went by.
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.length).toBeLessThan(8);
  });
});

describe('who comes back', () => {
  it('continues after the last event it had, and has nothing twice', async () => {
    const first = await asUser('cleo');
    await say('cleo', 'one');
    await first.until(() => expect(messages(first)).toEqual(['one']));
    first.leave();
    await say('cleo', 'two');
    await say('cleo', 'three');
    await eventually(async () => {
      const { body } = await system.get('/v1/notifications?userId=cleo');
      expect(body.items).toHaveLength(3);
    });
    const second = await asUser('cleo', first.lastId);
    expect(messages(second)).toEqual(['two', 'three']);
    await say('cleo', 'four');
    await second.until(() => expect(messages(second)).toEqual(['two', 'three', 'four']));
  });

  it('loses nothing and has nothing twice, however often it comes and goes while others write', async () => {
    const COUNT = 240;
    const writing = (async () => {
      for (let n = 0; n < COUNT; n += 1) await say('dora', String(n));
    })();
    const seen: string[] = [];
    let after = 0;
    while (seen.length < COUNT) {
      const reader = await StreamReader.open(url, { token: await userToken('dora'), after });
      await reader.until(() => expect(reader.received).not.toEqual([]));
      reader.leave();
      await reader.until(() => expect(reader.hasEnded).toBe(true));
      seen.push(...messages(reader));
      after = reader.lastId!;
    }
    await writing;
    expect(seen.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: COUNT }, (_, n) => String(n)),
    );
  });

  it('after a long time gets more than fits in a page, in order', async () => {
    await system.environment.app.query(
      `INSERT INTO notifications (id, kind, audience, user_id, type, title, message, model_id, model_name, silent, occurred_at)
       SELECT gen_random_uuid(), 'switch', 'user', 'late', 'auto', 't', n || repeat(' ', 1000), 'm', 'm', false, now() + n * interval '1 second'
       FROM generate_series(1, 320) n`,
    );
    await system.api.get(NotificationPublisher, { strict: false }).publish();
    const late = await asUser('late', 0);
    expect(messages(late).map(Number)).toEqual(Array.from({ length: 320 }, (_, n) => n + 1));
  });

  it('with a number that was never given waits for what is new', async () => {
    const reader = await asUser('fritz', 1_000_000_000);
    await say('fritz', 'new');
    await reader.until(() => expect(messages(reader)).toEqual(['new']));
  });
});

it('reaches an instance that gets no signal, within the second after which that looks by itself', async () => {
  const api = await createApi(loadEnv({ ...system.environment.variables, REDIS_PREFIX: 'another' }));
  await api.listen(0, '127.0.0.1');
  const reader = await StreamReader.ready(await api.getUrl(), { token: await userToken('greta') });
  await say('greta', 'hello');
  await reader.until(() => expect(messages(reader)).toEqual(['hello']));
  const closed = api.close();
  await reader.until(() => expect(reader.hasEnded).toBe(true));
  await closed;
});

describe('a stream', () => {
  it.each<[string, () => Promise<object>, number]>([
    ['without a right', async () => ({ token: await system.key(['switch'], 'no-right') }), 403],
    [
      'of a user, without act-as',
      async () => ({ token: await system.key(['read'], 'no-act'), userId: 'x' }),
      403,
    ],
    ['of another user', async () => ({ token: await userToken('ida'), userId: 'anna' }), 403],
    ['with a token that is none', async () => ({ token: 'nothing' }), 401],
    ['that continues from nowhere', async () => ({ after: 'x' as unknown as number }), 400],
    ['that continues before the first', async () => ({ after: -1 }), 400],
    ['of nobody', async () => ({ userId: '' }), 400],
  ])('%s is refused', async (_, opening, status) => {
    const { response } = await StreamReader.open(url, await opening());
    expect(response).toMatchObject({ status, problem: { status, code: expect.any(String) } });
  });

  it('ends when the token expires', async () => {
    const now = Math.ceil(Date.now() / 1000);
    const reader = await listening({ token: await userToken('jan', { exp: now + 3_600 }) });
    const staying = await listening({ token: await userToken('jan', { exp: now + 7_200 }) });
    expect(reader.hasEnded).toBe(false);
    vi.useFakeTimers({ toFake: ['Date'], now: (now + 3_600) * 1000 });
    await reader.until(() => expect(reader.hasEnded).toBe(true)).finally(() => vi.useRealTimers());
    expect(staying.hasEnded).toBe(false);
  });

  it('ends when the key is revoked', async () => {
    const { body } = await system.call('POST', '/v1/keys', { name: 'gone-soon', scopes: ['read'] });
    const reader = await listening({ token: body.key });
    await system.call('DELETE', `/v1/keys/${body.id}`);
    await reader.until(() => expect(reader.hasEnded).toBe(true));
  });

  it('is one of ten of a recipient, of half of all of a key, of so many of an instance', async () => {
    const token = await userToken('many');
    for (let n = 0; n < 10; n += 1) await listening({ userId: 'many' });
    const eleventh = await StreamReader.open(url, { userId: 'many' });
    expect(eleventh.response).toMatchObject({ status: 429, problem: { code: 'too_many_streams' } });
    // Streams that a key opens in a user's name take none of the user's own.
    for (let n = 0; n < 10; n += 1) await listening({ token });
    const { response } = await StreamReader.open(url, { token });
    expect(response).toMatchObject({ status: 429, problem: { code: 'too_many_streams' } });
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    for (let n = 0; n < MOST / 2 - 10; n += 1) await listening({ userId: `served-${n}` });
    const one = await StreamReader.open(url, { userId: 'served-last' });
    expect(one.response).toMatchObject({ status: 429, problem: { code: 'too_many_streams' } });
    for (let n = 0; n < 10; n += 1) await asUser(`other-${n}`);
    const full = await StreamReader.open(url, { token: await userToken('too-late') });
    expect(full.response).toMatchObject({ status: 503, problem: { code: 'no_room_for_streams' } });
  });
});
