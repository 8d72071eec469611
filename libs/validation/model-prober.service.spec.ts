import { expect, it } from 'vitest';
import { BedrockError, type BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import type { BedrockRuntimeService, ProbeOptions } from '#libs/platform/bedrock/bedrock-runtime.service.js';
import { aModel } from '../../test/support/catalogue-fixture.js';
import { ModelProber } from './model-prober.service.js';

const FACT = { supported: false, source: 'card', readOn: '2026-11-28' };

/** A deep check of a model that fails in this way, with or without a temperature. */
async function deepCheck(
  fails: (options: ProbeOptions) => BedrockErrorKind | undefined,
  model = aModel('eu.some'),
) {
  const temperatures: (number | undefined)[] = [];
  const runtime: Pick<BedrockRuntimeService, 'probe'> = {
    probe: async (modelId, options = {}) => {
      temperatures.push(options.temperature);
      const kind = fails(options);
      if (kind) throw new BedrockError('no', { kind, awsName: kind, modelId, textShown: false });
      return {
        text: 'a',
        content: [{ text: 'a' }],
        stopReason: 'max_tokens',
        durationMs: 5,
        usage: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 },
      };
    },
  };
  const checks = new ModelProber(runtime as BedrockRuntimeService);
  return { check: await checks.askDeeply(model), temperatures };
}
const refusesTemperature = ({ temperature }: ProbeOptions) =>
  temperature === undefined ? undefined : ('invalid_request' as const);

it('a deep check sets a temperature, as chats do', async () => {
  const { check, temperatures } = await deepCheck(() => undefined);
  expect(check).toMatchObject({ outcome: 'passed', errorKind: null, detail: null });
  expect(temperatures).toEqual([0]);
});

it('finds out that a model refuses a temperature of which the catalogue knows nothing', async () => {
  const { check, temperatures } = await deepCheck(refusesTemperature);
  expect(check).toMatchObject({ outcome: 'passed', detail: expect.stringMatching(/refuses a temperature/) });
  expect(temperatures).toEqual([0, undefined]);
});

it('says what the catalogue knows that it refuses, and does not send it', async () => {
  const model = aModel('eu.opus', { capabilities: { temperature: FACT, assistantPrefill: FACT } });
  const { check, temperatures } = await deepCheck(refusesTemperature, model);
  expect(check).toMatchObject({
    outcome: 'passed',
    detail: 'it does not take temperature, a last message of the assistant',
  });
  expect(temperatures).toEqual([undefined]);
});

it('is inconclusive where the model refuses the request without a temperature too', async () => {
  const { check } = await deepCheck(() => 'invalid_request');
  expect(check).toMatchObject({ outcome: 'inconclusive', errorKind: 'invalid_request' });
});

it('keeps the reason of a failure', async () => {
  const model = aModel('eu.opus', { capabilities: { temperature: FACT } });
  const { check, temperatures } = await deepCheck(() => 'model_gone', model);
  expect(check).toMatchObject({ outcome: 'failed', detail: expect.stringMatching(/ended/) });
  expect(temperatures).toHaveLength(1);
});
