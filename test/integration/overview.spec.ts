import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { HAIKU, NOVA_LITE, SONNET } from '../support/switch-rows.js';
import { useUsageSystem } from '../support/usage-system.js';

const counting = useUsageSystem();
const { ask, record } = counting;
const NOON = new Date('2026-11-20T12:00:00Z');
const hoursAgo = (hours: number) => new Date(NOON.getTime() - hours * 3_600_000);

beforeAll(() => {
  vi.spyOn(counting.system.api.get(Clock, { strict: false }), 'now').mockReturnValue(NOON);
  return () => vi.restoreAllMocks();
});

const overview = async () => {
  const token = await counting.system.key(['read'], `overview-${randomUUID()}`);
  const { status, body } = await counting.system.get('/v1/overview', { token });
  expect(status, body.detail).toBe(200);
  return body;
};
const rowOf = async (name: string) =>
  (await overview()).useCases.find((row: { name: string }) => row.name === name);

describe('the overview', () => {
  it('has the figures of each use case, as far as they are known', async () => {
    const failed = { modelId: SONNET, outcome: 'failed', errorKind: 'throttled', ms: 5 } as const;
    const whole = { modelId: SONNET, outcome: 'answered', errorKind: null, ms: 5 } as const;
    const clinical = { useCase: 'clinical', modelId: SONNET, costUsd: '0.5', attempts: [whole] };
    const answered = { modelId: NOVA_LITE, outcome: 'answered', errorKind: null, ms: 5 } as const;
    await record(
      { ...clinical, startedAt: hoursAgo(1), latencyMs: 4_000 },
      { ...clinical, startedAt: hoursAgo(2), modelId: NOVA_LITE, attempts: [failed, answered] },
      { ...clinical, startedAt: hoursAgo(3), outcome: 'failed', errorKind: 'throttled', costUsd: null },
      { ...clinical, startedAt: hoursAgo(13) },
      { ...clinical, startedAt: hoursAgo(30) },
      { ...clinical, startedAt: hoursAgo(40) },
      { useCase: 'health', startedAt: hoursAgo(1), costUsd: null },
    );
    await counting.usage.rollUp();
    const conversationId = randomUUID();
    const pin = { action: 'switch', modelId: HAIKU, conversationId, userId: 'user-1', useCase: 'clinical' };
    expect((await counting.system.act(pin)).status).toBe(200);
    const [{ followers }] = await ask(
      `SELECT count(*)::int AS followers FROM ai_conversations WHERE use_case = 'clinical' AND pinned_model_id IS NULL`,
    );
    const row = await rowOf('clinical');
    expect(row).toMatchObject({
      ...{ calls: 4, errorRate: 0.25, fallbackRate: 0.25, costTodayUsd: '1', costYesterdayUsd: '1' },
      ...{ followers, pinned: 1 },
    });
    // The bucket of 4,000 ms is from 3,657 to 4,389.
    expect(row.p95Ms).toBe(4_006);
    expect(await rowOf('health')).toMatchObject({ calls: 1, costTodayUsd: null, costYesterdayUsd: '0' });
    expect(await rowOf('operations')).toMatchObject({ calls: 0, errorRate: null, p95Ms: null });
  });

  it('lists what needs an operator, the most urgent first', async () => {
    const { system } = counting;
    system.api.get(BreakersService, { strict: false }).failed(NOVA_LITE, 'model_gone');
    await ask(
      `INSERT INTO outbox (id, job, dead_at) VALUES (gen_random_uuid(), 'nobody.works', '2026-11-19T00:00:00Z')`,
    );
    await ask(`INSERT INTO validation_sweeps (slot, started_at) VALUES ('stuck', now() - interval '1 hour')`);
    const hook = { url: 'https://ops.example.com/', feed: 'operators' };
    expect((await system.call('POST', '/v1/webhooks', hook)).status).toBe(201);
    await ask(`UPDATE webhooks SET disabled_at = '2026-11-18T00:00:00Z'`);
    const [{ active }] = await ask(`SELECT active_model_id AS active FROM use_cases WHERE name = 'clinical'`);
    await ask(`UPDATE bedrock_models SET lifecycle_status = 'LEGACY' WHERE model_id = $1`, [active]);
    await system.call('PUT', '/v1/budgets/day?useCase=clinical', { limitUsd: '0.9' });
    await system.call('PUT', '/v1/budgets/month?userId=anna', { limitUsd: '0.1' });
    const legacy = { kind: 'legacy_in_use', modelId: active };
    await expect
      .poll(async () => (await overview()).attention)
      .toEqual([
        { kind: 'worker_away', count: 1, useCase: null, modelId: null, since: null },
        expect.objectContaining({ kind: 'breaker_open', modelId: NOVA_LITE }),
        expect.objectContaining({ kind: 'dead_letters', count: 1, since: '2026-11-19T00:00:00.000Z' }),
        expect.objectContaining({ kind: 'sweep_failed', since: expect.any(String) }),
        expect.objectContaining({ kind: 'webhook_disabled', count: 1, since: '2026-11-18T00:00:00.000Z' }),
        expect.objectContaining(legacy),
        { kind: 'budget_reached', count: 1, useCase: 'clinical', modelId: null, since: null },
        { kind: 'budget_reached', count: 1, useCase: null, modelId: null, since: null },
      ]);
  });
});
