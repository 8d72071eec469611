import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { BuiltApi } from '../support/processes.js';
import { embeddedRedis, type RedisUnderTest } from '../support/redis-under-test.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

const SWITCHES = 20;
const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';

let redis: RedisUnderTest;
let environment: TestEnvironment;
let here: BuiltApi;
let there: BuiltApi;

beforeAll(async () => {
  redis = await embeddedRedis();
  environment = await createTestEnvironment({ REDIS_URL: redis.url });
  [here, there] = await Promise.all([
    BuiltApi.start(environment.variables),
    BuiltApi.start(environment.variables),
  ]);
});
afterAll(async () => {
  await Promise.all([here?.stop(), there?.stop()]);
  await Promise.all([environment?.close(), redis?.stop()]);
});

async function modelThere(conversationId: string): Promise<string> {
  const { status, body, text } = await there.getPatiently(`/v1/conversations/${conversationId}/model`);
  if (status !== 200) throw new Error(`${status} ${text}`);
  return body.model.id;
}

/** Switches here, and waits until it is seen there, where the old model is cached. bench/scenarios/visibility.ts says how soon. */
async function switchSeenThere(change: object, modelId: string, conversationId: string): Promise<void> {
  expect(await modelThere(conversationId), 'the switch would change nothing').not.toBe(modelId);
  const { status, body, text } = await here.actPatiently({ action: 'switch', modelId, ...change });
  expect(status, text).toBe(200);
  expect(body.data.switched).toBe(true);
  await eventually(async () => expect(await modelThere(conversationId)).toBe(modelId));
}

const conversationSwitch = (conversationId: string, index: number) =>
  switchSeenThere({ conversationId, userId: 'user-visible' }, index % 2 ? SONNET : HAIKU, conversationId);

const useCaseSwitch = (index: number) =>
  switchSeenThere({ useCase: 'clinical' }, index % 2 ? SONNET : HAIKU, 'conv-124');

it('shows every switch of a conversation on the other instance', async () => {
  for (let index = 0; index < SWITCHES; index += 1)
    await conversationSwitch(`visible-${index % 2}`, Math.floor(index / 2));
});

it('shows every switch of a use case to those who follow it on the other instance', async () => {
  for (let index = 0; index < SWITCHES; index += 1) await useCaseSwitch(index);
});

it('shows both while Redis is down', async () => {
  await redis.kill();
  const conversations = Array.from({ length: 8 }, (_, index) =>
    conversationSwitch(`without-redis-${index}`, 0),
  );
  await Promise.all([...conversations, useCaseSwitch(SWITCHES)]);
});

it('shows every switch when Redis is back', async () => {
  await redis.startAgain();
  const connected = async (api: BuiltApi) => (await api.get('/readyz')).body.redis;
  await eventually(async () =>
    expect(await Promise.all([connected(here), connected(there)])).toEqual(['up', 'up']),
  );
  for (let index = 0; index < SWITCHES; index += 1) await conversationSwitch('back', index);
});
