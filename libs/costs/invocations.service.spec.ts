import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { anInvocation } from '../../test/support/invocation-fixture.js';
import { CallMetrics } from './call-metrics.js';
import type { Invocation } from './invocation.js';
import type { InvocationsRepository } from './invocations.repository.js';
import { InvocationsService } from './invocations.service.js';

const withState = (code: string) => Object.assign(new Error('PostgreSQL says no'), { code });
const AWAY = withState('ECONNREFUSED');

/** PostgreSQL, as slow and as unwilling as a test wants it. */
class FakeTable {
  readonly batches: Invocation[][] = [];
  readonly rows = new Set<string>();
  maxConcurrent = 0;
  /** Called for each batch; what it throws is PostgreSQL's answer. */
  answer: (batch: Invocation[]) => Promise<void> | void = () => {};
  private concurrent = 0;

  async record(batch: Invocation[]): Promise<void> {
    this.batches.push(batch);
    this.concurrent += 1;
    this.maxConcurrent = Math.max(this.maxConcurrent, this.concurrent);
    try {
      await this.answer(batch);
      for (const { id } of batch) this.rows.add(id);
    } finally {
      this.concurrent -= 1;
    }
  }
}

let table: FakeTable;
let service: InvocationsService;
beforeEach(() => {
  Logger.overrideLogger(false);
  vi.useFakeTimers();
  table = new FakeTable();
  service = new InvocationsService(table as unknown as InvocationsRepository, new CallMetrics(new Metrics()));
});
afterEach(() => void vi.useRealTimers());

const some = (count: number) => Array.from({ length: count }, () => anInvocation());
const recordAll = (calls: Invocation[]) => Promise.all(calls.map((call) => service.record(call)));
const sizes = () => table.batches.map(({ length }) => length);
const passing = async <T>(ms: number, recorded: Promise<T>): Promise<T> => {
  await vi.advanceTimersByTimeAsync(ms);
  return recorded;
};
const never = () => new Promise<void>(() => {});
const isAway = () => {
  throw AWAY;
};

/** Fills the buffer while PostgreSQL is away. */
async function buffer(count: number): Promise<void> {
  table.answer = isAway;
  expect(await passing(1_000, recordAll(some(1)))).toEqual(['buffered']);
  if (count > 1) expect(new Set(await passing(0, recordAll(some(count - 1))))).toEqual(new Set(['buffered']));
}

describe('calls are written in groups', () => {
  it('one that comes alone is written immediately', async () => {
    expect(await service.record(anInvocation())).toBe('durable');
    expect(sizes()).toEqual([1]);
  });

  it('those that come while two batches are under way share the next, up to a hundred', async () => {
    table.answer = async () => new Promise((resolve) => setTimeout(resolve, 10));
    const recorded = recordAll(some(252));
    await vi.runAllTimersAsync();
    expect(new Set(await recorded)).toEqual(new Set(['durable']));
    expect(sizes()).toEqual([1, 1, 100, 100, 50]);
    expect(table.maxConcurrent).toBe(2);
    expect(table.rows.size).toBe(252);
  });
});

describe('while PostgreSQL is away', () => {
  it('a caller waits for a second at most', async () => {
    table.answer = never;
    const first = service.record(anInvocation());
    await vi.advanceTimersByTimeAsync(999);
    expect(await Promise.race([first, 'still waiting'])).toBe('still waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(await first).toBe('buffered');
  });

  it('and for no time once that is known', async () => {
    await buffer(1);
    expect(await passing(0, service.record(anInvocation()))).toBe('buffered');
  });

  it('calls are kept, one batch at a time asks again, and all are written once it is back', async () => {
    await buffer(250);
    await vi.advanceTimersByTimeAsync(10_000);
    const asked = table.batches.length;
    expect(asked).toBeGreaterThan(5);
    expect(asked).toBeLessThan(20);
    expect(table.maxConcurrent).toBe(1);
    table.answer = () => {};
    await vi.advanceTimersByTimeAsync(2_000);
    expect(table.rows.size).toBe(250);
    expect(await service.record(anInvocation())).toBe('durable');
  });

  it.each(['ECONNREFUSED', '57P01', '40P01', '55P03', '25006', '42501', ''])(
    'or says %s, which may pass, no call is dropped',
    async (code) => {
      table.answer = () => {
        throw withState(code);
      };
      const call = anInvocation();
      const recorded = service.record(call);
      await vi.advanceTimersByTimeAsync(5_000);
      expect(await recorded).toBe('buffered');
      table.answer = () => {};
      await vi.advanceTimersByTimeAsync(2_000);
      expect(table.rows).toEqual(new Set([call.id]));
    },
  );

  it('no call is let in when nine tenths of the buffer are full, and none is taken when it is', async () => {
    await buffer(9_000);
    expect(() => service.assertRoom()).not.toThrow();
    await passing(0, service.record(anInvocation()));
    expect(() => service.assertRoom()).toThrow(
      expect.objectContaining({ kind: 'unavailable', code: 'usage_backlog', retryAfter: 1 }),
    );
    await passing(0, recordAll(some(999)));
    await expect(service.record(anInvocation())).rejects.toMatchObject({ code: 'usage_backlog' });
    table.answer = () => {};
    await vi.advanceTimersByTimeAsync(2_000);
    expect(table.rows.size).toBe(10_000);
    expect(() => service.assertRoom()).not.toThrow();
  });
});

describe('a call that PostgreSQL refuses for good', () => {
  it('fails alone, is not tried again and takes no room', async () => {
    const [bad, ...good] = some(60);
    table.answer = (batch) => {
      if (batch.includes(bad!)) throw withState('23514');
    };
    const [refused, ...others] = await Promise.allSettled(
      [bad!, ...good].map((call) => service.record(call)),
    );
    expect(refused).toMatchObject({
      status: 'rejected',
      reason: { message: `call ${bad!.id} cannot be recorded` },
    });
    expect(others.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(table.rows.size).toBe(59);
    const asked = table.batches.length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(table.batches.length).toBe(asked);
  });

  it('also among many that were buffered', async () => {
    await buffer(40);
    const bad = anInvocation();
    await passing(0, service.record(bad));
    table.answer = (batch) => {
      if (batch.includes(bad)) throw withState('22P02');
    };
    await vi.advanceTimersByTimeAsync(2_000);
    expect(table.rows.size).toBe(40);
  });
});

describe('at shutdown', () => {
  it('what is buffered is written first, without waiting for the next try', async () => {
    await buffer(150);
    table.answer = () => {};
    await service.onApplicationShutdown();
    expect(table.rows.size).toBe(150);
  });

  it('it takes two seconds at most', async () => {
    await buffer(1);
    table.answer = never;
    let closed = false;
    const closing = service.onApplicationShutdown().then(() => {
      closed = true;
    });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await closing;
  });

  it('nothing is asked of PostgreSQL where nothing is buffered', async () => {
    await service.onApplicationShutdown();
    expect(table.batches).toEqual([]);
  });
});
