import { afterAll, beforeAll, expect, it } from 'vitest';
import { countEvents, databaseContents } from '../support/database-contents.js';
import { eventually } from '../support/eventually.js';
import { TestSystem, userToken } from '../support/test-system.js';

const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

const events = () => countEvents(system.environment.owner);
const switchTo = (modelId: string, conversationId: string, headers: Record<string, string>, token?: string) =>
  system.act({ action: 'switch', modelId, conversationId }, { headers, ...(token && { token }) });
const etagOf = async (conversationId: string) =>
  String((await system.get(`/v1/conversations/${conversationId}/model`)).headers.etag);
const keyed = (key: string, etag?: string) => ({ 'idempotency-key': key, ...(etag && { 'if-match': etag }) });

it('replays the answer byte for byte with its ETag, and switches once', async () => {
  const first = await switchTo(HAIKU, 'replay-1', keyed('key-1'));
  expect(first.body.data.switched).toBe(true);
  await switchTo(NOVA_LITE, 'replay-1', {});
  const before = await databaseContents(system.environment.owner);
  const again = await switchTo(HAIKU, 'replay-1', keyed('key-1'));
  expect(again.status).toBe(200);
  expect(again.text).toBe(first.text);
  expect(first.headers.etag).toMatch(/^".+"$/);
  expect(again.headers.etag).toBe(first.headers.etag);
  expect(again.headers['content-type']).toBe(first.headers['content-type']);
  expect(await databaseContents(system.environment.owner)).toEqual(before);
});

it('replays an answer that changed nothing as well', async () => {
  const body = { action: 'auto-switch', useCase: 'health' };
  const first = await system.act(body, { headers: keyed('key-unchanged') });
  await system.act({ action: 'switch', modelId: HAIKU, useCase: 'health' });
  const again = await system.act(body, { headers: keyed('key-unchanged') });
  expect(first.body.data.switched).toBe(false);
  expect(again.text).toBe(first.text);
});

it.each([
  ['another model', { modelId: NOVA_PRO }],
  ['another conversation', { conversationId: 'other-2' }],
  ['another reason', { reason: 'Because' }],
  ['another wish for a notification', { showNotification: false }],
  ['another action', { action: 'auto-switch', useCase: 'clinical' }],
])('answers 422 to the same key with %s, and changes nothing', async (change, fields) => {
  const body = { action: 'switch', modelId: HAIKU, conversationId: 'other-1' };
  const headers = keyed(`key-${change.replaceAll(' ', '-')}`);
  expect(await system.act(body, { headers })).toMatchObject({ status: 200 });
  const before = await databaseContents(system.environment.owner);
  const { status, body: problem } = await system.act({ ...body, ...fields }, { headers });
  expect(status).toBe(422);
  expect(problem).toMatchObject({ code: 'idempotency_key_reused', success: false });
  expect(await databaseContents(system.environment.owner)).toEqual(before);
});

it('keeps the keys of different callers apart', async () => {
  const [one, two] = [await system.key(['switch'], 'one'), await system.key(['switch'], 'two')];
  const user = await userToken('user-456');
  const answers = [
    await switchTo(NOVA_LITE, 'of-one', keyed('shared'), one),
    await switchTo(NOVA_LITE, 'of-two', keyed('shared'), two),
    await switchTo(HAIKU, 'conv-123', keyed('shared'), user),
  ];
  for (const { status, body } of answers)
    expect({ status, switched: body.data.switched }).toEqual({ status: 200, switched: true });
  const replay = await switchTo(NOVA_LITE, 'of-one', keyed('shared'), one);
  expect(replay.text).toBe(answers[0]!.text);
});

