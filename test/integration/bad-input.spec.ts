import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseContents } from '../support/database-contents.js';
import { type Answer, TestSystem } from '../support/test-system.js';

const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const SWITCH = { action: 'switch', modelId: NOVA_LITE, conversationId: 'conv-123' };
const KIB_32 = 32 * 1024;

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

/** Sends it and sees to it that nothing at all was written. */
async function refused(send: () => Promise<Answer>, status = 400): Promise<Answer> {
  const before = await databaseContents(system.environment.owner);
  const answer = await send();
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ status, code: expect.any(String), detail: expect.any(String) });
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(await databaseContents(system.environment.owner)).toEqual(before);
  return answer;
}

/** A field may be wrong in two ways: it is named all the same. */
const fieldsOf = ({ body }: Answer): string[] => [
  ...new Set<string>(body.errors.map(({ field }: { field: string }) => field)),
];

describe('the action endpoint names the field that is wrong:', () => {
  it.each<[string, object, string[]]>([
    ['an empty conversation id', { ...SWITCH, conversationId: '' }, ['conversationId']],
    [
      'a conversation id of 129 characters',
      { ...SWITCH, conversationId: 'x'.repeat(129) },
      ['conversationId'],
    ],
    ['an empty user id', { ...SWITCH, userId: '' }, ['userId']],
    ['a user id of 129 characters', { ...SWITCH, userId: 'x'.repeat(129) }, ['userId']],
    ['a conversation id that is a number', { ...SWITCH, conversationId: 123 }, ['conversationId']],
    ['a conversation id that is a list', { ...SWITCH, conversationId: ['conv-123'] }, ['conversationId']],
    ['a conversation id that is null', { ...SWITCH, conversationId: null }, ['conversationId']],
    ['a NUL in an id', { ...SWITCH, conversationId: 'conv\u0000123' }, ['conversationId']],
    ['a line break in an id', { ...SWITCH, conversationId: 'conv\n123' }, ['conversationId']],
    ['an escape character in a user id', { ...SWITCH, userId: 'user\u001b[31m' }, ['userId']],
    ['no model', { action: 'switch' }, ['modelId']],
    ['a model that is null', { ...SWITCH, modelId: null }, ['modelId']],
    ['a model with a NUL', { ...SWITCH, modelId: 'eu.\u0000' }, ['modelId']],
    ['a model id of 257 characters', { ...SWITCH, modelId: 'm'.repeat(257) }, ['modelId']],
    ['a reason of 501 characters', { ...SWITCH, reason: 'r'.repeat(501) }, ['reason']],
    ['a reason with a NUL', { ...SWITCH, reason: 'a\u0000b' }, ['reason']],
    ['a reason that is an object', { ...SWITCH, reason: {} }, ['reason']],
    ['showNotification as text', { ...SWITCH, showNotification: 'false' }, ['showNotification']],
    ['dryRun as text, which must not become a real switch', { ...SWITCH, dryRun: 'true' }, ['dryRun']],
    ['an unknown use case', { action: 'get-for-use-case', useCase: 'surgery' }, ['useCase']],
    [
      'an unknown use case to switch',
      { action: 'switch', modelId: NOVA_LITE, useCase: 'surgery' },
      ['useCase'],
    ],
    [
      'an unknown use case to join',
      { action: 'auto-switch', useCase: 'surgery', conversationId: 'c' },
      ['useCase'],
    ],
    [
      'an unknown use case to fall back in',
      { action: 'fallback-switch', reason: 'x', useCase: 'x' },
      ['useCase'],
    ],
    ['no use case to switch automatically', { action: 'auto-switch' }, ['useCase']],
    ['a fallback without a reason', { action: 'fallback-switch' }, ['reason']],
    ['a fallback with an empty reason', { action: 'fallback-switch', reason: '' }, ['reason']],
    ['no model to validate', { action: 'validate' }, ['modelId']],
    [
      'all of these together',
      {
        action: 'switch',
        modelId: 5,
        conversationId: '',
        userId: false,
        reason: 3,
        showNotification: 'yes',
        dryRun: 1,
      },
      ['modelId', 'conversationId', 'userId', 'reason', 'showNotification', 'dryRun'],
    ],
  ])('%s', async (_, body, fields) => {
    const answer = await refused(() => system.act(body));
    expect(fieldsOf(answer).sort()).toEqual([...fields].sort());
    for (const field of fields) expect(answer.body.error).toContain(field);
    expect(answer.body).toMatchObject({ success: false, code: 'invalid_request' });
  });

  it('names the known use cases beside an unknown one', async () => {
    const { body } = await refused(() => system.act({ action: 'auto-switch', useCase: 'surgery' }));
    for (const known of ['clinical', 'health', 'operations', 'platform']) expect(body.error).toContain(known);
  });
});

