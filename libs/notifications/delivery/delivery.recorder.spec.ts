import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { failed } from './delivery.js';
import { DeliveryRecorder, type Sent } from './delivery.recorder.js';
import type { NewDeliveryAttempt } from './delivery-attempt.js';
import type { DeliveryAttemptsRepository } from './delivery-attempts.repository.js';

const ID = '00000000-0000-4000-8000-000000000001';
let batches: NewDeliveryAttempt[][];
let fail: boolean;
let recorder: DeliveryRecorder;
beforeEach(() => {
  Logger.overrideLogger(false);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  [batches, fail] = [[], false];
  const repository = {
    insert: async (attempts: NewDeliveryAttempt[]) => {
      if (fail) throw new Error('PostgreSQL is away');
      batches.push(attempts);
      return [7];
    },
  };
  recorder = new DeliveryRecorder(repository as unknown as DeliveryAttemptsRepository, new FakeClock());
});
afterEach(async () => {
  await recorder.stop();
  vi.useRealTimers();
});

const sent = (n: number, error?: string): Sent => ({
  receiverId: 'hook',
  message: { id: `${ID}.${n}`, ...{ body: 'a secret' } },
  delivery: error ? failed(error, 'connection') : { delivered: true, status: 204 },
  durationMs: 12.4,
});
const recorded = () => batches.flat();

it('writes what came within half a second in one statement, without the message', async () => {
  recorder.record(sent(1), 0);
  recorder.record(sent(2), 3);
  recorder.record(sent(3, 'x'.repeat(900)), 1);
  expect(batches).toEqual([]);
  await vi.advanceTimersByTimeAsync(500);
  expect(batches).toHaveLength(1);
  expect(recorded()).toMatchObject([
    { state: 'delivered', attempt: 1, messageId: `${ID}.1`, notificationId: ID, durationMs: 12, error: null },
    { state: 'recovered', attempt: 4, status: 204 },
    { state: 'failed', attempt: 2, status: null, error: 'x'.repeat(200) },
  ]);
  expect(JSON.stringify(batches)).not.toContain('a secret');
});

it('does not wait when a batch is full', async () => {
  for (let n = 0; n < 500; n += 1) recorder.record(sent(n), 0);
  await vi.waitFor(() => expect(recorded()).toHaveLength(500));
});

it('keeps what PostgreSQL does not take, in order, up to a limit, and writes it later', async () => {
  fail = true;
  for (let n = 0; n < 5_010; n += 1) recorder.record(sent(n), 0);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(batches).toEqual([]);
  fail = false;
  await vi.advanceTimersByTimeAsync(500);
  expect(recorded()).toHaveLength(5_000);
  expect(recorded().at(0)?.messageId).toBe(`${ID}.10`);
  expect(recorded().at(-1)?.messageId).toBe(`${ID}.5009`);
});

it('writes what waits before the worker ends', async () => {
  recorder.record(sent(1), 0);
  await recorder.stop();
  expect(recorded()).toHaveLength(1);
});

it('records a resend immediately, with who asked for it', async () => {
  expect(await recorder.recordResend(sent(1), 'service:ops')).toBe(7);
  expect(recorded()).toMatchObject([{ state: 'delivered', attempt: null, resentBy: 'service:ops' }]);
});
