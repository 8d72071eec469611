import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { question } from '../support/chat-client.js';
import { ChatSystem, HAIKU, NOVA_MICRO, SONNET } from '../support/chat-system.js';
import { countEvents } from '../support/database-contents.js';
import { eventually } from '../support/eventually.js';
import { TestSystem, userToken } from '../support/test-system.js';

/** Nothing listens there. */
const NO_REDIS = 'redis://127.0.0.1:1';
const LIMITED = { status: 429, body: { code: 'rate_limited' } };

it.each<Record<string, string>>([{}, { REDIS_URL: NO_REDIS }])(
  'a user switches so often a minute, a key as it likes: %j',
  async (redis) => {
    const system = await TestSystem.start({ overrides: { USER_SWITCHES_PER_MINUTE: '4', ...redis } });
    const token = await userToken('user-456');
    const conversationId = randomUUID();
    const act = (body: object, as: string | undefined = token) =>
      system.act({ useCase: 'clinical', conversationId, ...body }, { token: as });
    const to = (modelId: string) => ({ action: 'switch', modelId });
    await act(to(SONNET));
    // Requests that change nothing are not counted.
    for (let n = 0; n < 5; n += 1) {
      expect((await act(to(SONNET))).body.data.switched).toBe(false);
      expect((await act({ ...to(HAIKU), dryRun: true })).status).toBe(200);
      expect((await act(to('no-such'))).status).toBe(404);
    }
    const before = await countEvents(system.environment.owner);
    const many = await Promise.all(
      Array.from({ length: 12 }, () => act({ ...to(HAIKU), conversationId: randomUUID() })),
    );
    expect(many.filter(({ status }) => status === 200)).toHaveLength(3);
    const refused = many.filter(({ status }) => status !== 200);
    for (const answer of refused) expect(answer).toMatchObject(LIMITED);
    expect(Number(refused[0]!.headers['retry-after'])).toBeGreaterThan(0);
    expect(await countEvents(system.environment.owner)).toBe(before + 3);
    const other = await userToken('user-457');
    expect((await act({ ...to(HAIKU), conversationId: randomUUID() }, other)).status).toBe(200);
    const key = await system.key(['switch', 'act-as']);
    expect((await act({ ...to(HAIKU), userId: 'user-456' }, key)).status).toBe(200);
    await system.close();
  },
);

it('a user chats so often a minute', async () => {
  const chats = await ChatSystem.start({ overrides: { USER_CHATS_PER_MINUTE: '2' } });
  const token = await userToken('anna');
  const body = { conversationId: randomUUID(), ...question() };
  const answers = [await chats.chat(body, { token }), await chats.chat(body, { token })];
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await chats.chat(body, { token })).toMatchObject(LIMITED);
  expect((await chats.chat({ ...body, userId: 'anna' })).status).toBe(200);
  await chats.close();
});

it('a user has so many chats at a time, whole or as a stream, and a place again when one ends or breaks off', async () => {
  const chats = await ChatSystem.start({ overrides: { USER_CHATS_AT_ONCE: '2' } });
  const token = await userToken('anna');
  const ask = () => chats.chat({ conversationId: randomUUID(), ...question() }, { token });
  chats.faults({ kind: 'stall', operation: 'ConverseStream' });
  const [one, two] = [new AbortController(), new AbortController()];
  const begun = [one, two].map(({ signal }) =>
    chats.stream({ conversationId: randomUUID(), ...question() }, { token, signal }).catch(() => 'left'),
  );
  // Both hold their places: a question before could have taken that of one.
  await eventually(() => expect(chats.asked(NOVA_MICRO)).toBe(2));
  expect(await ask()).toMatchObject(LIMITED);
  expect((await chats.chat({ conversationId: randomUUID(), ...question() })).status).toBe(200);
  one.abort();
  await eventually(async () => expect((await ask()).status).toBe(200));
  expect((await ask()).status).toBe(200);
  two.abort();
  await Promise.all(begun);
  await chats.close();
});
