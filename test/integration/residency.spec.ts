import { afterAll, beforeAll, expect, it } from 'vitest';
import { question } from '../support/chat-client.js';
import { ChatSystem } from '../support/chat-system.js';

const CLINIC = 'arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/a1b2c3d4e5f6';
const BARE = 'amazon.nova-lite-v1:0';
const GLOBAL = 'global.anthropic.claude-sonnet-4-5-20250929-v1:0';

let chat: ChatSystem;
beforeAll(async () => {
  chat = await ChatSystem.start();
});
afterAll(() => chat?.close());

const call = (method: 'POST' | 'PATCH', path: string, body: object) => chat.system.call(method, path, body);
const validated = async (modelId: string) =>
  (await chat.system.act({ action: 'validate', modelId })).body.data;
const approved = {
  ...{ name: 'X', provider: 'x', useCase: 'platform', maxTokens: 100, tier: 1, available: true },
  ...{ inputPricePer1k: '0.1', outputPricePer1k: '0.1' },
};

it.each(['foundation_model', 'inference_profile'])(
  'a global. profile cannot be added, said to be invoked as %s',
  async (invokeWith) => {
    const foundationModelId = GLOBAL.slice('global.'.length);
    const added = await call('POST', '/v1/models', {
      ...approved,
      id: GLOBAL,
      foundationModelId,
      invokeWith,
    });
    expect(added).toMatchObject({ status: 400, body: { errors: [{ field: 'invokeWith' }] } });
  },
);

it('a global. profile that SQL makes the only candidate is not selectable, and no prompt is sent to it', async () => {
  const { system } = chat;
  await system.environment.owner.query(
    `INSERT INTO bedrock_models (model_id, foundation_model_id, name, provider, use_case, max_tokens, tier,
       invoke_with, destination_regions, input_price_per_1k, output_price_per_1k, is_available)
     VALUES ($1, $1, 'Global', 'anthropic', 'platform', 100, 1, 'foundation_model', '{eu-central-1}', 0.1, 0.1, true)`,
    [GLOBAL],
  );
  const owner = system.environment.owner;
  await owner.query(
    `INSERT INTO use_cases (name, objective, active_model_id, input_tokens_per_exchange, output_tokens_per_exchange,
       exchanges_per_conversation, exchanges_per_30_days) VALUES ('abroad', 'quality', $1, 1, 1, 1, 1)`,
    [GLOBAL],
  );
  await owner.query(`INSERT INTO use_case_candidates VALUES ('abroad', $1, 1)`, [GLOBAL]);
  await system.act({ action: 'clear-cache' });
  expect(await validated(GLOBAL)).toMatchObject({
    valid: false,
    reasons: [{ code: 'destination_not_allowed' }],
  });
  expect(await system.act({ action: 'switch', modelId: GLOBAL, useCase: 'abroad' })).toMatchObject({
    status: 409,
    body: { code: 'model_not_selectable' },
  });
  expect(chat.asked(GLOBAL)).toBe(0);
});

it('an application inference profile goes where the models of its profile go, once a sync has read them', async () => {
  chat.emulator.putModel(BARE, { applicationProfiles: ['a1b2c3d4e5f6'] });
  const clinic = { ...approved, id: CLINIC, foundationModelId: BARE, invokeWith: 'inference_profile' };
  expect(await call('POST', '/v1/models', clinic)).toMatchObject({ status: 201 });
  expect(await validated(CLINIC)).toMatchObject({ reasons: [{ code: 'destination_not_allowed' }] });
  expect(await call('POST', '/v1/catalogue/sync', {})).toMatchObject({ status: 200 });
  expect(await validated(CLINIC)).toMatchObject({ valid: true, reasons: [] });
  await call('POST', '/orchestrate', { action: 'switch', modelId: CLINIC, conversationId: 'clinic-1' });
  const answered = await chat.chat({ ...question(), conversationId: 'clinic-1' });
  expect(answered.status).toBe(200);
  expect(chat.asked(CLINIC)).toBe(1);
});