it('keeps the keys of two service keys of one name apart, and not those of a key and its successor', async () => {
  const made = (await system.call('POST', '/v1/keys', { name: 'twins', scopes: ['switch', 'act-as'] })).body;
  const twin = await system.key(['switch', 'act-as'], 'twins');
  const first = await switchTo(NOVA_LITE, 'of-a-twin', keyed('twins'), made.key);
  expect(first.body.data.switched).toBe(true);
  expect((await switchTo(HAIKU, 'of-a-twin', keyed('twins'), twin)).body.data.switched).toBe(true);
  const { body: successor } = await system.call('POST', `/v1/keys/${made.id}/rotate`, {});
  const replay = await switchTo(NOVA_LITE, 'of-a-twin', keyed('twins'), successor.key);
  expect(replay.text).toBe(first.text);
});

it('switches once for concurrent requests with one key; the others get its answer or 409', async () => {
  const before = await events();
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => switchTo(HAIKU, 'concurrent-1', keyed('concurrent'))),
  );
  const done = answers.filter(({ status }) => status === 200);
  expect(done.length).toBeGreaterThanOrEqual(1);
  expect(new Set(done.map(({ text }) => text)).size).toBe(1);
  for (const { status, headers, body } of answers.filter((answer) => answer.status !== 200)) {
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'request_in_progress' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  }
  expect(await events()).toBe(before + 1);
});

it('answers 409 while the first request with the key still runs', async () => {
  const { owner } = system.environment;
  await switchTo(HAIKU, 'slow-1', {});
  await owner.query('BEGIN');
  await owner.query(`SELECT 1 FROM ai_conversations WHERE id = 'slow-1' FOR UPDATE`);
  const first = switchTo(NOVA_LITE, 'slow-1', keyed('slow'));
  await eventually(async () => expect(await waitingForLocks()).toBe(1));
  const second = await switchTo(NOVA_LITE, 'slow-1', keyed('slow'));
  await owner.query('COMMIT');
  expect(second).toMatchObject({ status: 409, body: { code: 'request_in_progress', success: false } });
  expect(await first).toMatchObject({ status: 200, body: { data: { switched: true } } });
});

