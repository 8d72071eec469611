import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { ModelSpeedsService } from '#libs/catalogue/model-speeds.service.js';
import type { Invocation } from '#libs/costs/invocation.js';
import { InvocationsService } from '#libs/costs/invocations.service.js';
import { UsageService } from '#libs/costs/usage.service.js';
import { anInvocation } from '../support/invocation-fixture.js';
import { TestSystem } from '../support/test-system.js';

const MICRO = 'eu.amazon.nova-micro-v1:0';
const LITE = 'eu.amazon.nova-lite-v1:0';

let system: TestSystem;
let invocations: InvocationsService;
let usage: UsageService;
beforeAll(async () => {
  system = await TestSystem.start();
  invocations = system.api.get(InvocationsService, { strict: false });
  usage = system.api.get(UsageService, { strict: false });
});
afterAll(() => system.close());

const ask = async (sql: string, values: unknown[] = []) =>
  (await system.environment.owner.query(sql, values)).rows;
const record = async (...calls: Partial<Invocation>[]) => {
  for (const call of calls) expect(await invocations.record(anInvocation(call))).toBe('durable');
};

describe('how fast models answer', () => {
  beforeEach(() =>
    ask('TRUNCATE model_invocations, invocations_to_roll_up, usage_hourly, usage_daily, usage_latencies'),
  );
  const version = async () => Number((await ask('SELECT version FROM catalogue_version'))[0].version);
  const speed = async (modelId = MICRO) =>
    (await ask('SELECT time_to_first_token_ms AS ms FROM bedrock_models WHERE model_id = $1', [modelId]))[0]
      .ms;
  const texts = (...milliseconds: number[]) =>
    record(...milliseconds.map((firstTextMs) => ({ firstTextMs, latencyMs: firstTextMs + 100 })));
  const learn = async () => {
    await usage.rollUp();
    await usage.measure();
    await system.api.get(CatalogueService, { strict: false }).refresh();
  };

  it('is the median of what was measured, within a tenth', async () => {
    await texts(...Array.from({ length: 11 }, () => 500), ...Array.from({ length: 9 }, () => 9_000));
    await learn();
    const measured = await speed();
    expect(measured).toBeGreaterThan(450);
    expect(measured).toBeLessThan(550);
    expect(await speed(LITE)).toBeNull();
  });

  it('stays unknown with fewer than twenty calls, and calls with more than one attempt do not count', async () => {
    const attempts = [MICRO, LITE].map((modelId) => ({
      modelId,
      outcome: 'failed' as const,
      errorKind: null,
      ms: 1,
    }));
    const slow = { modelId: LITE, attempts, firstTextMs: 5_000 };
    await record(...Array.from({ length: 30 }, () => slow));
    await record(...Array.from({ length: 19 }, () => ({ modelId: LITE, firstTextMs: 300 })));
    await learn();
    expect(await speed(LITE)).toBeNull();
    await record({ modelId: LITE, firstTextMs: 300 });
    await learn();
    expect(await speed(LITE)).toBeGreaterThan(250);
    expect(await speed(LITE)).toBeLessThan(350);
  });

  it('makes a new version of the catalogue only where the difference is worth it', async () => {
    const speeds = system.api.get(ModelSpeedsService, { strict: false });
    await ask('UPDATE bedrock_models SET time_to_first_token_ms = 500 WHERE model_id = $1', [MICRO]);
    await system.api.get(CatalogueService, { strict: false }).refresh();
    const before = await version();
    for (const firstTextMs of [400, 560, 625]) await speeds.learn([{ modelId: MICRO, firstTextMs }]);
    await speeds.learn([{ modelId: 'eu.nobody.knows-it', firstTextMs: 1 }]);
    expect([await version(), await speed()]).toEqual([before, 500]);
    await speeds.learn([{ modelId: MICRO, firstTextMs: 626 }]);
    expect([await version(), await speed()]).toEqual([before + 1, 626]);
    const { models } = system.api.get(CatalogueService, { strict: false }).snapshot();
    expect(models.find(({ id }) => id === MICRO)?.timeToFirstTokenMs).toBe(626);
  });
});
