import { expect, it } from 'vitest';
import { retryDelayMs } from './retry-delay.js';

it.each([
  [1, 0, 0, 2_500],
  [1, 0, 1, 5_000],
  [4, 0, 1, 40_000],
  [11, 0, 1, 3_600_000],
  [5_000, 0, 0, 1_800_000],
  [1, 60_000, 1, 60_000],
  [1, 86_400_000, 1, 3_600_000],
])('after %i failures, asked for %i ms, with chance %f: %i ms', (failures, wanted, random, expected) => {
  expect(retryDelayMs(failures, wanted, random)).toBe(expected);
});
