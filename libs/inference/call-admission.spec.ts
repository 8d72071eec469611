import { beforeEach, expect, it } from 'vitest';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { CallAdmission } from './call-admission.service.js';
import { TooManyModelCallsError } from './inference.errors.js';

const LIMITS = { MAX_MODEL_CALLS: 12, MAX_MODEL_CALL_CHARACTERS: 1_000 };

let metrics: Metrics;
let admission: CallAdmission;
beforeEach(() => {
  metrics = new Metrics();
  admission = new CallAdmission(LIMITS, metrics);
});

/** Admits as many calls as there is room for. @returns what ends each */
function takeAll(principal: string, characters = 1): (() => void)[] {
  const releases = [];
  try {
    for (;;) releases.push(admission.admit(principal, characters));
  } catch (error) {
    expect(error).toBeInstanceOf(TooManyModelCallsError);
  }
  return releases;
}

it('admits as many as the limit says, one for each principal, and refuses the next immediately', () => {
  const principals = Array.from({ length: 12 }, (_, n) => `user:${n}`);
  for (const principal of principals) admission.admit(principal, 1);
  expect(() => admission.admit('user:12', 1)).toThrow(
    expect.objectContaining({ kind: 'unavailable', code: 'too_many_model_calls', retryAfter: 2 }),
  );
});

it('leaves half of the places to others, and a third where two want all', () => {
  expect(takeAll('service:batch')).toHaveLength(6);
  expect(takeAll('service:other')).toHaveLength(3);
  const calls = takeAll('user:ben').length + takeAll('user:anna').length;
  expect(calls).toBeGreaterThanOrEqual(2);
});

it('gives places back when calls are over', () => {
  const releases = takeAll('service:batch');
  for (const release of releases) release();
  expect(takeAll('service:batch')).toHaveLength(6);
});

it('has room for so many characters together, and always for one prompt, however long', async () => {
  const release = admission.admit('user:anna', 5_000);
  expect(() => admission.admit('user:ben', 1)).toThrow(TooManyModelCallsError);
  release();
  expect(takeAll('user:ben', 400)).toHaveLength(2);
  const text = await metrics.text();
  expect(text).toContain('orchestrator_model_calls_under_way 2');
  expect(text).toContain('orchestrator_model_calls_refused_total 2');
});
