import { onTestFinished, vi } from 'vitest';

const now = performance.now.bind(performance);
let passedMs = 0;

/** Moves the clock forward, until the test ends, for all that measures a time by `performance.now()`. */
export function passTime(milliseconds: number): void {
  passedMs += milliseconds;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + passedMs);
  onTestFinished(() => {
    passedMs = 0;
    clock.mockRestore();
  });
}
