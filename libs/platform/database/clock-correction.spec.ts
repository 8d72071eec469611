import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { SystemClock } from '../clock/clock.js';
import { ClockCorrection } from './clock-correction.js';

const HOUR_MS = 3_600_000;
let ahead: number;
let tookMs: number;
let clock: SystemClock;
let correction: ClockCorrection;
const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);

const db = {
  query: async () => {
    vi.advanceTimersByTime(tookMs / 2);
    const now = Date.now() + ahead;
    vi.advanceTimersByTime(tookMs / 2);
    return [{ now: String(now) }];
  },
} as unknown as DataSource;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] });
  warn.mockClear();
  ahead = HOUR_MS;
  tookMs = 40;
  clock = new SystemClock();
  correction = new ClockCorrection(db, clock);
  await correction.onModuleInit();
});
afterEach(() => {
  correction.onModuleDestroy();
  vi.useRealTimers();
});

it('a process whose clock is behind has the time of PostgreSQL from its start, and says so once', async () => {
  expect(clock.millis()).toBe(Date.now() + HOUR_MS);
  expect(clock.now().getTime()).toBe(clock.millis());
  expect(correction.aheadSeconds).toBe(-3_600);
  expect(warn.mock.calls).toEqual([[expect.stringContaining('3600.0 s behind')]]);
});

it('what NTP leaves is not corrected, and not said', async () => {
  ahead = -99;
  const [kept, quiet] = [new SystemClock(), warn.mock.calls.length];
  await new ClockCorrection(db, kept).onModuleInit();
  expect(kept.correctionMs).toBe(0);
  expect(warn).toHaveBeenCalledTimes(quiet);
});

it('the correction follows each minute', async () => {
  ahead = HOUR_MS + 500;
  await vi.advanceTimersByTimeAsync(60_000);
  await vi.waitFor(() => expect(clock.correctionMs).toBe(HOUR_MS + 500));
});

it('a clock that a test sets is left alone', async () => {
  const set = new FakeClock();
  const time = set.millis();
  const idle = new ClockCorrection(db, set);
  await idle.onModuleInit();
  expect([set.millis(), idle.aheadSeconds]).toEqual([time, 0]);
});