async function waitingForLocks(): Promise<number> {
  const { rows } = await system.environment.app.query(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows[0].count;
}

it.each([
  ['unknown model', { modelId: 'no.such' }, 404],
  ['model that is not selectable', { modelId: 'amazon.nova-premier-v1:0' }, 409],
  ['bad field', { modelId: '' }, 400],
])(
  'does not store a request that was refused for an %s: the corrected one runs',
  async (_, wrong, status) => {
    const body = { action: 'switch', modelId: NOVA_LITE, conversationId: `corrected-${status}` };
    const headers = keyed(`corrected-${status}`);
    expect(await system.act({ ...body, ...wrong }, { headers })).toMatchObject({ status });
    expect(await system.act(body, { headers })).toMatchObject({
      status: 200,
      body: { data: { switched: true } },
    });
  },
);

it('takes a dry run for what it is: the switch with its key still runs', async () => {
  const body = { action: 'switch', modelId: NOVA_LITE, conversationId: 'dry-key' };
  const headers = keyed('dry-key');
  expect((await system.act({ ...body, dryRun: true }, { headers })).body.data.dryRun).toBe(true);
  const { body: answer } = await system.act(body, { headers });
  expect(answer.data).toMatchObject({ switched: true, switchId: expect.any(String) });
});

it('forgets a key after 24 hours, and not before', async () => {
  const age = (hours: string) =>
    system.environment.owner.query(
      `UPDATE idempotency_keys SET created_at = now() - $1::interval WHERE key = 'old'`,
      [hours],
    );
  const first = await switchTo(NOVA_LITE, 'old-1', keyed('old'));
  await age('23 hours 59 minutes');
  expect((await switchTo(NOVA_LITE, 'old-1', keyed('old'))).text).toBe(first.text);
  await age('24 hours 1 minute');
  const later = await switchTo(NOVA_LITE, 'old-1', keyed('old'));
  expect(later.body.data).toMatchObject({ switched: false });
});

it('switches with a fresh If-Match, and answers 412 with the present ETag to a stale one', async () => {
  const seen = await etagOf('conv-124');
  const first = await system.act(
    { action: 'switch', modelId: HAIKU, conversationId: 'conv-124' },
    { headers: { 'if-match': seen } },
  );
  expect(first).toMatchObject({ status: 200, body: { data: { switched: true } } });
  expect(first.headers.etag).not.toBe(seen);
  expect(await etagOf('conv-124')).toBe(first.headers.etag);
  const before = await databaseContents(system.environment.owner);
  const stale = await switchTo(NOVA_LITE, 'conv-124', { 'if-match': seen });
  expect(stale).toMatchObject({
    status: 412,
    body: { code: 'stale_version', success: false, etag: first.headers.etag },
  });
  expect(await databaseContents(system.environment.owner)).toEqual(before);
});

it('answers 412 to an If-Match from before a switch of the use case', async () => {
  const seen = await etagOf('conv-400');
  await system.act({ action: 'switch', modelId: NOVA_LITE, useCase: 'platform' });
  expect(await switchTo(HAIKU, 'conv-400', { 'if-match': seen })).toMatchObject({ status: 412 });
  expect(await switchTo(HAIKU, 'conv-400', { 'if-match': await etagOf('conv-400') })).toMatchObject({
    status: 200,
  });
});

it('compares If-Match of a use case with its version', async () => {
  const act = (modelId: string, etag: string) =>
    system.act({ action: 'switch', modelId, useCase: 'operations' }, { headers: { 'if-match': etag } });
  const first = await act('eu.mistral.pixtral-large-2502-v1:0', '"1"');
  expect(first).toMatchObject({ status: 200, headers: { etag: '"2"' } });
  expect(await act(SONNET, '"1"')).toMatchObject({ status: 412, body: { etag: '"2"' } });
});

it('replays before it looks at If-Match, which is stale by then', async () => {
  const seen = await etagOf('conv-200');
  const headers = keyed('with-condition', seen);
  const first = await switchTo(NOVA_PRO, 'conv-200', headers);
  expect(first).toMatchObject({ status: 200, body: { data: { switched: true } } });
  const again = await switchTo(NOVA_PRO, 'conv-200', headers);
  expect(again.status).toBe(200);
  expect(again.text).toBe(first.text);
});

it('puts 50 parallel switches of one conversation in a row without a gap', async () => {
  const models = [HAIKU, NOVA_LITE, NOVA_PRO, SONNET, 'eu.anthropic.claude-opus-4-7'];
  const switches = Array.from({ length: 50 }, (_, n) => async () => {
    let answer = await switchTo(models[n % models.length]!, 'busy', {});
    while (answer.status === 503) answer = await switchTo(models[n % models.length]!, 'busy', {});
    return answer;
  });
  const answers = await Promise.all(switches.map((send) => send()));
  for (const { status } of answers) expect(status).toBe(200);
  const switched = answers.filter(({ body }) => body.data.switched).map(({ body }) => body.data);
  expect(switched.length).toBeGreaterThan(10);
  const { rows } = await system.environment.owner.query(
    `SELECT id, seq::int, previous_model_id, lag(new_model_id, 1, $1) OVER (ORDER BY seq) AS before, new_model_id
     FROM switch_events WHERE conversation_id = 'busy' ORDER BY seq`,
    ['eu.amazon.nova-lite-v1:0'],
  );
  expect(rows.map(({ seq }) => seq)).toEqual(switched.map((_, index) => index + 1));
  expect(rows.map(({ id }) => id).sort()).toEqual(switched.map(({ switchId }) => switchId).sort());
  for (const row of rows) expect(row.previous_model_id).toBe(row.before);
  const { body } = await system.get('/v1/conversations/busy/model');
  expect(body.model.id).toBe(rows.at(-1).new_model_id);
});
