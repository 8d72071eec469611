import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { FakeClock } from '../../test/support/fake-clock.js';
import { join, pick } from '../../test/support/switch-fixture.js';
import type { IdempotencyRepository } from './idempotency.repository.js';
import { IdempotencyService } from './idempotency.service.js';
import type { Caller } from './switch.js';

const DAY_MS = 86_400_000;
const tx = {} as Transaction;

interface Row {
  requestHash: string;
  answer: string;
  at: Date;
}

/** The table of stored answers. */
class FakeIdempotencyRepository {
  readonly rows = new Map<string, Row>();
  readonly running = new Set<string>();
  /** How many old keys each call of `forget` finds. */
  batches: number[] = [];
  forgottenBefore: Date[] = [];

  async reserve(actor: string, key: string): Promise<boolean> {
    return !this.running.has(`${actor} ${key}`);
  }
  async find(actor: string, key: string, since: Date): Promise<Row | null> {
    const row = this.rows.get(`${actor} ${key}`);
    return row && row.at > since ? row : null;
  }
  store(actor: string, key: string, row: Row): void {
    this.rows.set(`${actor} ${key}`, row);
  }
  async forget(before: Date, limit: number): Promise<number> {
    this.forgottenBefore.push(before);
    return Math.min(this.batches.shift() ?? 0, limit);
  }
}

let repository: FakeIdempotencyRepository;
let clock: FakeClock;
let service: IdempotencyService;
beforeEach(() => {
  repository = new FakeIdempotencyRepository();
  clock = new FakeClock();
  const table = repository satisfies Partial<IdempotencyRepository> as unknown as IdempotencyRepository;
  service = new IdempotencyService(table, clock);
});

const caller = (idempotencyKey?: string, subject = 'alice'): Caller => ({
  principal: { kind: 'user', subject },
  requestId: 'request-1',
  idempotencyKey,
});
/** Work that answers differently each time it is really done. */
const work = () => {
  let done = 0;
  return vi.fn(async () => ({ switched: true, turn: ++done }));
};

describe('a request without a key', () => {
  it('is done each time', async () => {
    const switching = work();
    await service.once(caller(), pick('a'), tx, switching);
    expect(await service.once(caller(), pick('a'), tx, switching)).toEqual({ switched: true, turn: 2 });
    expect(repository.rows.size).toBe(0);
  });
});

describe('a request with a key', () => {
  it('is done once, and answered the same each time', async () => {
    const switching = work();
    const first = await service.once(caller('k'), pick('a'), tx, switching);
    const second = await service.once(caller('k'), pick('a'), tx, switching);
    expect(switching).toHaveBeenCalledOnce();
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });

  it('is refused with another body', async () => {
    await service.once(caller('k'), pick('a'), tx, work());
    for (const other of [pick('b'), pick('a', 'clinical'), { ...pick('a'), reason: 'x' }, join('clinical')])
      await expect(service.once(caller('k'), other, tx, work())).rejects.toMatchObject({
        kind: 'unprocessable',
        code: 'idempotency_key_reused',
      });
  });

  it('is refused while the first is still running', async () => {
    repository.running.add('user:alice k');
    await expect(service.once(caller('k'), pick('a'), tx, work())).rejects.toMatchObject({
      kind: 'conflict',
      code: 'request_in_progress',
      retryAfter: 1,
    });
  });

  it('has nothing to do with another’s request with the same key', async () => {
    const switching = work();
    await service.once(caller('k', 'alice'), pick('a'), tx, switching);
    await service.once(caller('k', 'bob'), pick('b'), tx, switching);
    expect(switching).toHaveBeenCalledTimes(2);
  });

  it('may be sent again after it was refused: only answers are remembered', async () => {
    const refused = async () => Promise.reject(new Error('not selectable'));
    await expect(service.once(caller('k'), pick('a'), tx, refused)).rejects.toThrow('not selectable');
    const switching = work();
    await service.once(caller('k'), pick('b'), tx, switching);
    expect(switching).toHaveBeenCalledOnce();
  });

  it.each([
    ['is remembered for a day less a millisecond', DAY_MS - 1, 1],
    ['is forgotten after a day', DAY_MS, 2],
  ])('%s', async (_, after, times) => {
    const switching = work();
    await service.once(caller('k'), pick('a'), tx, switching);
    clock.advance(after);
    await service.once(caller('k'), pick('a'), tx, switching);
    expect(switching).toHaveBeenCalledTimes(times);
  });
});

describe('forgetting', () => {
  it('continues batch by batch until no full one is left', async () => {
    repository.batches = [5_000, 5_000, 17, 5_000];
    await service.forgetOld();
    const aDayAgo = new Date(clock.now().getTime() - DAY_MS);
    expect(repository.forgottenBefore).toEqual([aDayAgo, aDayAgo, aDayAgo]);
  });
});
