import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BedrockError, type BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import { aModel } from '../../test/support/catalogue-fixture.js';
import { CallAttempts } from './call-attempts.js';
import { ModelCall } from './model-call.js';

const LIMITS = { deadlineMs: 10_000, firstTextMs: 2_000, idleMs: 500 };
const { signal } = new AbortController();
const sonnet = aModel('eu.sonnet', { maxTokens: 1_000 });
const messages = [{ role: 'user' as const, text: 'Hello' }];

const aCall = (
  changes: { maxTokens?: number; temperature?: number; system?: string; stream?: boolean } = {},
) =>
  new ModelCall(
    { messages, stream: true, ...changes },
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

describe('the request to a model', () => {
  it('has what the caller asked', () => {
    expect(aCall({ system: 'Be short', temperature: 0.5, maxTokens: 10 }).requestFor(sonnet, null)).toEqual({
      modelId: 'eu.sonnet',
      messages,
      system: 'Be short',
      temperature: 0.5,
      maxTokens: 10,
    });
  });

  it.each([
    ['the model allows', undefined, 1_000, 1_000],
    ['the model allows at most', 2_000, 1_000, 1_000],
    ['the caller wants', 10, 1_000, 10],
    ['nobody has limited', undefined, null, 4_000],
  ])('is for as many tokens as %s', (_, maxTokens, limit, tokens) => {
    const call = aCall({ ...(maxTokens !== undefined && { maxTokens }) });
    expect(call.requestFor({ ...sonnet, maxTokens: limit }, null).maxTokens).toBe(tokens);
  });
});

it('leaves no guardrail out where the use case has none, also for a model that takes none', () => {
  const guardrail = { supported: false, source: 's', readOn: '2026-11-28' };
  expect(aCall().leftOutFor({ ...sonnet, capabilities: { guardrail } }, null)).toEqual([]);
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

  it('of a whole answer is half of the rest while another model could take over', () => {
    const call = aCall({ stream: false });
    vi.advanceTimersByTime(1_000);
    expect(call.limitsOf(true)).toEqual({ deadlineMs: 4_500, signal });
    expect(call.limitsOf(false)).toEqual({ deadlineMs: 9_000, signal });
  });
});
