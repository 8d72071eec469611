import { describe, expect, it, vi } from 'vitest';
import { aModel } from '../../test/support/catalogue-fixture.js';
import { CallAttempts } from './call-attempts.js';

const [a, b] = [aModel('a'), aModel('b')];
const aRoute = () => new CallAttempts('clinical', a, {}, 10);

describe('a route', () => {
  it('records how and after how many milliseconds each model that was asked ended, once', () => {
    vi.useFakeTimers({ toFake: ['performance'], now: 0 });
    try {
      vi.advanceTimersByTime(1_000);
      const route = aRoute();
      const attempt = route.ask(a);
      vi.advanceTimersByTime(250);
      expect(route.all).toEqual([]);
      attempt.end('failed', 'throttled');
      attempt.end('answered', null);
      expect(route.all).toEqual([{ modelId: 'a', outcome: 'failed', errorKind: 'throttled', ms: 250 }]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('knows which models were asked, also while they answer', () => {
    const route = aRoute();
    expect(route.wasAsked('a')).toBe(false);
    route.ask(a);
    route.passOver(b, 'breaker_open');
    expect(route.wasAsked('a')).toBe(true);
    expect(route.wasAsked('b')).toBe(false);
  });

  it('records once why a model was passed over', () => {
    const route = aRoute();
    route.passOver(a, 'breaker_open');
    route.passOver(a, 'window_too_small');
    route.passOver(b, 'cooling_down');
    expect(route.all).toEqual([
      { modelId: 'a', outcome: 'skipped', errorKind: 'breaker_open', ms: 0 },
      { modelId: 'b', outcome: 'skipped', errorKind: 'cooling_down', ms: 0 },
    ]);
  });

  it('records that a model was passed over which had failed before', () => {
    const route = aRoute();
    route.ask(a).end('failed', 'throttled');
    route.passOver(a, 'breaker_open');
    expect(route.all.map(({ outcome }) => outcome)).toEqual(['failed', 'skipped']);
  });

  it('counts how often a model was asked, and names the last one', () => {
    const route = aRoute();
    expect(route.lastAsked).toBeUndefined();
    route.ask(a).end('failed', 'throttled');
    route.ask(a).end('failed', 'throttled');
    route.ask(b).end('failed', 'server_error');
    route.passOver(a, 'breaker_open');
    expect(route.lastAsked).toBe(b);
    expect(route.timesAsked('a')).toBe(2);
    expect(route.timesAsked('b')).toBe(1);
  });

  it('counts the other models that failed for a reason', () => {
    const route = aRoute();
    route.ask(a).end('failed', 'access_denied');
    route.ask(b).end('failed', 'throttled');
    expect(route.failedElsewhere('b', 'access_denied')).toBe(1);
    expect(route.failedElsewhere('a', 'access_denied')).toBe(0);
    expect(route.failedElsewhere('a', 'server_error')).toBe(0);
  });
});
