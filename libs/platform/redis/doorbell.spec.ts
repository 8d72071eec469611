import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Doorbell } from './doorbell.js';
import type { RedisBus } from './redis-bus.js';

class TestBell extends Doorbell {
  constructor(bus: RedisBus) {
    super(bus, 'bell');
  }
}

let rings: number;
let bell: TestBell;
beforeEach(() => {
  vi.useFakeTimers();
  rings = 0;
  const bus: Pick<RedisBus, 'publish'> = {
    publish: ({ name }) => {
      if (name === 'bell') rings += 1;
    },
  };
  bell = new TestBell(bus as RedisBus);
});
afterEach(() => {
  vi.useRealTimers();
});

it('rings at once', () => {
  bell.ring();
  expect(rings).toBe(1);
});

it('rings once more for all that follow in the next moment, and never less', () => {
  for (let n = 0; n < 1_000; n += 1) bell.ring();
  expect(rings).toBe(1);
  vi.advanceTimersByTime(20);
  expect(rings).toBe(2);
  vi.advanceTimersByTime(1_000);
  expect(rings).toBe(2);
});

it('rings at once again after a moment of quiet', () => {
  bell.ring();
  vi.advanceTimersByTime(20);
  bell.ring();
  expect(rings).toBe(2);
});
