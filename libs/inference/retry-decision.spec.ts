import { describe, expect, it } from 'vitest';
import {
  BedrockError,
  type BedrockErrorDetails,
  type BedrockErrorKind,
} from '#libs/platform/bedrock/bedrock-error.js';
import { decideRetry, type FailureContext, type RetryDecision } from './retry-decision.js';

const RETRY: RetryDecision = { do: 'retry', afterMs: 100 };
const FALL_BACK: RetryDecision = { do: 'fall_back', toLargerWindow: false };
const GIVE_UP: RetryDecision = { do: 'give_up' };

const failure = (kind: BedrockErrorKind, changes: Partial<BedrockErrorDetails> = {}) =>
  new BedrockError('it failed', { kind, awsName: 'Failure', modelId: 'a', textShown: false, ...changes });

const reaction = (error: BedrockError, changes: Partial<FailureContext> = {}) =>
  decideRetry(error, {
    retried: false,
    breakerOpen: false,
    deniedBefore: 0,
    isFallback: false,
    hasMore: true,
    remainingMs: 10_000,
    leastMs: 1_000,
    backoffMs: 100,
    ...changes,
  });

describe('a model that is busy', () => {
  it.each<BedrockErrorKind>(['throttled', 'unavailable'])('is asked again after a pause (%s)', (kind) => {
    expect(reaction(failure(kind))).toEqual(RETRY);
  });

  it('is asked again when Bedrock says so', () => {
    const named = failure('throttled', { retryAfterMs: 700 });
    expect(reaction(named)).toEqual({ do: 'retry', afterMs: 700 });
    expect(reaction(failure('throttled', { retryAfterMs: 0 }))).toEqual({ do: 'retry', afterMs: 0 });
  });

  it.each<[why: string, changes: Partial<FailureContext>]>([
    ['it was asked twice', { retried: true }],
    ['its breaker is open', { breakerOpen: true }],
    ['there is no time for it', { remainingMs: 1_099 }],
  ])('is left for the next candidate where %s', (_, changes) => {
    expect(reaction(failure('throttled'), changes)).toEqual(FALL_BACK);
  });

  it.each([
    [1_000, true, RETRY.do],
    [1_001, true, FALL_BACK.do],
    [5_000, false, RETRY.do],
  ])(
    'that names a pause of %i ms, where another could answer: %s, leads to %s',
    (retryAfterMs, hasMore, then) => {
      expect(reaction(failure('throttled', { retryAfterMs }), { hasMore }).do).toBe(then);
    },
  );

  it('is asked again where the time is just enough', () => {
    expect(reaction(failure('throttled'), { remainingMs: 1_100 })).toEqual(RETRY);
  });

  it('is left where the caller has seen text', () => {
    expect(reaction(failure('unavailable', { textShown: true }))).toEqual(FALL_BACK);
  });
});

describe('the next candidate', () => {
  it.each<BedrockErrorKind>([
    'not_ready',
    'stream_broken',
    'unusable_answer',
    'model_gone',
    'access_pending',
  ])('takes over without a second attempt after %s', (kind) => {
    expect(reaction(failure(kind))).toEqual(FALL_BACK);
  });

  it('has a larger window after a request that was too long', () => {
    expect(reaction(failure('input_too_long'))).toEqual({ do: 'fall_back', toLargerWindow: true });
  });

  it('takes over once after a policy that forbids a model', () => {
    expect(reaction(failure('access_denied'))).toEqual(FALL_BACK);
    expect(reaction(failure('access_denied'), { deniedBefore: 1 })).toEqual(GIVE_UP);
  });

  it('takes over after a bad request only from a fallback', () => {
    expect(reaction(failure('invalid_request'))).toEqual(GIVE_UP);
    expect(reaction(failure('invalid_request'), { isFallback: true })).toEqual(FALL_BACK);
  });

  it.each<BedrockErrorKind>(['refused', 'bad_credentials', 'cancelled'])('is not asked after %s', (kind) => {
    expect(reaction(failure(kind), { isFallback: true })).toEqual(GIVE_UP);
  });
});
