import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedRedis, startRedis } from '../../scripts/embedded/redis.js';
import { type TestEmulator, testEmulator } from '../support/bedrock-emulator.js';
import { eventually } from '../support/eventually.js';
import { BuiltApi, type BuiltProcess, startWorker } from '../support/processes.js';
import { createTestEnvironment, SERVICE_KEY, type TestEnvironment } from '../support/test-env.js';
import { userToken } from '../support/test-system.js';

const REASON = `canary-reason-${randomUUID()}`;
const FAILING = `${REASON} that the audit table refuses`;
const REFUSED = `${REASON} that the event table refuses`;
const PROMPT = `canary-prompt-${randomUUID()}`;
const WRONG_KEY = `canary-wrong-key-${randomUUID()}`;

let redis: EmbeddedRedis;
let environment: TestEnvironment;
let worker: BuiltProcess;
let api: BuiltApi;
let emulator: TestEmulator;
let key: string;
let token: string;
/** Status of every request that was sent, by what it was about. */
const answered: Record<string, number> = {};

beforeAll(async () => {
  redis = await startRedis();
  emulator = await testEmulator();
  environment = await createTestEnvironment({
    ...emulator.settings,
    REDIS_URL: redis.url,
    LOG_LEVEL: 'trace',
  });
  const { owner, variables } = environment;
  await owner.query(
    `ALTER TABLE bedrock_model_switches ADD CONSTRAINT canary CHECK (reason IS DISTINCT FROM '${FAILING}')`,
  );
  await owner.query(
    `ALTER TABLE switch_events ADD CONSTRAINT canary CHECK (reason IS DISTINCT FROM '${REFUSED}')`,
  );
  worker = startWorker(variables);
  api = await BuiltApi.start(variables);
  key = (await api.send('POST', '/v1/keys', { name: 'canary', scopes: ['switch', 'act-as', 'operate'] })).body
    .key;
  token = await userToken('user-456');
  await sendAll();
});
afterAll(async () => {
  await Promise.all([api?.stop(), worker?.stop()]);
  await Promise.all([environment?.close(), redis?.stop(), emulator?.close()]);
});

async function sendAll(): Promise<void> {
  const note = (about: string, { status }: { status: number }) => {
    answered[about] = status;
  };
  const change = (modelId: string, more: object = {}) => ({
    action: 'switch',
    modelId,
    conversationId: 'canary',
    reason: REASON,
    ...more,
  });
  const again = { token: key, headers: { 'idempotency-key': 'canary' } };
  const pro = 'eu.amazon.nova-pro-v1:0';
  const lite = 'eu.amazon.nova-lite-v1:0';
  note('switched', await api.act(change(lite), again));
  note('another body for the key', await api.act(change(pro), again));
  note('dry run', await api.act(change(pro, { dryRun: true }), { token: key }));
  note('fallback', await api.act({ action: 'fallback-switch', conversationId: 'canary', reason: REASON }));
  note('unknown model', await api.act(change('no-such-model')));
  note('ended model', await api.act(change('anthropic.claude-3-5-sonnet-20241022-v2:0')));
  note('too long', await api.act(change(pro, { reason: REASON.repeat(20) })));
  note('control characters', await api.act(change(pro, { reason: `${REASON}\0` })));
  note('not a candidate', await api.act(change(pro, { conversationId: 'conv-123' }), { token }));
  note('wrong key', await api.act(change(pro), { token: WRONG_KEY }));
  note('event refused by PostgreSQL', await api.act(change(pro, { reason: REFUSED })));
  note('audit row refused by PostgreSQL', await api.act(change(pro, { reason: FAILING })));
  await sendChats(note);
  const broken = `{"action":"switch","reason":"${REASON}`;
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  note('not JSON', await fetch(`${api.url}/orchestrate`, { method: 'POST', headers, body: broken }));
}

