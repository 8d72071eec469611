import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestSystem, userToken } from '../support/test-system.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';

let system: TestSystem;
let reader: string;
beforeAll(async () => {
  system = await TestSystem.start();
  reader = await system.key(['read']);
  for (const [conversationId, userId] of [
    ['list-a', 'lister'],
    ['list-b', 'lister'],
    ['list-c', 'lister'],
    ['list-d', 'somebody'],
  ])
    await system.act({ action: 'auto-switch', useCase: 'clinical', conversationId, userId });
  await system.act({ action: 'switch', modelId: NOVA_LITE, conversationId: 'list-b' });
  await system.act({ action: 'fallback-switch', reason: 'throttled', conversationId: 'list-c' });
});
afterAll(() => system.close());

const list = async (query: string, token = reader) =>
  (await system.get(`/v1/conversations${query}`, { token })).body;
const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);

describe('a list of conversations', () => {
  it('has each with its effective model and its pin', async () => {
    const { items, nextCursor } = await list('?userId=lister');
    const times = { createdAt: expect.any(String), updatedAt: expect.any(String) };
    const shared = { userId: 'lister', useCase: 'clinical', ...times };
    expect(nextCursor).toBeNull();
    expect(items).toEqual([
      { id: 'list-a', ...shared, modelId: SONNET, pin: null },
      { id: 'list-b', ...shared, modelId: NOVA_LITE, pin: { kind: 'manual', modelId: NOVA_LITE } },
      {
        id: 'list-c',
        ...shared,
        modelId: HAIKU,
        pin: { kind: 'fallback', modelId: HAIKU, failedModelId: SONNET, recheckAt: expect.any(String) },
      },
    ]);
  });

  it.each([
    ['of a use case', '?useCase=clinical', ['list-a', 'list-b', 'list-c', 'list-d'], ['conv-300']],
    ['of another use case', '?useCase=operations', ['conv-300'], ['list-a', 'list-b']],
    ['with a pin', '?pinned=true', ['list-b', 'list-c'], ['list-a', 'list-d']],
    ['that follow', '?pinned=false', ['list-a', 'list-d'], ['list-b', 'list-c']],
    ['on the active model', `?modelId=${SONNET}`, ['list-a', 'list-d'], ['list-b', 'list-c']],
    ['pinned to a model', `?modelId=${NOVA_LITE}`, ['list-b'], ['list-a', 'list-c']],
    ['that follow, of a model', `?modelId=${NOVA_LITE}&pinned=false`, [], ['list-b']],
    [
      'that follow, of a use case and a model',
      `?modelId=${SONNET}&pinned=false&useCase=clinical`,
      ['list-a'],
      [],
    ],
    ['of a user and a model', `?modelId=${SONNET}&userId=lister`, ['list-a'], ['list-b', 'list-d']],
  ])('has only those %s', async (_, query, some, others) => {
    const ids = idsOf(await list(`${query}&limit=100`));
    expect(ids).toEqual(expect.arrayContaining(some));
    for (const other of others) expect(ids).not.toContain(other);
  });

  it.each(['', '&useCase=clinical'])('continues after a page (%s)', async (query) => {
    const first = await list(`?userId=lister&limit=2${query}`);
    expect(idsOf(first)).toEqual(['list-a', 'list-b']);
    expect(idsOf(await list(`?userId=lister&limit=2&cursor=${first.nextCursor}${query}`))).toEqual([
      'list-c',
    ]);
  });

  it('has for a user its own, whatever it asks for', async () => {
    const token = await userToken('somebody');
    expect(idsOf(await list('?useCase=clinical', token))).toEqual(['list-d']);
    const { status } = await system.get('/v1/conversations?userId=lister', { token });
    expect(status).toBe(403);
  });

  it('has for a key no more than its limits allow', async () => {
    const limited = await system.call('POST', '/v1/keys', {
      name: 'limited',
      scopes: ['read'],
      limits: { useCases: ['operations'], users: ['lis'] },
    });
    const token = limited.body.key;
    expect(idsOf(await list('?userId=lister', token))).toEqual([]);
    for (const query of ['?userId=lister&useCase=clinical', '?userId=somebody'])
      expect((await system.get(`/v1/conversations${query}`, { token })).status).toBe(403);
    const inClinical = await system.call('POST', '/v1/keys', {
      name: 'clinical',
      scopes: ['read'],
      limits: { useCases: ['clinical'] },
    });
    expect(idsOf(await list('', inClinical.body.key))).not.toContain('conv-300');
  });
});

describe('one conversation', () => {
  const get = (id: string, token = reader) => system.get(`/v1/conversations/${id}`, { token });

  it.each([
    ['follows', 'list-a', /follows clinical, whose active model is Claude Sonnet 4.6\.$/],
    ['is pinned', 'list-b', /pinned to Amazon Nova Lite by hand\.$/],
    ['has a fallback', 'list-c', /^Claude Haiku 4.5 answers because Claude Sonnet 4.6 failed/],
  ])('that %s says why its model answers', async (_, id, explanation) => {
    const { status, body } = await get(id);
    expect(status).toBe(200);
    expect(body.explanation).toMatch(explanation);
    expect(idsOf(await list('?userId=lister'))).toContain(body.id);
  });

  it('says so where its active model cannot be selected', async () => {
    await system.environment.owner.query(
      `UPDATE bedrock_models SET lifecycle_status = 'EOL' WHERE model_id = 'eu.amazon.nova-pro-v1:0'`,
    );
    await system.act({ action: 'clear-cache' });
    const { body } = await get('conv-300');
    expect(body.modelId).not.toBe('eu.amazon.nova-pro-v1:0');
    expect(body.explanation).toMatch(
      /Amazon Nova Pro, its active model, cannot be selected here, so .* answers\.$/,
    );
  });

  it('is a 404 for another user, and where there is none', async () => {
    const missing = { status: 404, body: { code: 'conversation_not_found' } };
    expect(await get('list-a', await userToken('somebody'))).toMatchObject(missing);
    expect(await get('nope')).toMatchObject(missing);
  });

  it('and its effective model need the right to read; its history needs audit', async () => {
    expect((await system.get('/v1/conversations/list-a/model', { token: reader })).status).toBe(200);
    const history = await system.get('/v1/conversations/list-a/history', { token: reader });
    expect(history).toMatchObject({ status: 403, body: { detail: expect.stringContaining('audit') } });
  });
});
