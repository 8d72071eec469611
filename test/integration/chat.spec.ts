import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, question } from '../support/chat-client.js';
import { ChatSystem, HAIKU, NOVA_LITE, NOVA_MICRO, SONNET } from '../support/chat-system.js';
import { eventually } from '../support/eventually.js';
import { userToken } from '../support/test-system.js';

let chats: ChatSystem;
beforeAll(async () => {
  // Events that arrive together are one delta.
  chats = await ChatSystem.start({ worker: true, paceMs: 2 });
});
afterAll(() => chats.close());
afterEach(() => chats.emulator.reset());

const switchesOf = (conversationId: string) =>
  chats.rows('SELECT * FROM bedrock_model_switches WHERE conversation_id = $1 ORDER BY seq', [
    conversationId,
  ]);
const callsOf = (conversationId: string) =>
  chats.rows('SELECT * FROM model_invocations WHERE conversation_id = $1 ORDER BY started_at', [
    conversationId,
  ]);

describe('the use case', () => {
  it('of a new conversation is joined with the green notification and an audit row', async () => {
    const { status, body } = await chats.chat({
      conversationId: 'new-1',
      useCase: 'clinical',
      userId: 'anna',
      ...question(),
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: true,
      conversationId: 'new-1',
      useCase: 'clinical',
      stopReason: 'end_turn',
    });
    expect(body.model).toEqual({ id: SONNET, name: 'Claude Sonnet 4.6', provider: 'anthropic' });
    expect(body.message).toEqual({ role: 'assistant', content: expect.stringMatching(/\S/) });
    expect(body.notification).toMatchObject({
      title: 'Auto-Switching AI Model',
      type: 'auto',
      modelId: SONNET,
    });
    await expect.poll(() => switchesOf('new-1')).toHaveLength(1);
    expect((await switchesOf('new-1'))[0]).toMatchObject({
      switch_action: 'auto_switch',
      user_id: 'anna',
      on_behalf_of: 'anna',
      previous_model_id: NOVA_MICRO,
      new_model_id: SONNET,
      notification_shown: true,
    });
    const again = await chats.chat({ conversationId: 'new-1', userId: 'anna', ...question() });
    expect(again.body).toMatchObject({ useCase: 'clinical', model: { id: SONNET } });
    expect(again.body).not.toHaveProperty('notification');
    expect([body.created, again.body.created]).toEqual([true, undefined]);
  });

  it('of a conversation that must exist, and does not, is refused before a model is asked', async () => {
    for (const stream of [false, true]) {
      const given = { conversationId: 'conv-132', useCase: 'clinical', mustExist: true, stream };
      const { status, body } = await chats.chat({ ...given, ...question() });
      expect([status, body.code]).toEqual([404, 'conversation_not_found']);
    }
    expect(await callsOf('conv-132')).toEqual([]);
    const moved = { conversationId: 'conv-400', useCase: 'health', mustExist: true };
    expect((await chats.chat({ ...moved, ...question() })).body.created).toBe(undefined);
    expect((await chats.chat({ mustExist: true, ...question() })).body.created).toBe(true);
  });

  it('is the assistant’s, else the conversation’s, else platform', async () => {
    await chats.rows(
      `INSERT INTO ai_assistants (id, name, use_case) VALUES ('nurse', 'Nurse', 'health') ON CONFLICT DO NOTHING`,
    );
    await chats.system.act({ action: 'clear-cache' });
    const asked = async (extra: object) => (await chats.chat({ ...extra, ...question() })).body.useCase;
    expect(await asked({ conversationId: 'a', assistantId: 'nurse' })).toBe('health');
    expect(await asked({ conversationId: 'a' })).toBe('health');
    expect(await asked({ conversationId: 'a', assistantId: 'nurse', useCase: 'operations' })).toBe(
      'operations',
    );
    expect(await asked({ conversationId: 'b' })).toBe('platform');
    expect(await asked({})).toBe('platform');
  });

  it('that is given moves a conversation, silently where that was asked for', async () => {
    await chats.chat({ conversationId: 'moved', ...question() });
    const { body } = await chats.chat({
      conversationId: 'moved',
      useCase: 'clinical',
      showNotification: false,
      ...question(),
    });
    expect(body.model.id).toBe(SONNET);
    expect(body).not.toHaveProperty('notification');
    await expect.poll(() => switchesOf('moved')).toHaveLength(1);
    expect((await switchesOf('moved'))[0].notification_shown).toBe(false);
  });

  it('a chat without a conversation begins one', async () => {
    const { body } = await chats.chat(question());
    expect(body.conversationId).toMatch(/^[\da-f-]{36}$/);
    expect(await callsOf(body.conversationId)).toHaveLength(1);
  });
});

