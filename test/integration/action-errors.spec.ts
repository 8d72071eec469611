import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { databaseContents } from '../support/database-contents.js';
import { TestSystem } from '../support/test-system.js';

const OPUS = 'eu.anthropic.claude-opus-4-7';
const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const REQUEST = { action: 'switch', modelId: OPUS, conversationId: 'conv-123', userId: 'user-456' };

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

const sql = (statement: string, values: unknown[] = []) => system.environment.owner.query(statement, values);

describe('every refusal', () => {
  it.each(['/orchestrate', '/functions/v1/orchestrate-bedrock-models'])(
    'at %s is a problem document with the fields that old clients read',
    async (path) => {
      const { status, headers, body } = await system.call(
        'POST',
        path,
        { ...REQUEST, modelId: 'no.such-model' },
        { headers: { 'x-request-id': 'trace-7' } },
      );
      expect(status).toBe(404);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(headers['x-request-id']).toBe('trace-7');
      expect(body).toEqual({
        type: 'urn:bedrock-model-orchestrator:problem:model_not_found',
        title: 'Not found',
        status: 404,
        detail: 'Model not found: no.such-model is not in the catalogue',
        code: 'model_not_found',
        requestId: 'trace-7',
        success: false,
        action: 'switch',
        error: 'Model not found: no.such-model is not in the catalogue',
      });
    },
  );

  it('under /v1 is a problem document without the old fields', async () => {
    const { status, headers, body } = await system.get('/v1/conversations/nobody/history');
    expect(status).toBe(404);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(Object.keys(body).sort()).toEqual(['code', 'detail', 'requestId', 'status', 'title', 'type']);
  });

  it.each([
    ['GET', '/orchestrate'],
    ['GET', '/v2/switches'],
  ] as const)('of %s %s, which does not exist, is one, too', async (method, path) => {
    const { status, headers, body } = await system.call(method, path);
    expect(status).toBe(404);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ status: 404, code: 'route_not_found', requestId: expect.any(String) });
  });
});

describe('a model that must not be chosen', () => {
  afterEach(async () => {
    await sql(
      `UPDATE bedrock_models SET is_available = true, lifecycle_status = 'ACTIVE', end_of_life_at = NULL,
         validation_status = 'unknown', input_price_per_1k = 0.0055, output_price_per_1k = 0.0275,
         destination_regions = NULL, invoke_with = 'inference_profile', successor_model_id = NULL
       WHERE model_id = $1`,
      [OPUS],
    );
  });

  // Nobody clears a cache here: a decision reads PostgreSQL.
  it.each([
    ['no operator approves', 'is_available = false', ['not_available']],
    ['reached its end of life', `end_of_life_at = now() - interval '1 hour'`, ['end_of_life']],
    ['AWS says has ended', `lifecycle_status = 'EOL'`, ['end_of_life']],
    ['failed the last sweep', `validation_status = 'failed'`, ['validation_failed']],
    ['has no known input price', 'input_price_per_1k = NULL', ['price_unknown']],
    ['has no known output price', 'output_price_per_1k = NULL', ['price_unknown']],
    [
      'may send prompts outside',
      `destination_regions = '{eu-central-1,us-east-1}'`,
      ['destination_not_allowed'],
    ],
    ['cannot be invoked from here', 'invoke_with = NULL', ['not_invokable']],
    [
      'has several faults',
      `is_available = false, validation_status = 'failed'`,
      ['not_available', 'validation_failed'],
    ],
  ])('because it %s is a 409 with its reasons, and nothing is written', async (_, change, codes) => {
    await sql(`UPDATE bedrock_models SET ${change}, successor_model_id = $2 WHERE model_id = $1`, [
      OPUS,
      SONNET,
    ]);
    const before = await databaseContents(system.environment.owner);
    const { status, body } = await system.act(REQUEST);
    expect(status).toBe(409);
    expect(body).toMatchObject({ success: false, action: 'switch', code: 'model_not_selectable' });
    expect(body.reasons.map(({ code }: { code: string }) => code)).toEqual(codes);
    for (const { detail } of body.reasons) expect(detail).not.toBe('');
    expect(body.successor).toBe(SONNET);
    expect(body.error).toContain(SONNET);
    expect(body.error.startsWith('Model not found')).toBe(codes.includes('not_available'));
    expect(await databaseContents(system.environment.owner)).toEqual(before);
  });

  it('may be chosen again as soon as its row is right', async () => {
    await sql('UPDATE bedrock_models SET is_available = false WHERE model_id = $1', [OPUS]);
    expect(await system.act({ ...REQUEST, dryRun: true })).toMatchObject({ status: 409 });
    await sql('UPDATE bedrock_models SET is_available = true WHERE model_id = $1', [OPUS]);
    expect(await system.act({ ...REQUEST, dryRun: true })).toMatchObject({ status: 200 });
  });

  it.each(['global', 'us'])(
    'because it is a %s. profile stays refused, also for a whole use case',
    async (area) => {
      const modelId = `${area}.anthropic.claude-opus-4-7`;
      await sql(
        `INSERT INTO bedrock_models (model_id, foundation_model_id, name, provider, use_case, max_tokens, tier,
         invoke_with, input_price_per_1k, output_price_per_1k, is_available)
       VALUES ($1, 'x', 'Opus elsewhere', 'anthropic', 'clinical', 8000, 90, 'inference_profile', 0.001, 0.001, true)`,
        [modelId],
      );
      for (const target of [{ conversationId: 'conv-123' }, { useCase: 'clinical' }])
        expect(await system.act({ action: 'switch', modelId, ...target })).toMatchObject({
          status: 409,
          body: { reasons: [{ code: 'destination_not_allowed' }] },
        });
    },
  );

  it('because it just failed in this conversation cools down there, and only there', async () => {
    const target = { conversationId: 'cooling-1', userId: 'user-1' };
    await system.act({ action: 'auto-switch', useCase: 'clinical', ...target });
    await system.act({ action: 'fallback-switch', reason: 'Throttled', ...target });
    expect(await system.act({ action: 'switch', modelId: SONNET, ...target })).toMatchObject({
      status: 409,
      body: { reasons: [{ code: 'cooling_down' }] },
    });
    expect(
      await system.act({ action: 'switch', modelId: SONNET, conversationId: 'cooling-2' }),
    ).toMatchObject({
      status: 200,
    });
  });
});

