import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeApiServer, SERVICE_KEY, status, success } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const switched = { switched: true, from: 'A', to: 'B' };
const verdict = { modelId: 'eu.amazon.nova-pro-v1:0', valid: true, exists: true, reasons: [] };
const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';

// The lines of the source document, then the options that go beyond it.
it.each<[args: string[], body: object, data: object]>([
  [['list'], { action: 'list-all' }, { models: [] }],
  [['use-case', 'clinical'], { action: 'get-for-use-case', useCase: 'clinical' }, { models: [] }],
  [['use-case', 'health'], { action: 'get-for-use-case', useCase: 'health' }, { models: [] }],
  [['use-case', 'operations'], { action: 'get-for-use-case', useCase: 'operations' }, { models: [] }],
  [['use-case', 'platform'], { action: 'get-for-use-case', useCase: 'platform' }, { models: [] }],
  [
    ['validate', 'eu.amazon.nova-pro-v1:0'],
    { action: 'validate', modelId: 'eu.amazon.nova-pro-v1:0' },
    verdict,
  ],
  [
    ['switch', NOVA_LITE, 'Cost optimization'],
    { action: 'switch', modelId: NOVA_LITE, reason: 'Cost optimization' },
    switched,
  ],
  [['auto-switch', 'clinical'], { action: 'auto-switch', useCase: 'clinical' }, switched],
  [
    ['auto-switch', 'health', '--explain'],
    { action: 'auto-switch', useCase: 'health', explain: true },
    switched,
  ],
  [
    ['auto-switch', 'clinical', '--reason', 'Cheaper'],
    { action: 'auto-switch', useCase: 'clinical', reason: 'Cheaper' },
    switched,
  ],
  [['auto-switch', 'health'], { action: 'auto-switch', useCase: 'health' }, switched],
  [['clear-cache'], { action: 'clear-cache' }, { cleared: true, version: 7 }],
  [['switch', NOVA_LITE], { action: 'switch', modelId: NOVA_LITE }, switched],
  [['validate', 'm', '--deep'], { action: 'validate', modelId: 'm', deep: true }, verdict],
  [
    ['switch', NOVA_LITE, 'Why', '--conversation', 'conv-123', '--user', 'user-456', '--silent', '--dry-run'],
    {
      action: 'switch',
      modelId: NOVA_LITE,
      reason: 'Why',
      conversationId: 'conv-123',
      userId: 'user-456',
      showNotification: false,
      dryRun: true,
    },
    switched,
  ],
  [
    ['switch', NOVA_LITE, '--use-case', 'platform'],
    { action: 'switch', modelId: NOVA_LITE, useCase: 'platform' },
    switched,
  ],
  [
    ['switch', NOVA_LITE, '--', '-20% cost'],
    { action: 'switch', modelId: NOVA_LITE, reason: '-20% cost' },
    switched,
  ],
  [
    ['auto-switch', 'clinical', '--conversation', 'conv-123', '--user', 'user-456', '--silent', '--dry-run'],
    {
      action: 'auto-switch',
      useCase: 'clinical',
      conversationId: 'conv-123',
      userId: 'user-456',
      showNotification: false,
      dryRun: true,
    },
    switched,
  ],
  [
    ['fallback-switch', 'Rate limit exceeded on primary model'],
    { action: 'fallback-switch', reason: 'Rate limit exceeded on primary model' },
    switched,
  ],
  [
    [
      'fallback-switch',
      'x',
      '--failed-model',
      'm',
      '--conversation',
      'c',
      '--use-case',
      'health',
      '--user',
      'u',
    ],
    {
      action: 'fallback-switch',
      reason: 'x',
      failedModelId: 'm',
      conversationId: 'c',
      useCase: 'health',
      userId: 'u',
    },
    switched,
  ],
])('sends %j', async (args, body, data) => {
  service.reply(success('any', data));
  const { exitCode, err } = await service.run(args);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(service.received).toHaveLength(1);
  expect(service.received[0]).toMatchObject({
    method: 'POST',
    path: '/functions/v1/orchestrate-bedrock-models',
    headers: { authorization: `Bearer ${SERVICE_KEY}`, 'content-type': 'application/json' },
  });
  expect(service.received[0]?.body).toEqual(body);
});

it('sends a separate idempotency key with every writing invocation, and none with a reading one', async () => {
  const keyOf = async (...args: string[]) => {
    service.reply(status(200, { success: true, data: { ...switched, ...verdict, models: [] } }));
    await service.run(args);
    return service.received[0]?.headers['idempotency-key'];
  };
  const first = await keyOf('switch', 'm');
  expect(first).toMatch(UUID);
  expect(await keyOf('switch', 'm')).not.toBe(first);
  expect(await keyOf('auto-switch', 'u')).toMatch(UUID);
  expect(await keyOf('fallback-switch', 'r')).toMatch(UUID);
  expect(await keyOf('clear-cache')).toMatch(UUID);
  expect(await keyOf('list')).toBeUndefined();
  expect(await keyOf('use-case', 'u')).toBeUndefined();
  expect(await keyOf('validate', 'm')).toBeUndefined();
});

it('keeps the path of SUPABASE_URL and takes one slash at its end', async () => {
  service.reply(success('list-all', { models: [] }));
  await service.run(['list'], { env: { SUPABASE_URL: `${service.url}/gateway/` } });
  expect(service.received[0]?.path).toBe('/gateway/functions/v1/orchestrate-bedrock-models');
});