describe('a stream', () => {
  it('names who answers, then the text, then the whole answer once', async () => {
    const frames = await chats.stream({ conversationId: 'streamed', useCase: 'clinical', ...question() });
    expect(eventsOf(frames)).toEqual(['model', 'delta', 'done']);
    expect(frames[0]!.data).toEqual({
      model: { id: SONNET, name: 'Claude Sonnet 4.6', provider: 'anthropic' },
      notification: expect.objectContaining({ type: 'auto' }),
    });
    const { data } = frames.at(-1)!;
    const deltas = frames.filter(({ event }) => event === 'delta').map((frame) => frame.data.text);
    expect(deltas.length).toBeGreaterThan(1);
    expect(data.message.content).toBe(deltas.join(''));
    expect(data.usage).toMatchObject({ estimated: false, costUsd: expect.stringMatching(/^0\.\d{9,}$/) });
    const { inputTokens, outputTokens, costUsd } = data.usage;
    expect(data.attempts).toEqual([
      {
        ...{ modelId: SONNET, outcome: 'answered', errorKind: null, ms: expect.any(Number) },
        billed: {
          ...{ input: inputTokens, output: outputTokens, cacheRead: 0, cacheWrite: 0 },
          ...{ estimated: false, costUsd, priceVersion: expect.any(Number) },
        },
      },
    ]);
  });

  it('that its client leaves stops the model immediately, and is recorded as cancelled', async () => {
    chats.faults({ kind: 'stall', afterEvents: 4 });
    const gone = new AbortController();
    for await (const { event } of chats.frames(
      { conversationId: 'left', ...question() },
      { signal: gone.signal },
    ))
      if (event === 'delta') break;
    gone.abort();
    await eventually(() => expect(chats.emulator.calls().calls.at(-1)!.outcome).toBe('client_gone'));
    await expect.poll(() => callsOf('left')).toHaveLength(1);
    const [call] = await callsOf('left');
    expect(call).toMatchObject({
      outcome: 'cancelled',
      error_kind: 'cancelled',
      estimated: true,
      streamed: true,
    });
    expect(call.output_tokens).toBeGreaterThan(0);
  });

  it('a whole answer that its client leaves stops the model, too, and its prompt is billed', async () => {
    chats.faults({ kind: 'stall' });
    const gone = new AbortController();
    const asked = chats.chat({ conversationId: 'left-whole', ...question() }, { signal: gone.signal });
    await eventually(() => expect(chats.asked(NOVA_MICRO)).toBe(1));
    gone.abort();
    await expect(asked).rejects.toThrow();
    await eventually(() => expect(chats.emulator.calls().calls.at(-1)!.outcome).toBe('client_gone'));
    await expect
      .poll(() => callsOf('left-whole'))
      .toMatchObject([{ outcome: 'cancelled', estimated: true, output_tokens: 0 }]);
    expect(Number((await callsOf('left-whole'))[0].cost_usd)).toBeGreaterThan(0);
  });
});

describe('who may chat', () => {
  it('a user in its own conversations, and in no other', async () => {
    const [anna, berta] = [await userToken('anna'), await userToken('berta')];
    const annas = randomUUID();
    const mine = { conversationId: annas, ...question() };
    expect((await chats.chat(mine, { token: anna })).status).toBe(200);
    expect((await chats.chat(mine, { token: berta })).status).toBe(404);
    expect((await chats.chat({ ...mine, userId: 'berta' }, { token: anna })).status).toBe(403);
    expect((await callsOf(annas))[0]).toMatchObject({
      user_id: 'anna',
      actor: 'user:anna',
      on_behalf_of: null,
      key_owner: null,
    });
  });

  it('a key that may switch, and act for users only with act-as', async () => {
    const [both, switcher, reader] = await Promise.all([
      chats.system.key(['switch', 'act-as']),
      chats.system.key(['switch']),
      chats.system.key(['read', 'audit']),
    ]);
    const body = { conversationId: 'carls', userId: 'carl', ...question() };
    expect((await chats.chat(body, { token: both })).status).toBe(200);
    expect((await chats.chat({ ...body, userId: 'dora' }, { token: both })).status).toBe(404);
    expect((await chats.chat(body, { token: switcher })).status).toBe(403);
    expect((await chats.chat(question(), { token: switcher })).status).toBe(200);
    expect((await chats.chat({ conversationId: 'carls', ...question() }, { token: reader })).status).toBe(
      403,
    );
    expect((await callsOf('carls'))[0]).toMatchObject({
      user_id: 'carl',
      on_behalf_of: 'carl',
      key_owner: 'key-switch-act-as',
    });
  });

  it('two keys of one name, whose calls differ in their key', async () => {
    const name = 'a-name';
    const first = await chats.system.key(['switch'], name);
    const { body: second } = await chats.system.call('POST', '/v1/keys', { name, scopes: ['switch'] });
    for (const [token, conversationId] of [
      [first, 'of-the-first'],
      [second.key, 'of-the-second'],
    ])
      expect((await chats.chat({ conversationId, ...question() }, { token })).status).toBe(200);
    expect(await callsOf('of-the-first')).toMatchObject([{ actor: `service:${name}`, key_owner: name }]);
    expect(await callsOf('of-the-second')).toMatchObject([
      { actor: `service:${name}`, key_owner: `key:${second.id}` },
    ]);
  });

  it('nobody without a token', async () => {
    expect((await chats.chat(question(), { token: 'nonsense' })).status).toBe(401);
  });
});

