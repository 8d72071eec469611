import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RedisPubSub } from './redis-pubsub.js';
import { RedisSignal } from './redis-signal.js';

class TestSignal extends RedisSignal {
  constructor(pubSub: RedisPubSub) {
    super(pubSub, 'signal');
  }
}

let signals: number;
let signal: TestSignal;
beforeEach(() => {
  vi.useFakeTimers();
  signals = 0;
  const bus: Pick<RedisPubSub, 'publish'> = {
    publish: ({ name }) => {
      if (name === 'signal') signals += 1;
    },
  };
  signal = new TestSignal(bus as RedisPubSub);
});
afterEach(() => {
  vi.useRealTimers();
});

it('notifies immediately', () => {
  signal.notify();
  expect(signals).toBe(1);
});

it('notifies once more for all that follow in the interval, and never less', () => {
  for (let n = 0; n < 1_000; n += 1) signal.notify();
  expect(signals).toBe(1);
  vi.advanceTimersByTime(20);
  expect(signals).toBe(2);
  vi.advanceTimersByTime(1_000);
  expect(signals).toBe(2);
});

it('notifies immediately again after a quiet interval', () => {
  signal.notify();
  vi.advanceTimersByTime(20);
  signal.notify();
  expect(signals).toBe(2);
});