it.each([
  ['anthropic.claude-3-5-sonnet-20241022-v2:0', SONNET],
  ['eu.anthropic.claude-3-5-sonnet-20240620-v1:0', SONNET],
  ['anthropic.claude-3-5-sonnet-20240620-v1:0', SONNET],
  ['eu.anthropic.claude-3-haiku-20240307-v1:0', 'eu.anthropic.claude-haiku-4-5-20251001-v1:0'],
  ['eu.anthropic.claude-sonnet-4-20250514-v1:0', SONNET],
  ['amazon.nova-premier-v1:0', 'eu.amazon.nova-pro-v1:0'],
  ['eu.meta.llama3-2-3b-instruct-v1:0', 'eu.amazon.nova-micro-v1:0'],
  ['cohere.command-r-plus-v1:0', 'eu.amazon.nova-pro-v1:0'],
])('answers a switch to the dead %s with "Model not found" and its successor', async (modelId, successor) => {
  const { status, body } = await system.act({ ...REQUEST, modelId });
  expect(status).toBe(409);
  expect(body.error).toMatch(/^Model not found/);
  expect(body.successor).toBe(successor);
  expect(body.reasons.map(({ code }: { code: string }) => code)).toContain('end_of_life');
});

it('validates a dead model as existing but not valid, with its successor', async () => {
  const { status, body } = await system.act({
    action: 'validate',
    modelId: 'anthropic.claude-3-5-sonnet-20241022-v2:0',
  });
  expect(status).toBe(200);
  expect(body.data).toMatchObject({
    valid: false,
    exists: true,
    successor: SONNET,
    lifecycle: { status: 'EOL', endOfLifeAt: '2026-07-30T00:00:00.000Z' },
  });
});

it('validates an unknown model with 200 as neither existing nor valid', async () => {
  const { status, body } = await system.act({ action: 'validate', modelId: 'no.such-model' });
  expect(status).toBe(200);
  expect(body.data).toMatchObject({ modelId: 'no.such-model', valid: false, exists: false });
});

it('answers 503 with Retry-After while no candidate can be selected, and says why of each', async () => {
  const candidates = [
    'eu.amazon.nova-pro-v1:0',
    'eu.mistral.pixtral-large-2502-v1:0',
    'eu.amazon.nova-2-lite-v1:0',
  ];
  const setStatus = (status: string) =>
    sql('UPDATE bedrock_models SET validation_status = $1 WHERE model_id = ANY($2)', [status, candidates]);
  await setStatus('failed');
  const { status, headers, body } = await system.act({ action: 'auto-switch', useCase: 'operations' });
  await setStatus('unknown');
  expect(status).toBe(503);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect(body).toMatchObject({ code: 'no_selectable_model', success: false, action: 'auto-switch' });
  expect(body.candidates.map(({ modelId }: { modelId: string }) => modelId)).toEqual(candidates);
});

it('takes the next candidate automatically where the active model failed the sweep', async () => {
  const setStatus = (status: string) =>
    sql(`UPDATE bedrock_models SET validation_status = $1 WHERE model_id = 'eu.amazon.nova-pro-v1:0'`, [
      status,
    ]);
  await setStatus('failed');
  const { body } = await system.act({
    action: 'auto-switch',
    useCase: 'operations',
    conversationId: 'auto-1',
  });
  await setStatus('unknown');
  expect(body.data).toMatchObject({ switched: true, to: 'Pixtral Large' });
});

describe('too many requests', () => {
  let limited: TestSystem;
  beforeAll(async () => {
    limited = await TestSystem.start({ overrides: { RATE_LIMIT_PER_SECOND: '3' } });
  });
  afterAll(() => limited.close());

  it('are answered with 429 and Retry-After, without harm to another caller', async () => {
    const other = await limited.key(['read'], 'other');
    const answers = await Promise.all(Array.from({ length: 8 }, () => limited.act({ action: 'list-all' })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(5);
    for (const { headers, body } of refused) {
      expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(body).toMatchObject({ success: false, code: 'rate_limited', status: 429 });
    }
    expect(await limited.act({ action: 'list-all' }, { token: other })).toMatchObject({ status: 200 });
  });
});