describe('the policy of every hop', () => {
  it('lets no fallback go where its use case’s prompts may not', async () => {
    await chats.rows(
      `UPDATE use_cases SET allowed_regions = '{eu-central-1,eu-north-1,eu-west-1,eu-west-3}' WHERE name = 'clinical'`,
    );
    await chats.rows(
      `UPDATE bedrock_models SET destination_regions = '{eu-central-1,eu-west-1}' WHERE model_id = $1`,
      [SONNET],
    );
    await chats.system.act({ action: 'clear-cache' });
    chats.faults({ kind: 'error', name: 'ModelNotReadyException', modelId: SONNET });
    const { status, body } = await chats.chat({ useCase: 'clinical', ...question() });
    expect(status).toBe(503);
    expect(
      body.attempts.map(({ outcome, errorKind }: Record<string, string>) => [outcome, errorKind]),
    ).toEqual([
      ['failed', 'not_ready'],
      ['skipped', 'destination_not_allowed'],
      ['skipped', 'destination_not_allowed'],
    ]);
    expect(chats.asked(HAIKU)).toBe(0);
    await chats.rows(`UPDATE use_cases SET allowed_regions = NULL WHERE name = 'clinical'`);
    await chats.system.act({ action: 'clear-cache' });
  });

  it('stays among the candidates, and follows the pin of an operator', async () => {
    await chats.chat({ conversationId: 'pinned', ...question() });
    await chats.system.act({
      action: 'switch',
      modelId: SONNET,
      conversationId: 'pinned',
      reason: 'a second opinion',
    });
    chats.faults({ kind: 'error', name: 'ModelNotReadyException', modelId: SONNET });
    const { body } = await chats.chat({ conversationId: 'pinned', ...question() });
    expect(body.attempts.map(({ modelId }: { modelId: string }) => modelId)).toEqual([SONNET, NOVA_MICRO]);
    expect(body.model.id).toBe(NOVA_MICRO);
    expect([NOVA_MICRO, NOVA_LITE]).toContain(body.model.id);
  });
});

describe('bad input is refused by the name of its field, before anything is asked or made', () => {
  const ask = { role: 'user', content: 'Hi' };
  it.each<[string, object]>([
    ['messages', {}],
    ['messages', { messages: [] }],
    ['messages.0.role', { messages: [{ role: 'system', content: 'Hi' }] }],
    ['messages.0.role', { messages: [{ role: 'assistant', content: 'Hi' }] }],
    ['messages', { messages: [ask, { role: 'assistant', content: 'Hello' }] }],
    ['messages.0.content', { messages: [{ role: 'user', content: '  ' }] }],
    ['messages.0.content.0.text', { messages: [{ role: 'user', content: [{ text: ' ' }] }] }],
    ['temperature', { messages: [ask], temperature: 2 }],
    ['maxTokens', { messages: [ask], maxTokens: 0 }],
    ['useCase', { messages: [ask], useCase: 'dentistry', conversationId: 'never-made' }],
    ['assistantId', { messages: [ask], assistantId: 'nobody' }],
    ['conversationId', { messages: [ask], conversationId: 'x'.repeat(129) }],
    ['body', { messages: [ask], model: 'gpt' }],
  ])('%s', async (field, body) => {
    const { status, body: problem } = await chats.chat(body);
    expect(status).toBe(400);
    expect(problem.errors.map((error: { field: string }) => error.field)).toContain(field);
    expect(chats.emulator.calls().calls).toEqual([]);
    expect(await chats.rows(`SELECT 1 FROM ai_conversations WHERE id = 'never-made'`)).toEqual([]);
  });

  it('a body of up to 1 MiB is read, and no larger one', async () => {
    const long = (bytes: number) => chats.chat(question('x'.repeat(bytes)));
    expect((await long(1024 * 1024 - 200)).status).not.toBe(413);
    expect(await long(1024 * 1024 + 1)).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
    expect(
      (await chats.system.act({ action: 'switch', modelId: 'x', reason: 'y'.repeat(40_000) })).status,
    ).toBe(413);
  });
});

it('leaves neither questions nor answers in anything that was written', async () => {
  const canary = 'KANARIENVOGEL-4711';
  const asked = {
    conversationId: 'secret',
    useCase: 'clinical',
    system: `You know ${canary}-system`,
    ...question(`${canary}-question`),
  };
  const answered = await chats.chat(asked);
  chats.faults(
    { kind: 'cut', afterEvents: 4, modelId: SONNET },
    { kind: 'error', name: 'ValidationException', modelId: HAIKU },
  );
  await chats.stream(asked);
  expect(JSON.stringify(answered.body)).toContain(canary);
  await expect.poll(() => callsOf('secret')).toHaveLength(2);
  const tables = await chats.rows(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
  for (const { tablename } of tables) {
    const found = await chats.rows(
      `SELECT 1 FROM "${tablename}" AS t WHERE t::text LIKE '%${canary}%' LIMIT 1`,
    );
    expect([tablename, found]).toEqual([tablename, []]);
  }
});
