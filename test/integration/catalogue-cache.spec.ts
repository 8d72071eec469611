import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiInstance } from '../support/api-instance.js';
import { eventually } from '../support/eventually.js';
import { TestSystem } from '../support/test-system.js';

const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const PIXTRAL = 'eu.mistral.pixtral-large-2502-v1:0';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
/** Nobody listens on port 1. */
const REDIS_AWAY = 'redis://127.0.0.1:1';

type Reader = { get: ApiInstance['get'] | TestSystem['get'] };

const nameOf = async (api: Reader, modelId: string): Promise<string> => {
  const { body } = await api.get('/v1/models');
  return body.items.find(({ id }: { id: string }) => id === modelId).name;
};
const modelOf = async (api: Reader, id: string): Promise<string> =>
  (await api.get(`/v1/conversations/${id}/model`)).body.model.id;
const rename = (system: TestSystem, modelId: string, name: string) =>
  system.environment.owner.query('UPDATE bedrock_models SET name = $1 WHERE model_id = $2', [name, modelId]);

function onTwoInstances(overrides: Record<string, string>): void {
  let first: TestSystem;
  let second: ApiInstance;
  beforeAll(async () => {
    first = await TestSystem.start({ overrides });
    second = await ApiInstance.start(first.environment.variables);
  });
  afterAll(async () => {
    await second.close();
    await first.close();
  });
  const soon = (check: () => Promise<void>) => eventually(check);

  it('a row edited by SQL is seen after clear-cache, on the instance that was asked in its very next answer', async () => {
    await rename(first, PIXTRAL, 'Renamed and cleared');
    const cleared = await first.act({ action: 'clear-cache' });
    expect(cleared).toMatchObject({ status: 200, body: { data: { cleared: true } } });
    expect(await nameOf(first, PIXTRAL)).toBe('Renamed and cleared');
    await soon(async () => expect(await nameOf(second, PIXTRAL)).toBe('Renamed and cleared'));
  });

  it('counts the version up with each clear-cache', async () => {
    const version = async () => (await first.act({ action: 'clear-cache' })).body.data.version;
    expect(await version()).toBeLessThan(await version());
  });

  it('switches of use cases and conversations are seen where they were not made', async () => {
    await first.act({ action: 'switch', modelId: HAIKU, conversationId: 'shared' });
    expect(await modelOf(second, 'shared')).toBe(HAIKU);
    expect(await modelOf(second, 'conv-300')).toBe(NOVA_PRO);
    await first.act({ action: 'switch', modelId: PIXTRAL, useCase: 'operations' });
    await first.act({ action: 'switch', modelId: NOVA_PRO, conversationId: 'shared' });
    expect(await modelOf(first, 'conv-300')).toBe(PIXTRAL);
    expect(await modelOf(first, 'shared')).toBe(NOVA_PRO);
    await soon(async () => {
      expect(await modelOf(second, 'conv-300')).toBe(PIXTRAL);
      expect(await modelOf(second, 'shared')).toBe(NOVA_PRO);
    });
  });

  it('a row edited by SQL is seen without clear-cache, too', async () => {
    await rename(first, NOVA_PRO, 'Renamed only');
    await eventually(async () => {
      expect(await nameOf(first, NOVA_PRO)).toBe('Renamed only');
      expect(await nameOf(second, NOVA_PRO)).toBe('Renamed only');
    });
  });

  it('is ready, and says how Redis is', async () => {
    const { status, body } = await first.get('/readyz', { token: null });
    expect(status).toBe(200);
    expect(body).toEqual(
      overrides.REDIS_URL ? { status: 'degraded', redis: 'down' } : { status: 'ok', redis: 'up' },
    );
  });
}

describe('with Redis, two instances', () => onTwoInstances({}));
describe.concurrent('without Redis, two instances', () => onTwoInstances({ REDIS_URL: REDIS_AWAY }));