/** Questions are as secret as keys, and so are answers: the emulated models repeat what they are asked. */
async function sendChats(note: (about: string, answer: { status: number }) => void): Promise<void> {
  const chat = (extra: object = {}) =>
    api.send('POST', '/v1/chat', {
      conversationId: 'canary-chat',
      system: `${PROMPT} system`,
      messages: [{ role: 'user', content: PROMPT }],
      ...extra,
    });
  const answer = await chat();
  expect(JSON.stringify(answer.body), 'the answer holds the canary').toContain(PROMPT);
  note('chat', answer);
  emulator.setFaults([{ kind: 'error', name: 'ValidationException', message: `unexpected: ${PROMPT}` }]);
  note('chat that no model accepts', await chat());
  emulator.setFaults([{ kind: 'error', name: 'InternalServerException', message: PROMPT }]);
  note('chat that no model answers', await chat({ useCase: 'clinical' }));
  emulator.setFaults([]);
  note('chat that is not valid', await chat({ messages: [{ role: PROMPT, content: PROMPT }] }));
  const onWire = (operation: string, extra: object = {}) =>
    api.send('POST', `/bedrock/model/clinical/${operation}`, {
      messages: [{ role: 'user', content: [{ text: PROMPT }] }],
      ...extra,
    });
  const whole = await onWire('converse');
  expect(JSON.stringify(whole.body), 'the answer holds the canary').toContain(PROMPT);
  note('wire', whole);
  emulator.setFaults([{ kind: 'error', name: 'ValidationException', message: `unexpected: ${PROMPT}` }]);
  note('wire that no model accepts', await onWire('converse', { toolConfig: { tools: [PROMPT] } }));
  emulator.setFaults([]);
  await sendToOpenAi(note);
  await sendToAnthropic(note);
}

async function sendToOpenAi(note: (about: string, answer: { status: number }) => void): Promise<void> {
  const ask = (extra: object = {}) =>
    api.send('POST', '/openai/v1/chat/completions', {
      model: 'clinical',
      messages: [{ role: 'user', content: PROMPT }],
      ...extra,
    });
  const whole = await ask();
  expect(JSON.stringify(whole.body), 'the answer holds the canary').toContain(PROMPT);
  note('OpenAI', whole);
  note('OpenAI that is not valid', await ask({ response_format: { type: PROMPT }, stop: [PROMPT, 5] }));
  note('OpenAI with unknown members', await ask({ [PROMPT]: PROMPT }));
  emulator.setFaults([{ kind: 'error', name: 'ValidationException', message: `unexpected: ${PROMPT}` }]);
  note('OpenAI that no model accepts', await ask());
  emulator.setFaults([]);
}

async function sendToAnthropic(note: (about: string, answer: { status: number }) => void): Promise<void> {
  const ask = (extra: object = {}) =>
    api.send('POST', '/anthropic/v1/messages', {
      ...{ model: 'clinical', max_tokens: 2_000, messages: [{ role: 'user', content: PROMPT }] },
      ...extra,
    });
  for (const model of ['clinical', 'auto']) {
    const whole = await ask({ model });
    expect(JSON.stringify(whole.body), 'the answer holds the canary').toContain(PROMPT);
    note(`Anthropic, ${model}`, whole);
  }
  note(
    'Anthropic that is not valid',
    await ask({ container: PROMPT, tools: [{ type: `web_search_${PROMPT}` }] }),
  );
  const wrong = { model: 'auto', [PROMPT]: PROMPT, tools: [{ type: PROMPT }] };
  note('Anthropic that only Claude takes', await ask(wrong));
  emulator.setFaults([{ kind: 'error', name: 'ValidationException', message: `unexpected: ${PROMPT}` }]);
  note('Anthropic that no model accepts', await ask({ metadata: { user_id: PROMPT.repeat(5) } }));
  emulator.setFaults([]);
}

const failuresInOutbox = async () =>
  (await environment.owner.query('SELECT failures, history::text FROM outbox')).rows;

