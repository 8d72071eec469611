import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { defineJob } from '../queue/define-job.js';
import type { JobQueue } from '../queue/job-queue.js';
import type { LeasedEntry, OutboxService } from './outbox.service.js';
import { OutboxRelay } from './outbox-relay.js';
import type { OutboxSignal } from './outbox-signal.js';

const BATCH = 500;
const POLL_MS = 500;
const GROUP = 50;
const job = defineJob({
  name: 'test.job',
  payload: z.object({ id: z.string(), others: z.array(z.string()) }),
  options: {},
});

interface Payload {
  id: string;
  others: string[];
}

/** Entries that are due; a leased one is due again only when it was released. */
class FakeOutbox {
  leases = 0;
  failure: Error | undefined;
  readonly released: LeasedEntry[] = [];
  private due: LeasedEntry[] = [];

  add(count: number, publishCount = 1): void {
    for (let n = 0; n < count; n += 1) this.due.push({ id: `entry${this.due.length}`, publishCount });
  }
  async lease(name: string, limit: number): Promise<LeasedEntry[]> {
    this.leases += 1;
    if (this.failure) throw this.failure;
    return name === job.name ? this.due.splice(0, limit) : [];
  }
  async release(entries: LeasedEntry[]): Promise<void> {
    this.released.push(...entries);
    this.due.push(...entries.map(({ id, publishCount }) => ({ id, publishCount: publishCount + 1 })));
  }
}

/** BullMQ, which a test may let down or hold up. */
class FakeQueue {
  backlog = 0;
  failure: Error | undefined;
  gate = Promise.resolve();
  readonly batches: { id: string; payload: unknown }[][] = [];

  async waiting(): Promise<number> {
    return this.backlog;
  }
  async addBulk(_job: unknown, jobs: { id: string; payload: unknown }[]): Promise<void> {
    if (this.failure) throw this.failure;
    this.batches.push(jobs);
    await this.gate;
  }
  get added() {
    return this.batches.flat() as { id: string; payload: Payload }[];
  }
  /** Entries of each batch. */
  get handedOver() {
    const idsOf = ({ id, others }: Payload) => [id, ...others];
    return this.batches.map((jobs) => jobs.flatMap(({ payload }) => idsOf(payload as Payload)));
  }
}

let outbox: FakeOutbox;
let queue: FakeQueue;
let notify: () => void;
let relay: OutboxRelay;
beforeEach(() => {
  vi.useFakeTimers();
  Logger.overrideLogger(false);
  outbox = new FakeOutbox();
  queue = new FakeQueue();
  const signal = {
    onNotify: (handler: () => void) => {
      notify = handler;
    },
  };
  relay = new OutboxRelay(
    job,
    outbox satisfies Partial<OutboxService> as unknown as OutboxService,
    queue satisfies Partial<JobQueue> as unknown as JobQueue,
    signal satisfies Partial<OutboxSignal> as unknown as OutboxSignal,
  );
});
afterEach(async () => {
  await relay.stop();
  vi.useRealTimers();
});

const settled = () => vi.advanceTimersByTimeAsync(0);
const nextPoll = () => vi.advanceTimersByTimeAsync(POLL_MS);
const holdQueueBack = () => {
  let open = () => {};
  queue.gate = new Promise((resolve) => {
    open = resolve;
  });
  return open;
};

describe('the relay', () => {
  it('publishes an entry on the signal: its id only, under a separate id per publication', async () => {
    outbox.add(1, 3);
    notify();
    await settled();
    expect(queue.added).toEqual([{ id: 'entry0_3', payload: { id: 'entry0', others: [] } }]);
  });

  it('hands over many in groups, so that each is one job and one transaction', async () => {
    outbox.add(2 * GROUP + 1);
    notify();
    await settled();
    expect(queue.added.map(({ payload }) => payload.others.length)).toEqual([GROUP - 1, GROUP - 1, 0]);
    expect(new Set(queue.handedOver.flat())).toHaveProperty('size', 2 * GROUP + 1);
    expect(queue.added[1]).toMatchObject({ id: 'entry50_1', payload: { id: 'entry50' } });
  });

  it('finds what is due without a signal, at the next poll', async () => {
    outbox.add(1);
    await settled();
    expect(queue.added).toHaveLength(0);
    await nextPoll();
    expect(queue.added).toHaveLength(1);
  });

  it('empties a long queue without a pause, batch by batch', async () => {
    outbox.add(2 * BATCH + 1);
    notify();
    await settled();
    expect(queue.handedOver.map(({ length }) => length)).toEqual([BATCH, BATCH, 1]);
  });

  it('adds nothing where nothing is due', async () => {
    notify();
    await settled();
    expect(queue.batches).toHaveLength(0);
  });

  it.each([
    [100, 1],
    [101, 0],
  ])('with %i jobs waiting hands over %i: a backlog is safer in PostgreSQL', async (backlog, handedOver) => {
    queue.backlog = backlog;
    outbox.add(1);
    notify();
    await settled();
    expect(queue.added).toHaveLength(handedOver);
  });
});

describe('a signal during a round', () => {
  it('makes one more round, however often it comes', async () => {
    const open = holdQueueBack();
    outbox.add(1);
    notify();
    await settled();
    outbox.add(1);
    for (let signals = 0; signals < 10; signals += 1) notify();
    expect(outbox.leases).toBe(1);
    open();
    await settled();
    expect(queue.added).toHaveLength(2);
    expect(outbox.leases).toBe(2);
  });
});

describe('while Redis is away', () => {
  it('entries are given back, and handed over under another id when Redis is there again', async () => {
    queue.failure = new Error('Redis is away');
    outbox.add(2);
    notify();
    await settled();
    expect(outbox.released.map(({ id }) => id)).toEqual(['entry0', 'entry1']);
    queue.failure = undefined;
    await nextPoll();
    expect(queue.added).toEqual([{ id: 'entry0_2', payload: { id: 'entry0', others: ['entry1'] } }]);
  });

  it('the relay does not spin: it tries again at the next poll', async () => {
    queue.failure = new Error('Redis is away');
    outbox.add(BATCH);
    notify();
    await settled();
    expect(outbox.leases).toBe(1);
  });
});

describe('while PostgreSQL is away', () => {
  it('nothing breaks, and the next poll continues', async () => {
    outbox.failure = new Error('PostgreSQL is away');
    outbox.add(1);
    notify();
    await settled();
    outbox.failure = undefined;
    await nextPoll();
    expect(queue.added).toHaveLength(1);
  });
});

describe('stopping', () => {
  it('waits for the round that is running, and begins no further one', async () => {
    const open = holdQueueBack();
    outbox.add(BATCH + 1);
    notify();
    await settled();
    let stopped = false;
    const stopping = relay.stop().then(() => {
      stopped = true;
    });
    await settled();
    expect(stopped).toBe(false);
    open();
    await stopping;
    notify();
    await nextPoll();
    expect(queue.handedOver.flat()).toHaveLength(BATCH);
  });
});
