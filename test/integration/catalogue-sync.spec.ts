import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestEmulator, testEmulator } from '../support/bedrock-emulator.js';
import { eventually } from '../support/eventually.js';
import { TestSystem, userToken } from '../support/test-system.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const PIXTRAL = 'eu.mistral.pixtral-large-2502-v1:0';
const NEW = 'amazon.nova-3-v1:0';
const NOTHING = { added: [], changed: [], gone: [] };

let emulator: TestEmulator;
let system: TestSystem;
beforeAll(async () => {
  emulator = await testEmulator();
  system = await TestSystem.start({ overrides: emulator.settings });
  await sync();
});
afterEach(async () => {
  emulator.reset();
  await sync({ force: true });
});
afterAll(async () => {
  await system.close();
  await emulator.close();
});

const sync = (body?: object, token?: string) =>
  system.call('POST', '/v1/catalogue/sync', body, token ? { token } : {});
const rowOf = async (id: string) =>
  (await system.environment.owner.query('SELECT * FROM bedrock_models WHERE model_id = $1', [id])).rows[0];
const modelOf = async (id: string) =>
  (await system.get('/v1/models')).body.items.find((model: { id: string }) => model.id === id);
const listed = async () =>
  (await system.act({ action: 'list-all' })).body.data.models.map(({ id }: { id: string }) => id);
const reasonsOf = async (modelId: string) => {
  const { body } = await system.act({ action: 'validate', modelId });
  return body.data.reasons.map(({ code }: { code: string }) => code);
};
const changesOf = async (id: string) =>
  (await system.get(`/v1/catalogue/changes?entity=model&entityId=${encodeURIComponent(id)}`)).body.items;
/** Everything that a sync could write, and how often it was written. */
const written = async () =>
  (
    await system.environment.owner.query(
      `SELECT (SELECT version FROM catalogue_version), (SELECT count(*) FROM catalogue_changes) AS changes,
         (SELECT json_agg(m ORDER BY model_id) FROM bedrock_models m) AS models`,
    )
  ).rows[0];
const putNew = (change: object = {}) =>
  emulator.putModel(NEW, { name: 'Nova 3', provider: 'Amazon', destinations: ['eu-west-1'], ...change });

describe('the first sync of a fresh install', () => {
  it('keeps every available model selectable and approves no other', async () => {
    expect(await listed()).toHaveLength(8);
    for (const id of await listed()) expect(await reasonsOf(id)).toEqual([]);
  });

  it('has read the destinations that the seed did not know', async () => {
    expect((await modelOf('eu.amazon.nova-micro-v1:0')).destinationRegions).toEqual([
      'eu-central-1',
      'eu-north-1',
      'eu-west-1',
      'eu-west-3',
    ]);
  });

  it('leaves models that ended before, and those that our region never had, as they are', async () => {
    expect(await rowOf('eu.anthropic.claude-sonnet-4-20250514-v1:0')).toMatchObject({
      lifecycle_status: 'EOL',
      end_of_life_at: new Date('2026-10-14'),
    });
    expect(await rowOf('eu.anthropic.claude-fable-5')).toMatchObject({ lifecycle_status: 'ACTIVE' });
  });
});

it('writes nothing when nothing changed: no version, no recorded change', async () => {
  const before = await written();
  expect(await sync({})).toMatchObject({ status: 200, body: NOTHING });
  expect(await written()).toEqual(before);
});

it('takes no body for an empty one', async () => {
  expect(await sync()).toMatchObject({ status: 200, body: NOTHING });
});

