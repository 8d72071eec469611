import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RedisPubSub } from './redis-pubsub.js';
import { RedisSignal } from './redis-signal.js';

class TestBell extends RedisSignal {
  constructor(pubSub: RedisPubSub) {
    super(pubSub, 'bell');
  }
}

let rings: number;
let bell: TestBell;
beforeEach(() => {
  vi.useFakeTimers();
  rings = 0;
  const bus: Pick<RedisPubSub, 'publish'> = {
    publish: ({ name }) => {
      if (name === 'bell') rings += 1;
    },
  };
  bell = new TestBell(bus as RedisPubSub);
});
afterEach(() => {
  vi.useRealTimers();
});

it('notifies immediately', () => {
  bell.notify();
  expect(rings).toBe(1);
});

it('notifies once more for all that follow in the interval, and never less', () => {
  for (let n = 0; n < 1_000; n += 1) bell.notify();
  expect(rings).toBe(1);
  vi.advanceTimersByTime(20);
  expect(rings).toBe(2);
  vi.advanceTimersByTime(1_000);
  expect(rings).toBe(2);
});

it('notifies immediately again after a quiet interval', () => {
  bell.notify();
  vi.advanceTimersByTime(20);
  bell.notify();
  expect(rings).toBe(2);
});
