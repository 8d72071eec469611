import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BedrockError, type BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import { aModel } from '../../test/support/catalogue-fixture.js';
import { CallAttempts } from './call-attempts.js';
import type { CallForm } from './call-form.js';
import { ModelCall } from './model-call.js';

const LIMITS = { deadlineMs: 10_000, firstTextMs: 2_000, idleMs: 500 };
const { signal } = new AbortController();
const sonnet = aModel('eu.sonnet', { maxTokens: 1_000 });

const aCall = ({ stream = true, mayRestart = true } = {}) =>
  new ModelCall(
    { stream, mayRestart } as CallForm,
    new CallAttempts('clinical', sonnet, {}, 2),
    LIMITS,
    signal,
  );

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'], now: 0 });
  vi.advanceTimersByTime(50);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the failure that decides a call', () => {
  const failed = (kind: BedrockErrorKind) =>
    new BedrockError('no', { kind, awsName: kind, modelId: 'eu.sonnet', textShown: false });

  it('is an earlier outage where a fallback refuses the input', () => {
    const call = aCall();
    const outage = failed('throttled');
    call.noteFailure(outage);
    call.noteFailure(failed('unavailable'));
    expect(call.decisiveFailure(failed('invalid_request'))).toBe(outage);
  });

  it('is the last refusal of the input where there was no outage', () => {
    const call = aCall();
    const refusal = failed('invalid_request');
    call.noteFailure(failed('input_too_long'));
    expect(call.decisiveFailure(refusal)).toBe(refusal);
  });
});

describe('the time of a call', () => {
  it('passes', () => {
    const call = aCall();
    vi.advanceTimersByTime(3_000);
    expect([call.elapsedMs, call.remainingMs]).toEqual([3_000, 7_000]);
  });

  it('of a stream has limits for each part', () => {
    const call = aCall();
    vi.advanceTimersByTime(1_000);
    for (const somebodyIsLeft of [true, false])
      expect(call.limitsOf(somebodyIsLeft)).toEqual({
        deadlineMs: 9_000,
        firstTextMs: 2_000,
        idleMs: 500,
        signal,
      });
  });

  it('of a stream that may not restart is limited only while another model could take over', () => {
    const call = aCall({ mayRestart: false });
    vi.advanceTimersByTime(1_000);
    expect(call.limitsOf(true)).toEqual({ deadlineMs: 9_000, firstTextMs: 2_000, signal });
    expect(call.limitsOf(false)).toEqual({ deadlineMs: 9_000, signal });
  });

  it('of a whole answer is half of the rest while another model could take over', () => {
    const call = aCall({ stream: false });
    vi.advanceTimersByTime(1_000);
    expect(call.limitsOf(true)).toEqual({ deadlineMs: 4_500, signal });
    expect(call.limitsOf(false)).toEqual({ deadlineMs: 9_000, signal });
  });
});
