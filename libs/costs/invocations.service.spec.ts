import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SystemClock } from '#libs/platform/clock/clock.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import type { ErasedPeople } from '#libs/privacy/erased-people.service.js';
import { anInvocation } from '../../test/support/invocation-fixture.js';
import { journalSettings } from '../../test/support/journal-settings.js';
import { CallMetrics } from './call-metrics.js';
import type { Invocation } from './invocation.js';
import type { InvocationsRepository } from './invocations.repository.js';
import { InvocationsService } from './invocations.service.js';
import { UsageJournal } from './journal/usage-journal.js';

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

/** People who were erased: their pseudonyms. */
let erased: Record<string, string>;
let table: FakeTable;
let service: InvocationsService;
beforeEach(() => {
  Logger.overrideLogger(false);
  vi.useFakeTimers();
  table = new FakeTable();
  erased = {};
  service = serviceWith();
});
afterEach(() => void vi.useRealTimers());

function serviceWith(settings: Partial<ReturnType<typeof journalSettings>> = {}): InvocationsService {
  const people = {
    pseudonymsOf: async (late: { id: string; person: string }[]) =>
      new Map(late.filter(({ person }) => erased[person]).map(({ id, person }) => [id, erased[person]!])),
  };
  return new InvocationsService(
    table as unknown as InvocationsRepository,
    new CallMetrics(new Metrics()),
    new UsageJournal(journalSettings(settings)),
    people as unknown as ErasedPeople,
    new SystemClock(),
  );
}

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

describe('with a journal', () => {
  const opened = (settings: Partial<ReturnType<typeof journalSettings>> = {}) => {
    const one = serviceWith(settings);
    one.openJournal();
    return one;
  };

  it('a call that PostgreSQL does not take is in the journal, and the next process records it', async () => {
    const folder = journalSettings();
    service = opened(folder);
    table.answer = isAway;
    const call = anInvocation();
    expect(await passing(1_000, service.record(call))).toBe('journalled');
    const another = anInvocation();
    expect(await passing(0, service.record(another))).toBe('journalled');
    await passing(2_000, service.onApplicationShutdown());
    table.answer = () => {};
    opened(folder);
    await vi.advanceTimersByTimeAsync(0);
    expect(table.rows).toEqual(new Set([call.id, another.id]));
    expect(table.batches.at(-1)).toEqual([call, another]);
  });

  it('a call is in the journal before it is answered where that is set, and in PostgreSQL within 50 ms', async () => {
    service = opened({ USAGE_DURABILITY: 'journal' });
    const calls = some(30);
    expect(new Set(await recordAll(calls))).toEqual(new Set(['journalled']));
    expect(table.batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(50);
    expect(sizes()).toEqual([30]);
  });

  it('a hundred calls wait for no other', async () => {
    service = opened({ USAGE_DURABILITY: 'journal' });
    await recordAll(some(100));
    expect(sizes()).toEqual([100]);
  });

  it('no call is let in when nine tenths of the bytes are used, and more wait in memory', async () => {
    service = opened({ USAGE_DURABILITY: 'journal', USAGE_JOURNAL_BYTES: 10_000 });
    table.answer = isAway;
    expect(await service.record(anInvocation())).toBe('journalled');
    expect(() => service.assertRoom()).not.toThrow();
    await vi.advanceTimersByTimeAsync(50);
    const recorded = await recordAll(some(30));
    expect(recorded.slice(0, 8).every((each) => each === 'journalled')).toBe(true);
    expect(recorded.at(-1)).toBe('buffered');
    expect(() => service.assertRoom()).toThrow(expect.objectContaining({ code: 'usage_backlog' }));
    table.answer = () => {};
    await vi.advanceTimersByTimeAsync(2_000);
    expect(table.rows.size).toBe(31);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(() => service.assertRoom()).not.toThrow();
  });

  it('a call waits for PostgreSQL where the journal cannot be written', async () => {
    service = serviceWith({ USAGE_DURABILITY: 'journal' });
    expect(await service.record(anInvocation())).toBe('durable');
  });

  it('calls that wait are appended again when another process took the journal over', async () => {
    const folder = journalSettings({ USAGE_DURABILITY: 'journal' });
    service = opened(folder);
    table.answer = isAway;
    const calls = some(3);
    await recordAll(calls);
    const taken = new Set<string>();
    table.answer = (batch) => {
      for (const { id } of batch) taken.add(id);
      throw AWAY;
    };
    for (const name of readdirSync(folder.USAGE_JOURNAL_DIR))
      rmSync(join(folder.USAGE_JOURNAL_DIR, name), { recursive: true });
    await vi.advanceTimersByTimeAsync(10_000);
    await passing(2_000, service.onApplicationShutdown());
    table.answer = () => {};
    opened(folder);
    await vi.advanceTimersByTimeAsync(0);
    expect(table.rows).toEqual(new Set(calls.map(({ id }) => id)));
  });
});

describe('a call that is late', () => {
  const HALF_A_MINUTE = 30_000;

  it('does not name a person who was erased since', async () => {
    erased.anna = 'erased:1';
    const ago = (ms: number) => new Date(Date.now() - ms);
    const late = anInvocation({ startedAt: ago(HALF_A_MINUTE + 900), latencyMs: 800, onBehalfOf: 'anna' });
    const ofKey = anInvocation({ startedAt: ago(HALF_A_MINUTE + 900), latencyMs: 800, actor: 'service:app' });
    const recent = anInvocation({ startedAt: ago(HALF_A_MINUTE), latencyMs: 800 });
    const other = anInvocation({ startedAt: ago(HALF_A_MINUTE + 900), latencyMs: 800, userId: 'ben' });
    await recordAll([late, ofKey, recent, other]);
    expect(table.batches.flat()).toEqual([
      { ...late, userId: 'erased:1', actor: 'user:erased:1', onBehalfOf: 'erased:1', requestId: 'erased' },
      { ...ofKey, userId: 'erased:1', requestId: 'erased' },
      recent,
      other,
    ]);
  });
});