/** Everything that Redis holds, whatever its kind. */
async function everythingInRedis(): Promise<string> {
  const client = new Redis(redis.url);
  const readers: Record<string, (name: string) => Promise<unknown>> = {
    string: (name) => client.get(name),
    hash: (name) => client.hgetall(name),
    list: (name) => client.lrange(name, 0, -1),
    set: (name) => client.smembers(name),
    zset: (name) => client.zrange(name, '0', '-1'),
    stream: (name) => client.xrange(name, '-', '+'),
  };
  const names = await client.keys('*');
  const values = await Promise.all(
    names.map(async (name) => [name, await readers[await client.type(name)]!(name)]),
  );
  client.disconnect();
  return JSON.stringify(values);
}

/** Tables that hold the text anywhere in a row. */
async function tablesWith(text: string): Promise<string[]> {
  const { rows } = await environment.owner.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const sql = `SELECT FROM ${name} t WHERE strpos(t::text, $1) > 0 LIMIT 1`;
    if ((await environment.owner.query(sql, [text])).rowCount) found.push(name);
  }
  return found;
}

const secrets = () => [REASON, PROMPT, SERVICE_KEY, key, token, WRONG_KEY];
const secretsIn = (text: string) => secrets().filter((secret) => text.includes(secret));

it('meets every way in which a request can end', () => {
  expect(answered).toEqual({
    switched: 200,
    'another body for the key': 422,
    'dry run': 200,
    fallback: 200,
    'unknown model': 404,
    'ended model': 409,
    'too long': 400,
    'control characters': 400,
    'not a candidate': 403,
    'wrong key': 401,
    'event refused by PostgreSQL': 500,
    'audit row refused by PostgreSQL': 200,
    chat: 200,
    'chat that no model accepts': 400,
    'chat that no model answers': 503,
    'chat that is not valid': 400,
    wire: 200,
    OpenAI: 200,
    'OpenAI that is not valid': 400,
    'OpenAI with unknown members': 400,
    'OpenAI that no model accepts': 400,
    'wire that no model accepts': 400,
    'Anthropic, clinical': 200,
    'Anthropic, auto': 200,
    'Anthropic that is not valid': 400,
    'Anthropic that only Claude takes': 400,
    'Anthropic that no model accepts': 400,
    'not JSON': 400,
  });
});

it('keeps reasons, keys and tokens out of Redis, with jobs that were done and jobs that failed', async () => {
  await eventually(async () => expect((await failuresInOutbox())[0]?.failures).toBeGreaterThan(0));
  // PostgreSQL has the failure shortly before Redis does.
  const held = await eventually(async () => {
    const all = await everythingInRedis();
    expect(all, 'the failed job is there to be searched').toContain('violates check constraint');
    return all;
  });
  expect(held).toContain('switching.record-switch');
  expect(secretsIn(held)).toEqual([]);
});

it('keeps them out of the outbox and its history of failures', async () => {
  const [entry] = await failuresInOutbox();
  expect(entry.history).toContain('violates check constraint');
  expect(secretsIn(entry.history)).toEqual([]);
});

it('stores a reason in the switch, its audit row and the answer for its key, and a secret nowhere', async () => {
  await environment.owner.query('ALTER TABLE bedrock_model_switches DROP CONSTRAINT canary');
  await eventually(async () => expect(await failuresInOutbox()).toEqual([]));
  expect(await tablesWith(REASON)).toEqual([
    'bedrock_model_switches',
    'idempotency_keys',
    'notifications',
    'switch_events',
  ]);
  for (const secret of [PROMPT, SERVICE_KEY, key, token, WRONG_KEY])
    expect(await tablesWith(secret)).toEqual([]);
});

it('logs one JSON object per line, and none of it a reason, a key, a token or an authorization header', async () => {
  await Promise.all([api.stop(), worker.stop()]);
  for (const { stdout, stderr } of [api, worker]) {
    expect(stderr).toBe('');
    const lines = stdout.trim().split('\n');
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number) });
    expect(secretsIn(stdout)).toEqual([]);
    expect(stdout).not.toMatch(/authorization|bearer /i);
  }
  expect(api.stdout, 'errors are logged at all').toContain('"code":"internal_error"');
});
