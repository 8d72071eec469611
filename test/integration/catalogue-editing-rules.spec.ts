import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CatalogueEditing,
  fieldsOf,
  type Method,
  NOVA_LITE,
  newcomer,
  SONNET,
} from '../support/catalogue-editing.js';
import { databaseContents } from '../support/database-contents.js';
import { userToken } from '../support/test-system.js';

let catalogue: CatalogueEditing;
let others: string;
beforeAll(async () => {
  catalogue = await CatalogueEditing.start();
  others = await catalogue.system.key(['read', 'switch', 'act-as', 'audit', 'admin'], 'all-but-operate');
});
afterAll(() => catalogue?.close());

/** Everything stored but when a key was last used, which is written by and by. */
const contents = async () => {
  const { service_keys: _, ...stored } = await databaseContents(catalogue.system.environment.owner);
  return stored;
};

const EDITS: [method: Method, path: string, body: object][] = [
  ['POST', 'models', { ...newcomer, id: 'refused' }],
  ['PATCH', `models/${SONNET}`, { tier: 1 }],
  ['POST', `models/${SONNET}/retire`, {}],
  ['PUT', 'use-cases/refused', { candidates: [SONNET] }],
  ['PUT', 'assistants/refused', { name: 'x', useCase: 'clinical' }],
];

describe('who may', () => {
  it.each(EDITS)('%s %s needs the scope operate', async (method, path, body) => {
    const user = await userToken('user-456');
    const before = await contents();
    for (const token of [others, user])
      expect((await catalogue.edit(method, path, body, token)).status).toBe(403);
    expect((await catalogue.system.call(method, `/v1/${path}`, body, { token: null })).status).toBe(401);
    expect(await contents()).toEqual(before);
  });

  it('reads the changes: operators and auditors, nobody else', async () => {
    const statusFor = async (token: string) =>
      (await catalogue.system.get('/v1/catalogue/changes', { token })).status;
    expect(await statusFor(catalogue.operator)).toBe(200);
    expect(await statusFor(await catalogue.system.key(['audit']))).toBe(200);
    expect(await statusFor(await catalogue.system.key(['read', 'switch', 'act-as', 'admin']))).toBe(403);
    expect(await statusFor(await userToken('user-456'))).toBe(403);
  });
});

describe('bad input is refused and each field is named', () => {
  const tooLong = 'x'.repeat(257);
  it.each<[Method, string, object, string[]]>([
    ['POST', 'models', {}, ['id', 'name', 'provider', 'foundationModelId', 'invokeWith']],
    ['POST', 'models', { ...newcomer, id: tooLong, name: '' }, ['id', 'name']],
    [
      'POST',
      'models',
      { ...newcomer, id: 'x', useCase: 'nope', successorId: 'nope' },
      ['useCase', 'successorId'],
    ],
    [
      'PATCH',
      `models/${SONNET}`,
      { inputPricePer1k: 0.1, outputPricePer1k: '-1' },
      ['inputPricePer1k', 'outputPricePer1k'],
    ],
    ['PATCH', `models/${SONNET}`, { inputPricePer1k: '0.1234567890123' }, ['inputPricePer1k']],
    [
      'PATCH',
      `models/${SONNET}`,
      { maxTokens: 0, contextWindow: 1.5, tier: -1 },
      ['maxTokens', 'contextWindow', 'tier'],
    ],
    ['PATCH', `models/${SONNET}`, { destinationRegions: ['Frankfurt'] }, ['destinationRegions']],
    ['PATCH', `models/${SONNET}`, { destinationRegions: [] }, ['destinationRegions']],
    ['PATCH', `models/${SONNET}`, { invokeWith: 'luck', available: 'yes' }, ['invokeWith', 'available']],
    ['PATCH', `models/${SONNET}`, { useCase: null }, ['useCase']],
    ['POST', `models/${SONNET}/retire`, { successorId: '' }, ['successorId']],
    ['PUT', 'use-cases/health', { objective: 'luck', candidates: [] }, ['objective', 'candidates']],
    ['PUT', 'use-cases/health', { candidates: [NOVA_LITE, NOVA_LITE] }, ['candidates']],
    ['PUT', 'use-cases/health', { candidates: ['no-such'] }, ['candidates']],
    [
      'PUT',
      'use-cases/health',
      { allowedRegions: [], onModelFailure: 'x', onModelRecovery: 'x' },
      ['allowedRegions', 'onModelFailure', 'onModelRecovery'],
    ],
    [
      'PUT',
      'use-cases/health',
      { exchangesPer30Days: 0, inputTokensPerExchange: '1' },
      ['inputTokensPerExchange', 'exchangesPer30Days'],
    ],
    ['PUT', 'assistants/helper', {}, ['name', 'useCase']],
  ])('%s %s %j', async (method, path, body, fields) => {
    const before = await contents();
    const refused = await catalogue.edit(method, path, body);
    expect(refused.status).toBe(400);
    const named = fieldsOf(refused).map((field) => field.split('.')[0]);
    expect([...new Set(named)].toSorted()).toEqual(fields.toSorted());
    expect(await contents()).toEqual(before);
  });

  it.each(EDITS)('%s %s refuses a field that it does not know, and names it', async (method, path, body) => {
    const refused = await catalogue.edit(method, path, { ...body, activeModelId: SONNET });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('activeModelId');
  });

  it.each([
    ['PATCH', `models/${SONNET}`],
    ['PUT', 'use-cases/health'],
  ] as const)('%s %s with nothing to change', async (method, path) => {
    expect(await catalogue.edit(method, path, {})).toMatchObject({ status: 400 });
  });

  it('an edit of what is not there is 404, a filter that does not exist 400', async () => {
    expect(await catalogue.editModel('no-such', { tier: 1 })).toMatchObject({
      status: 404,
      body: { code: 'model_not_found' },
    });
    for (const query of ['entity=price', 'cursor=x', 'limit=0', 'nope=1'])
      expect((await catalogue.system.get(`/v1/catalogue/changes?${query}`)).status).toBe(400);
  });

  it('an id may be as long as ids are, and hold a slash', async () => {
    const id = `arn:aws:bedrock:eu-central-1:1:x/${'y'.repeat(223)}`;
    expect(await catalogue.edit('POST', 'models', { ...newcomer, id })).toMatchObject({ status: 201 });
    expect(await catalogue.editModel(id, { tier: 3 })).toMatchObject({
      status: 200,
      body: { id, tier: 3 },
    });
  });
});

describe('If-Match of an edit of a use case', () => {
  const save = (objective: string, version: number | string, name = 'health') =>
    catalogue.system.call(
      'PUT',
      `/v1/use-cases/${name}`,
      name === 'health' ? { objective } : { candidates: [SONNET] },
      {
        headers: { 'if-match': `"${version}"` },
      },
    );

  it('lets the edit happen at this version only, and refuses one of what is not there', async () => {
    const { body } = await catalogue.edit('PUT', 'use-cases/health', { objective: 'cost' });
    const saved = await save('latency', body.version);
    expect(saved).toMatchObject({ status: 200, body: { objective: 'latency', version: body.version + 1 } });
    const before = await contents();
    expect(await save('quality', body.version)).toMatchObject({
      status: 412,
      body: { code: 'stale_version', etag: `"${saved.body.version}"` },
    });
    expect(await save('quality', 1, 'not-there')).toMatchObject({ status: 412 });
    expect(await contents()).toEqual(before);
  });
});
