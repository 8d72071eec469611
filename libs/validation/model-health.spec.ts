import { describe, expect, it } from 'vitest';
import type { BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import { type Check, type Health, nextHealth, outcomeOf } from './model-health.js';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const EARLIER = new Date('2026-11-22T06:00:00.000Z');

const healthy: Health = { modelId: 'm', status: 'passed', failures: 0, successes: 4, answeredAt: EARLIER };
const check = (changes: Partial<Check>): Check => ({
  modelId: 'm',
  method: 'probe',
  outcome: 'passed',
  permanent: false,
  errorKind: null,
  detail: null,
  latencyMs: 80,
  tokens: 2,
  costUsd: '0.000001000',
  ...changes,
});

const RESULTS = {
  answer: check({}),
  failure: check({ outcome: 'failed' }),
  gone: check({ outcome: 'failed', permanent: true }),
  throttle: check({ outcome: 'inconclusive' }),
  listed: check({ method: 'control_plane' }),
  delisted: check({ method: 'control_plane', outcome: 'failed', permanent: true }),
};
type Result = keyof typeof RESULTS;

/** The status after each result of a story. */
function statuses(from: Health, ...results: Result[]): string[] {
  let health = from;
  return results.map((result) => {
    health = nextHealth(health, RESULTS[result], NOW);
    return health.status;
  });
}

describe('a model that passed', () => {
  it.each<[string, Result[], string[]]>([
    [
      'fails with the third failure in a row',
      ['failure', 'failure', 'failure'],
      ['passed', 'passed', 'failed'],
    ],
    [
      'starts over after an answer',
      ['failure', 'failure', 'answer', 'failure', 'failure'],
      Array(5).fill('passed'),
    ],
    [
      'does not start over because of a throttle, or because it is still listed',
      ['failure', 'throttle', 'listed', 'failure', 'throttle', 'failure'],
      ['passed', 'passed', 'passed', 'passed', 'passed', 'failed'],
    ],
    ['fails immediately for a permanent reason', ['gone'], ['failed']],
    ['fails immediately when it is not listed any more', ['delisted'], ['failed']],
    ['is never failed by throttles', Array<Result>(50).fill('throttle'), Array(50).fill('passed')],
  ])('%s', (_, results, expected) => {
    expect(statuses(healthy, ...results)).toEqual(expected);
  });
});

describe('a model that failed', () => {
  const failed: Health = { ...healthy, status: 'failed', failures: 3, successes: 0 };
  it.each<[string, Result[], string[]]>([
    ['recovers with the second answer in a row', ['answer', 'answer'], ['failed', 'passed']],
    [
      'starts over after a failure',
      ['answer', 'failure', 'answer', 'answer'],
      ['failed', 'failed', 'failed', 'passed'],
    ],
    ['does not recover by being listed', ['listed', 'listed', 'listed'], ['failed', 'failed', 'failed']],
    [
      'keeps its one answer through a throttle',
      ['answer', 'throttle', 'answer'],
      ['failed', 'failed', 'passed'],
    ],
  ])('%s', (_, results, expected) => {
    expect(statuses(failed, ...results)).toEqual(expected);
  });
});

it('a model nobody knows passes with its first answer, and not before', () => {
  const unknown: Health = { modelId: 'm', status: 'unknown', failures: 0, successes: 0, answeredAt: null };
  expect(statuses(unknown, 'listed', 'throttle', 'answer')).toEqual(['unknown', 'unknown', 'passed']);
});

it('an answer, and nothing else, is when the model last answered', () => {
  expect(nextHealth(healthy, RESULTS.answer, NOW).answeredAt).toEqual(NOW);
  for (const result of ['failure', 'throttle', 'listed'] as const)
    expect(nextHealth(healthy, RESULTS[result], NOW).answeredAt).toEqual(EARLIER);
});

describe('what an error of Bedrock says about the model', () => {
  it.each<[BedrockErrorKind, string]>([
    ['throttled', 'inconclusive'],
    ['bad_credentials', 'inconclusive'],
    ['cancelled', 'inconclusive'],
    ['invalid_request', 'inconclusive'],
    ['input_too_long', 'inconclusive'],
    ['guardrail_unavailable', 'inconclusive'],
    ['refused', 'passed'],
    ['unavailable', 'failed'],
    ['not_ready', 'failed'],
    ['stream_broken', 'failed'],
    ['unusable_answer', 'failed'],
    ['model_gone', 'failed for good'],
    ['access_pending', 'failed for good'],
    ['access_denied', 'failed for good'],
  ])('%s: %s', (kind, expected) => {
    const { outcome, permanent } = outcomeOf({ kind, status: 500 });
    expect(permanent ? `${outcome} for good` : outcome).toBe(expected);
  });

  it('nothing, where nobody answered', () => {
    expect(outcomeOf({ kind: 'unavailable', status: undefined })).toEqual({
      outcome: 'inconclusive',
      permanent: false,
    });
  });
});