describe('a model that appears', () => {
  const id = `eu.${NEW}`;
  afterAll(() => system.environment.owner.query('DELETE FROM bedrock_models WHERE model_id = $1', [id]));

  it('is added, not approved, and recorded; it can be approved once it is priced', async () => {
    putNew();
    const { body } = await sync();
    expect(body).toEqual({ added: [id], changed: [], gone: [] });
    expect(await rowOf(id)).toMatchObject({
      name: 'Nova 3',
      provider: 'amazon',
      foundation_model_id: NEW,
      is_available: false,
      invoke_with: 'inference_profile',
      destination_regions: ['eu-west-1'],
      use_case: null,
      input_price_per_1k: null,
    });
    expect(await listed()).not.toContain(id);
    expect(await reasonsOf(id)).toEqual(['not_available', 'price_unknown']);
    const refused = await system.act({ action: 'switch', modelId: id, useCase: 'health' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'model_not_selectable' } });
    const [change] = await changesOf(id);
    expect(change).toMatchObject({ actor: 'system:sync', before: null, after: { name: 'Nova 3' } });
    expect(change.requestId).toEqual(expect.any(String));
  });

  it('keeps what the operator made of it when it changes, goes and comes back', async () => {
    const operator = {
      name: 'Ours',
      use_case: 'health',
      max_tokens: 77,
      tier: 5,
      context_window: 99,
      successor_model_id: SONNET,
      is_available: true,
      price_source: 'contract',
    };
    await system.environment.owner.query(
      `INSERT INTO bedrock_models (model_id, foundation_model_id, name, provider, use_case, max_tokens, tier, context_window,
         successor_model_id, is_available, price_source, input_price_per_1k, output_price_per_1k)
       VALUES ($1, $2, 'Ours', 'amazon', 'health', 77, 5, 99, $3, true, 'contract', 0.1, 0.2)
       ON CONFLICT (model_id) DO UPDATE SET (name, use_case, max_tokens, tier, context_window, successor_model_id, is_available,
         price_source, input_price_per_1k, output_price_per_1k)
       = (excluded.name, excluded.use_case, excluded.max_tokens, excluded.tier, excluded.context_window,
         excluded.successor_model_id, excluded.is_available, excluded.price_source, excluded.input_price_per_1k,
         excluded.output_price_per_1k)`,
      [id, NEW, SONNET],
    );
    putNew({ name: 'Renamed by AWS', destinations: ['eu-west-1', 'eu-north-1'] });
    await sync();
    expect(await rowOf(id)).toMatchObject({ ...operator, destination_regions: ['eu-north-1', 'eu-west-1'] });
    expect(await reasonsOf(id)).toEqual([]);
    emulator.putModel(NEW, { removed: true });
    expect((await sync()).body).toEqual({ added: [], changed: [], gone: [id] });
    expect(await rowOf(id)).toMatchObject({ ...operator, lifecycle_status: 'EOL', invoke_with: null });
    putNew();
    expect((await sync()).body).toEqual({ added: [], changed: [id], gone: [] });
    expect(await rowOf(id)).toMatchObject({
      ...operator,
      lifecycle_status: 'ACTIVE',
      end_of_life_at: null,
      invoke_with: 'inference_profile',
    });
    expect(await reasonsOf(id)).toEqual([]);
  });
});

describe('a model that goes', () => {
  it('is unselectable immediately, and the change is recorded with before and after', async () => {
    emulator.putModel(PIXTRAL, { removed: true });
    const asked = Date.now();
    expect((await sync()).body).toEqual({ added: [], changed: [], gone: [PIXTRAL] });
    expect(await reasonsOf(PIXTRAL)).toEqual(['end_of_life', 'not_invokable']);
    expect(await system.act({ action: 'switch', modelId: PIXTRAL, useCase: 'operations' })).toMatchObject({
      status: 409,
    });
    const { end_of_life_at } = await rowOf(PIXTRAL);
    expect(end_of_life_at.getTime()).toBeGreaterThanOrEqual(asked);
    expect(end_of_life_at.getTime()).toBeLessThanOrEqual(Date.now());
    expect((await changesOf(PIXTRAL))[0]).toMatchObject({
      actor: 'system:sync',
      before: { lifecycle_status: 'ACTIVE', invoke_with: 'inference_profile', end_of_life_at: null },
      after: { lifecycle_status: 'EOL', invoke_with: null },
    });
  });

  it('or ends on its day, is', async () => {
    emulator.putModel(PIXTRAL, { lifecycle: { endOfLifeTime: '2020-01-01' } });
    expect((await sync()).body.gone).toEqual([PIXTRAL]);
    expect(await reasonsOf(PIXTRAL)).toContain('end_of_life');
  });

  it('is announced with its dates before, and stays selectable until then', async () => {
    emulator.putModel(PIXTRAL, { lifecycle: { legacyTime: '2026-01-01', endOfLifeTime: '2099-01-01' } });
    expect((await sync()).body).toEqual({ added: [], changed: [PIXTRAL], gone: [] });
    expect((await modelOf(PIXTRAL)).lifecycle).toEqual({
      status: 'LEGACY',
      legacyAt: '2026-01-01T00:00:00.000Z',
      extendedAccessAt: null,
      endOfLifeAt: '2099-01-01T00:00:00.000Z',
    });
    expect(await reasonsOf(PIXTRAL)).toEqual([]);
  });

  it('where we may use it, is unselectable: a profile that now leaves the EU', async () => {
    emulator.putModel(PIXTRAL, { destinations: ['eu-central-1', 'us-east-1'] });
    await sync();
    expect(await reasonsOf(PIXTRAL)).toEqual(['destination_not_allowed']);
  });
});