describe('an unknown action', () => {
  it.each<[string, object]>([
    ['a wrong word', { action: 'list' }],
    ['none', {}],
    ['null', { action: null }],
    ['a number', { action: 1 }],
    ['a list', { action: ['list-all'] }],
    ['a name of the prototype', { action: 'constructor' }],
  ])('(%s) is a 400 that lists the actions', async (_, body) => {
    const answer = await refused(() => system.act(body));
    for (const action of ['list-all', 'get-for-use-case', 'validate', 'switch', 'auto-switch', 'clear-cache'])
      expect(answer.body.error).toContain(action);
    expect(answer.body.error).toContain('fallback-switch');
    expect(fieldsOf(answer)).toEqual(['action']);
  });
});

describe('a body that is no JSON object', () => {
  it.each([
    ['broken JSON', '{"action":'],
    ['plain words', 'list-all'],
    ['nothing', ''],
    ['a list', '[{"action":"list-all"}]'],
    ['a text', '"list-all"'],
    ['a number', '42'],
    ['null', 'null'],
    ['a raw NUL', '{"action":"list-all\u0000"}'],
    ['two documents', '{"action":"list-all"}{"action":"list-all"}'],
    ['a poisoned prototype', '{"action":"clear-cache","__proto__":{"admin":true}}'],
    ['a nested poisoned prototype', '{"action":"clear-cache","a":{"__proto__":{"admin":true}}}'],
    ['an escaped poisoned prototype', '{"action":"clear-cache","\\u005f_proto__":{"admin":true}}'],
    ['a poisoned constructor', '{"action":"clear-cache","constructor":{"prototype":{"admin":true}}}'],
  ])('(%s) is a 400', async (_, body) => {
    const answer = await refused(() => system.act(body));
    expect(answer.body.success).toBe(false);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('that poisons a prototype is a 400 that names it', async () => {
    const { body } = await refused(() => system.act('{"action":"clear-cache","__proto__":{"admin":true}}'));
    expect(body.errors).toMatchObject([{ field: '__proto__' }]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'application/jsonp'])(
    'of type %s is a 415',
    async (type) => {
      const { body } = await refused(
        () =>
          system.call('POST', '/orchestrate', JSON.stringify(SWITCH), { headers: { 'content-type': type } }),
        415,
      );
      expect(body).toMatchObject({ success: false, code: 'unsupported_media_type' });
    },
  );
});

it('takes JSON as text where the edge function was: supabase-js sends a body that is a string so', async () => {
  const ask = (url: string, body: string) =>
    system.call('POST', url, body, { headers: { 'content-type': 'text/plain;charset=UTF-8' } });
  const url = '/functions/v1/orchestrate-bedrock-models';
  expect(await ask(url, '{"action":"list-all"}')).toMatchObject({
    status: 200,
    body: { data: { total: 8 } },
  });
  expect(await ask(url, JSON.stringify({ ...SWITCH, dryRun: true }))).toMatchObject({ status: 200 });
  expect(await ask(url, 'list-all')).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  expect(await ask(url, '{"action":"list-all","__proto__":{}}')).toMatchObject({ status: 400 });
  expect(await ask('/orchestrate', '{"action":"list-all"}')).toMatchObject({ status: 415 });
});

it('takes JSON with a charset', async () => {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  expect(await system.act({ action: 'list-all' }, { headers })).toMatchObject({ status: 200 });
});

it('takes a body of 32 KiB, and answers 413 to one byte more', async () => {
  const frame = JSON.stringify({ action: 'list-all', padding: '' }).length;
  const bodyOf = (size: number) => JSON.stringify({ action: 'list-all', padding: 'x'.repeat(size - frame) });
  expect(await system.act(bodyOf(KIB_32))).toMatchObject({ status: 200 });
  const { body } = await refused(() => system.act(bodyOf(KIB_32 + 1)), 413);
  expect(body).toMatchObject({ success: false, code: 'payload_too_large' });
});

it('ignores unknown fields at the action endpoint, however deep they are', async () => {
  const depth = 10_000;
  const nested = `{"action":"list-all","model":"x","x":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  expect(await system.act(nested)).toMatchObject({ status: 200, body: { data: { total: 8 } } });
});

it('takes ids of 128 characters, in any script, as they are', async () => {
  for (const conversationId of ['x'.repeat(128), 'Gespräch 会話 🙂 <b>"\'; DROP TABLE x; --']) {
    const { status, body } = await system.act({ ...SWITCH, conversationId });
    expect(status).toBe(200);
    expect(body.data.conversationId).toBe(conversationId);
    const { body: found } = await system.get(`/v1/conversations/${encodeURIComponent(conversationId)}/model`);
    expect(found).toMatchObject({ conversationId, known: true, model: { id: NOVA_LITE } });
  }
});

it('refuses ids that cannot be stored as they are', async () => {
  const answer = await refused(() => system.act({ ...SWITCH, conversationId: 'half-a-character-\ud800' }));
  expect(fieldsOf(answer)).toEqual(['conversationId']);
});

describe('a bad header of a switch', () => {
  it.each([
    ['an Idempotency-Key with a space', { 'idempotency-key': 'two words' }, 'idempotency-key'],
    ['an Idempotency-Key of 256 characters', { 'idempotency-key': 'k'.repeat(256) }, 'idempotency-key'],
    ['an empty Idempotency-Key', { 'idempotency-key': '' }, 'idempotency-key'],
    ['an If-Match of 601 characters', { 'if-match': 'e'.repeat(601) }, 'if-match'],
  ])('(%s) is a 400 that names it', async (_, headers, field) => {
    expect(fieldsOf(await refused(() => system.act(SWITCH, { headers })))).toEqual([field]);
  });
});

describe('under /v1', () => {
  it.each([
    ['/v1/switches?conversation=conv-123', 'an unknown filter'],
    ['/v1/conversations/conv-123/model?conversation=1', 'an unknown query field'],
    ['/v1/conversations/conv-123/history?userId=user-456', 'an unknown query field of the history'],
    ['/v1/models?available=true', 'an unknown query field of the models'],
    ['/v1/switches?limit=0', 'a limit of 0'],
    ['/v1/switches?limit=101', 'a limit above 100'],
    ['/v1/switches?limit=1.5', 'a broken limit'],
    ['/v1/switches?limit=many', 'a limit in words'],
    ['/v1/switches?limit=1&limit=2', 'two limits'],
    ['/v1/switches?cursor=', 'an empty cursor'],
    ['/v1/switches?cursor=abc', 'a cursor that we did not make'],
    [`/v1/switches?cursor=${'x'.repeat(201)}`, 'a cursor that is too long'],
    [`/v1/switches?cursor=${Buffer.from('["now","1"]').toString('base64url')}`, 'a forged cursor'],
    ['/v1/conversations/conv-123/history?cursor=abc', 'a cursor of the history that we did not make'],
    ['/v1/keys?cursor=abc', 'a cursor of the keys that is none'],
    ['/v1/switches?from=yesterday', 'a date in words'],
    ['/v1/switches?from=2026-11-22', 'a date without a time'],
    ['/v1/switches?from=2026-11-22T10:00:00', 'a time without a zone'],
    ['/v1/switches?to=2026-02-30T00:00:00Z', 'a day that does not exist'],
    ['/v1/switches?to=1763805600', 'a number as a date'],
    ['/v1/switches?action=switch', 'an unknown action'],
    ['/v1/switches?userId=', 'an empty user id'],
    ['/v1/switches?conversationId=a%00b', 'a NUL in a filter'],
    ['/v1/notifications?limit=101', 'too many notifications'],
    ['/v1/notifications?cursor=0', 'a cursor of the notifications that is none'],
    ['/v1/notifications?cursor=9007199254740993', 'a cursor that no number holds'],
    ['/v1/notifications?kind=sms', 'an unknown kind'],
    ['/v1/notifications?unacknowledged=yes', 'a flag in words'],
    ['/v1/notifications?unacknowledged=', 'an empty flag'],
    ['/v1/notifications?includeSilent=TRUE', 'a flag in capitals'],
    ['/v1/notifications?userId=', 'the notifications of nobody'],
    ['/v1/notifications?userId=a%00b', 'a NUL in a user id'],
    ['/v1/notifications?seq=1', 'an unknown filter of the notifications'],
    ['/v1/conversations/a%00b/model', 'a NUL in a path'],
    [`/v1/conversations/${'x'.repeat(129)}/model`, 'an over-long id in a path'],
    ['/v1/conversations/%E0%A4%A/model', 'a path that is not UTF-8'],
    ['/v1/conversations/new-1/model?useCase=surgery', 'an unknown use case'],
    ['/v1/conversations/new-1/model?assistantId=nobody', 'an unknown assistant'],
  ])('%s (%s) is a 400', async (url) => {
    await refused(() => system.get(url));
  });

  it.each([
    ['/v1/notifications/1/ack', 'an id that is none'],
    ['/v1/notifications/00000000-0000-4000-8000-00000000000g/shown', 'an id with a wrong digit'],
    ['/v1/notifications/00000000-0000-4000-8000-000000000000/ack?user=user-456', 'an unknown query field'],
    ['/v1/notifications/00000000-0000-4000-8000-000000000000/shown?userId=', 'an empty user id'],
  ])('POST %s (%s) is a 400', async (url) => {
    await refused(() => system.call('POST', url));
  });

  it.each<[string, object]>([
    ['an unknown field', { name: 'k', scopes: ['read'], owner: 'me' }],
    ['no name', { scopes: ['read'] }],
    ['a name with spaces', { name: 'my key', scopes: ['read'] }],
    ['the name of the bootstrap key', { name: 'bootstrap', scopes: ['read'] }],
    ['no scopes', { name: 'k', scopes: [] }],
    ['an unknown scope', { name: 'k', scopes: ['root'] }],
    ['an expiry in the past', { name: 'k', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' }],
  ])('a key with %s is a 400', async (_, body) => {
    await refused(() => system.call('POST', '/v1/keys', body));
  });
});
