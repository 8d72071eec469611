import { vi } from 'vitest';

/**
 * Waits until a check holds, and returns what it returns. The deadline ends a test that waits for what never comes; it
 * is no promise about time.
 * @throws what the check threw last, after 90 s
 */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 90_000, interval: 20 });
