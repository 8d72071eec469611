import { beforeEach, describe, expect, it } from 'vitest';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { ModelLatencyService } from '#libs/catalogue/model-latency.service.js';
import { useUsageSystem } from '../support/usage-system.js';

const MICRO = 'eu.amazon.nova-micro-v1:0';
const LITE = 'eu.amazon.nova-lite-v1:0';

const counting = useUsageSystem();
const { ask, record } = counting;

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
  const update = async () => {
    await counting.usage.rollUp();
    await counting.usage.measure();
    await counting.system.api.get(CatalogueService, { strict: false }).refresh();
  };

  it('is the median of what was measured, within a tenth', async () => {
    await texts(...Array.from({ length: 11 }, () => 500), ...Array.from({ length: 9 }, () => 9_000));
    await update();
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
    await update();
    expect(await speed(LITE)).toBeNull();
    await record({ modelId: LITE, firstTextMs: 300 });
    await update();
    expect(await speed(LITE)).toBeGreaterThan(250);
    expect(await speed(LITE)).toBeLessThan(350);
  });

  it('makes a new version of the catalogue only where the difference is worth it', async () => {
    const speeds = counting.system.api.get(ModelLatencyService, { strict: false });
    await ask('UPDATE bedrock_models SET time_to_first_token_ms = 500 WHERE model_id = $1', [MICRO]);
    await counting.system.api.get(CatalogueService, { strict: false }).refresh();
    const before = await version();
    for (const firstTextMs of [400, 560, 625]) await speeds.update([{ modelId: MICRO, firstTextMs }]);
    await speeds.update([{ modelId: 'eu.nobody.knows-it', firstTextMs: 1 }]);
    expect([await version(), await speed()]).toEqual([before, 500]);
    await speeds.update([{ modelId: MICRO, firstTextMs: 626 }]);
    expect([await version(), await speed()]).toEqual([before + 1, 626]);
    const { models } = counting.system.api.get(CatalogueService, { strict: false }).snapshot();
    expect(models.find(({ id }) => id === MICRO)?.timeToFirstTokenMs).toBe(626);
  });
});