describe('an answer that must not be believed', () => {
  it.each(['ListFoundationModels', 'ListInferenceProfiles'] as const)(
    'is half of one: %s fails',
    async (operation) => {
      putNew();
      emulator.putModel(PIXTRAL, { removed: true });
      emulator.setFaults([{ kind: 'error', name: 'ServiceUnavailableException', operation }]);
      const before = await written();
      const { status, headers, body } = await sync();
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'bedrock_unavailable' });
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(await written()).toEqual(before);
      emulator.reset();
    },
  );

  it('is one without models, or without most of those in use; force makes it true', async () => {
    const before = await written();
    for (const id of await listed()) if (id !== SONNET) emulator.putModel(id, { removed: true });
    const refused = await sync();
    expect(refused).toMatchObject({ status: 409, body: { code: 'sync_implausible' } });
    expect(refused.body.detail).toContain('7 of the 8 available models');
    expect(refused.body.detail).toContain('"force": true');
    expect(await written()).toEqual(before);
    expect((await sync({ force: true })).body.gone).toHaveLength(7);
    emulator.reset();
    expect((await sync()).body.changed).toHaveLength(7);
  });
});

it.each([
  ['UnrecognizedClientException', 'credentials'],
  ['AccessDeniedException', 'lacks a right'],
  ['ThrottlingException', 'too many requests'],
])('says in plain words what %s means, and not in those of AWS', async (name, words) => {
  const message = 'User: arn:aws:sts::111122223333:assumed-role/secret-role is not authorized';
  emulator.setFaults([{ kind: 'error', name, message, operation: 'ListFoundationModels' }]);
  const { status, body, text } = await sync();
  expect(status).toBe(503);
  expect(body.detail).toContain(words);
  expect(text).not.toContain('secret-role');
});

it('is done once where many ask at the same time', async () => {
  putNew();
  emulator.putModel(PIXTRAL, { removed: true });
  const answers = await Promise.all(Array.from({ length: 8 }, () => sync()));
  const good = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status !== 200);
  expect(good.filter(({ body }) => body.added.length > 0)).toHaveLength(1);
  expect(good.filter(({ body }) => body.gone.length > 0)).toHaveLength(1);
  for (const { status, body } of refused)
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'sync_running' });
  const changes = await changesOf(PIXTRAL);
  expect(changes[0].after.lifecycle_status).toBe('EOL');
  expect(changes[1]?.after.lifecycle_status).not.toBe('EOL');
  await system.environment.owner.query('DELETE FROM bedrock_models WHERE model_id = $1', [`eu.${NEW}`]);
});

it('changes nothing while another machine is at it, and says so', async () => {
  putNew();
  const lock = `(hashtextextended('catalogue-sync:' || current_schema(), 0))`;
  const before = await written();
  await system.environment.owner.query(`SELECT pg_advisory_lock${lock}`);
  expect(await sync()).toMatchObject({ status: 409, body: { code: 'sync_running' } });
  expect(await written()).toEqual(before);
  await system.environment.owner.query(`SELECT pg_advisory_unlock${lock}`);
  emulator.reset();
});

describe('who may sync', () => {
  it.each([['read'], ['switch', 'act-as'], ['audit'], ['admin']])('not: a key with %s', async (...scopes) => {
    expect(await sync({}, await system.key(scopes))).toMatchObject({ status: 403 });
  });

  it('not: a user', async () => {
    expect(await sync({}, await userToken('user-456'))).toMatchObject({ status: 403 });
  });

  it('a key with operate', async () => {
    expect(await sync({}, await system.key(['operate']))).toMatchObject({ status: 200 });
  });

  it.each([[{ force: 'yes' }], [{ forced: true }], [[]]])('nobody with %j', async (body) => {
    expect(await sync(body)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

it('is done by the worker on its schedule, and the api sees it', async () => {
  const scheduled = await TestSystem.start({
    worker: true,
    overrides: { ...emulator.settings, CATALOGUE_SYNC_CRON: '* * * * * *' },
  });
  try {
    await eventually(async () => {
      const { body } = await scheduled.get('/v1/models');
      const micro = body.items.find(({ id }: { id: string }) => id === 'eu.amazon.nova-micro-v1:0');
      expect(micro.destinationRegions).toHaveLength(4);
    });
    const { rows } = await scheduled.environment.owner.query('SELECT DISTINCT actor FROM catalogue_changes');
    expect(rows).toContainEqual({ actor: 'system:sync' });
  } finally {
    await scheduled.close();
  }
});
