import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestSystem } from '../support/test-system.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const OPUS = 'eu.anthropic.claude-opus-4-7';
const LITE = 'eu.amazon.nova-lite-v1:0';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

interface Explained {
  modelId: string;
  rank: number;
  active: boolean;
  selectable: boolean;
  reasons: { code: string }[];
}
const brief = ({ candidates }: { candidates: Explained[] }) =>
  candidates.map(({ modelId, rank, active, selectable, reasons }) => [
    ...[modelId, rank, active, selectable],
    reasons.map(({ code }) => code),
  ]);

it('get-for-use-case explains the order of its candidates', async () => {
  const { body } = await system.act({ action: 'get-for-use-case', useCase: 'health', explain: true });
  const { explanation } = body.data;
  expect(explanation).toMatchObject({
    ...{ useCase: 'health', objective: 'cost' },
    expected: { basis: 'configured', inputTokens: 1200, outputTokens: 400, exchangesPer30Days: 90_000 },
  });
  // 1.2 × 0.000078 + 0.4 × 0.000312
  expect(explanation.candidates[0]).toMatchObject({
    ...{ modelId: LITE, name: 'Amazon Nova Lite', rank: 1, expectedCostPerExchange: '0.000218400' },
    ...{ selectable: true, reasons: [] },
  });
  expect(explanation.candidates).toHaveLength(3);
});

it('a fallback explains whom it chose, with the failed model as it is after it', async () => {
  const conversationId = randomUUID();
  await system.act({
    action: 'switch',
    modelId: SONNET,
    conversationId,
    userId: 'anna',
    useCase: 'clinical',
  });
  const asked = { action: 'fallback-switch', reason: 'throttled', conversationId, userId: 'anna' };
  const { body } = await system.act({ ...asked, explain: true });
  expect(body.data).toMatchObject({ switched: true, toId: HAIKU });
  expect(brief(body.data.explanation)).toEqual([
    [SONNET, 1, expect.any(Boolean), false, ['cooling_down']],
    [HAIKU, 2, expect.any(Boolean), true, []],
    [OPUS, 3, expect.any(Boolean), true, []],
  ]);
});

it('an automatic switch of a use case explains it with the model that is active then, also as a dry run', async () => {
  await system.act({ action: 'switch', modelId: HAIKU, useCase: 'clinical' });
  for (const dryRun of [true, false]) {
    const { body } = await system.act({ action: 'auto-switch', useCase: 'clinical', explain: true, dryRun });
    expect(body.data).toMatchObject({ switched: true, toId: SONNET });
    expect(brief(body.data.explanation)).toEqual([
      [SONNET, 1, true, true, []],
      [HAIKU, 2, false, true, []],
      [OPUS, 3, false, true, []],
    ]);
  }
});

it('is left out unless it is asked for', async () => {
  for (const body of [
    { action: 'get-for-use-case', useCase: 'health' },
    { action: 'auto-switch', useCase: 'clinical' },
  ])
    expect((await system.act(body)).body.data).not.toHaveProperty('explanation');
});
