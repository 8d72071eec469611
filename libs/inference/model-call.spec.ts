import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
