import { expect, it, vi } from 'vitest';
import { FirstSweep } from './first-sweep.js';

/** A queue that is out of reach for so many requests. */
class FakeQueue {
  readonly added: unknown[] = [];
  requests = 0;

  constructor(private readonly failures: number) {}

  async addBulk(_job: unknown, jobs: unknown[]): Promise<void> {
    this.requests += 1;
    if (this.requests <= this.failures) throw new Error('Connection terminated due to connection timeout');
    this.added.push(...jobs);
  }
}

function start(queue: FakeQueue, hasSwept = false): FirstSweep {
  const env = { VALIDATION_SWEEP_CRON: '*/15 * * * *' };
  const firstSweep = new FirstSweep(
    queue as never,
    { hasSwept: async () => hasSwept } as never,
    env as never,
  );
  firstSweep.retryMs = 0;
  firstSweep.onApplicationBootstrap();
  return firstSweep;
}

it('asks again for the first sweep while a whole fleet that starts keeps the services busy', async () => {
  const queue = new FakeQueue(2);
  start(queue);
  await vi.waitFor(() => expect(queue.added).toEqual([{ id: 'first', payload: {} }]), 100_000);
});

it('leaves it to the schedule in the end', async () => {
  const queue = new FakeQueue(100);
  start(queue);
  await vi.waitFor(() => expect(queue.requests).toBe(6), 100_000);
  await new Promise(setImmediate);
  expect(queue.added).toEqual([]);
});
