import { describe, expect, it, vi } from 'vitest';
import { aModel } from '../../test/support/catalogue-fixture.js';
import { CallAttempts, REFUSES_FORM, TAKES_NO_GUARDRAIL } from './call-attempts.js';

const [a, b] = [aModel('a'), aModel('b')];
const someAttempts = () => new CallAttempts('clinical', a, {}, 10);

describe('a route', () => {
  it('records how and after how many milliseconds each model that was asked ended, once', () => {
    vi.useFakeTimers({ toFake: ['performance'], now: 0 });
    try {
      vi.advanceTimersByTime(1_000);
      const attempts = someAttempts();
      const attempt = attempts.ask(a);
      vi.advanceTimersByTime(250);
      expect(attempts.all).toEqual([]);
      attempt.end('failed', 'throttled');
      attempt.end('answered', null);
      expect(attempts.all).toEqual([{ modelId: 'a', outcome: 'failed', errorKind: 'throttled', ms: 250 }]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('knows which models were asked, also while they answer', () => {
    const attempts = someAttempts();
    expect(attempts.wasAsked('a')).toBe(false);
    attempts.ask(a);
    attempts.passOver(b, 'breaker_open');
    expect(attempts.wasAsked('a')).toBe(true);
    expect(attempts.wasAsked('b')).toBe(false);
  });

  it('records once why a model was passed over', () => {
    const attempts = someAttempts();
    attempts.passOver(a, 'breaker_open');
    attempts.passOver(a, 'window_too_small');
    attempts.passOver(b, 'cooling_down');
    expect(attempts.all).toEqual([
      { modelId: 'a', outcome: 'skipped', errorKind: 'breaker_open', ms: 0 },
      { modelId: 'b', outcome: 'skipped', errorKind: 'cooling_down', ms: 0 },
    ]);
  });

  it('records that a model was passed over which had failed before', () => {
    const attempts = someAttempts();
    attempts.ask(a).end('failed', 'throttled');
    attempts.passOver(a, 'breaker_open');
    expect(attempts.all.map(({ outcome }) => outcome)).toEqual(['failed', 'skipped']);
  });

  it('counts how often a model was asked, and names the last one', () => {
    const attempts = someAttempts();
    expect(attempts.lastAsked).toBeUndefined();
    attempts.ask(a).end('failed', 'throttled');
    attempts.ask(a).end('failed', 'throttled');
    attempts.ask(b).end('failed', 'server_error');
    attempts.passOver(a, 'breaker_open');
    expect(attempts.lastAsked).toBe(b);
    expect(attempts.timesAsked('a')).toBe(2);
    expect(attempts.timesAsked('b')).toBe(1);
  });

  it('bills what Bedrock has counted, also of a response without text that cannot be used', () => {
    const attempts = someAttempts();
    const attempt = attempts.ask(a);
    attempt.counted({ input: 1000, output: 500, cacheRead: 0, cacheWrite: 0 });
    attempt.end('failed', 'unusable_answer');
    expect(attempts.lastBill).toMatchObject({ input: 1000, output: 500, costUsd: '0.002000000' });
  });

  it('says which price is missing, and what made it necessary', () => {
    const attempts = someAttempts();
    const attempt = attempts.ask(a);
    attempt.counted({
      input: 1,
      output: 1,
      cacheRead: 0,
      cacheWrite: 9,
      cacheWrite1h: 4,
      serviceTier: 'flex',
    });
    attempt.end('answered', null);
    expect(attempts.lastBill).toEqual({
      ...{ input: 1, output: 1, cacheRead: 0, cacheWrite: 9, cacheWrite1h: 4, serviceTier: 'flex' },
      ...{ costUsd: null, costUnknown: 'no_price_for_service_tier', estimated: false, priceVersion: 1 },
    });
  });

  it('bills an estimate at the service tier that was asked for, unless the model did not get it', () => {
    const attempts = someAttempts();
    attempts.serviceTier = 'flex';
    attempts.ask(a).end('failed', 'stream_broken', true);
    expect(attempts.lastBill).toMatchObject({ serviceTier: 'flex', costUsd: null, estimated: true });
    attempts.ask(a, { leftOut: ['serviceTier'], adapted: [] }).end('failed', 'stream_broken', true);
    expect(attempts.lastBill!.serviceTier).toBeUndefined();
    expect(attempts.lastBill!.costUsd).not.toBeNull();
  });

  it('bills the last model that was asked, whichever were passed over after it', () => {
    const attempts = someAttempts();
    attempts.ask(a).end('failed', 'stream_broken', true);
    attempts.passOver(b, 'breaker_open');
    expect(attempts.lastBill).toMatchObject({ input: 10, estimated: true });
  });

  it('is refused by its form where a model lacks one, none was asked, and none can be soon', () => {
    const attempts = someAttempts();
    attempts.passOver(b, 'tools_not_supported', ['tools']);
    expect(attempts.blockedBy).toBe(REFUSES_FORM);
    expect(attempts.all).toMatchObject([{ errorKind: 'tools_not_supported', lacks: ['tools'] }]);
    attempts.passOver(a, 'breaker_open');
    expect(attempts.blockedBy).toBeUndefined();
  });

  it('is not refused by its form after a model was asked', () => {
    const attempts = someAttempts();
    attempts.passOver(b, 'tools_not_supported', ['tools']);
    attempts.ask(a).end('failed', 'throttled');
    expect(attempts.blockedBy).toBeUndefined();
  });

  it.each<[reasons: string[], isBlocked: boolean]>([
    [[TAKES_NO_GUARDRAIL], true],
    [[TAKES_NO_GUARDRAIL, 'cooling_down'], true],
    [[TAKES_NO_GUARDRAIL, 'breaker_open'], false],
    [['cooling_down'], false],
  ])('where models are passed over for %j, is blocked by the guardrail: %s', (reasons, isBlocked) => {
    const attempts = someAttempts();
    reasons.forEach((reason, n) => void attempts.passOver([a, b][n]!, reason));
    expect(attempts.blockedBy === TAKES_NO_GUARDRAIL).toBe(isBlocked);
  });

  it('is not blocked by the guardrail after a model was asked', () => {
    const attempts = someAttempts();
    attempts.passOver(a, TAKES_NO_GUARDRAIL);
    attempts.ask(b).end('failed', 'throttled');
    expect(attempts.blockedBy).toBeUndefined();
  });

  it('counts the other models that failed for a reason', () => {
    const attempts = someAttempts();
    attempts.ask(a).end('failed', 'access_denied');
    attempts.ask(b).end('failed', 'throttled');
    expect(attempts.failedElsewhere('b', 'access_denied')).toBe(1);
    expect(attempts.failedElsewhere('a', 'access_denied')).toBe(0);
    expect(attempts.failedElsewhere('a', 'server_error')).toBe(0);
  });
});
