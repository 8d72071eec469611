import { expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.js';
import { SweepStateService } from './sweep-state.service.js';
import type { ValidationsRepository } from './validations.repository.js';

const MINUTE = 60_000;

it('a sweep stops asking models before the next one takes it for dead', async () => {
  const nothingSpent = { beginSweep: async () => true, spentSince: async () => ({ tokens: 0, usd: 0 }) };
  const clock = new FakeClock();
  const budget = { VALIDATION_DAILY_TOKENS: 1, VALIDATION_DAILY_USD: 1 };
  const log = new SweepStateService(nothingSpent as unknown as ValidationsRepository, clock, budget);
  await log.begin('first');
  expect(await log.mayProbe()).toBe(true);
  clock.advance(9 * MINUTE);
  expect(await log.mayProbe()).toBe(false);
  await log.begin('next');
  expect(await log.mayProbe()).toBe(true);
});
