import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { FakeClock } from '../../test/support/fake-clock.js';
import { ErasureService } from './erasure.service.js';
import type { ErasuresRepository } from './erasures.repository.js';
import type { Erasure } from './personal-data.js';
import type { PersonalDataRepository } from './personal-data.repository.js';

let clock: FakeClock;
let erasures: Erasure[];
/** Rows that are left of each person. */
let rows: Record<string, number>;
let broken: string[];
let service: ErasureService;
beforeEach(() => {
  Logger.overrideLogger(false);
  clock = new FakeClock();
  [erasures, rows, broken] = [[], {}, []];
  const repository = {
    pendingSince: async (before: Date, after?: Erasure) =>
      erasures
        .filter(({ person, requestedAt }) => person !== null && requestedAt <= before)
        .filter(({ id }) => after === undefined || id > after.id)
        .slice(0, 100),
    lock: async () => true,
    forgetHashes: async () => undefined,
    add: async () => undefined,
    complete: async (id: string, at: Date) => {
      Object.assign(erasures.find((each) => each.id === id)!, { completedAt: at, person: null });
    },
  };
  const data = {
    erasable: async () => [{ table: 'notifications' }],
    erase: async (_table: string, { person }: Erasure, most: number) => {
      if (broken.includes(person!)) throw Object.assign(new Error(`${person} is locked`), { code: '55P03' });
      const erased = Math.min(most, rows[person!] ?? 0);
      rows[person!] = (rows[person!] ?? 0) - erased;
      return { rows: erased, seals: 0 };
    },
  };
  const transactions = { run: async <T>(work: (tx: Transaction) => Promise<T>) => work({} as Transaction) };
  service = new ErasureService(
    transactions as unknown as Transactions,
    data as unknown as PersonalDataRepository,
    repository as unknown as ErasuresRepository,
    clock,
  );
});

function request(person: string, secondsAgo: number): void {
  const id = String(erasures.length).padStart(4, '0');
  erasures.push({
    id,
    person,
    pseudonym: `erased:${id}`,
    requestedBy: 'service:app',
    completedAt: null,
    erasedRows: {},
    requestedAt: new Date(clock.millis() - secondsAgo * 1_000),
  });
}
const pending = () => erasures.flatMap(({ person }) => person ?? []);

describe('erasures are completed', () => {
  it('a minute after they were requested, and not before', async () => {
    request('anna', 60);
    request('ben', 59.999);
    await service.completeDue();
    expect(pending()).toEqual(['ben']);
    expect(erasures[0]!.completedAt).toEqual(clock.now());
  });

  it('only when nothing is left, however much there was', async () => {
    rows = { anna: 2_500 };
    request('anna', 60);
    await service.completeDue();
    expect([rows, pending()]).toEqual([{ anna: 0 }, []]);
  });

  it('although older ones cannot be, however many those are', async () => {
    for (let n = 0; n < 100; n += 1) request(`broken-${n}`, 3_600);
    request('anna', 60);
    broken = pending().filter((person) => person.startsWith('broken'));
    await service.completeDue();
    expect(pending()).toEqual(broken);
  });
});
