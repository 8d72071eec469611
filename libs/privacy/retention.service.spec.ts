import { Logger } from '@nestjs/common';
import { expect, it } from 'vitest';
import type { RetentionRepository } from './retention.repository.js';
import { RetentionService } from './retention.service.js';

/** Runs once over tables with so many old rows. @returns what is left of them */
async function enforce(
  old: Record<string, number>,
  { settings = {}, broken = [] as string[] }: { settings?: Record<string, number>; broken?: string[] } = {},
) {
  Logger.overrideLogger(false);
  const asked: [table: string, days: number][] = [];
  const repository = {
    rules: async () => Object.keys(old).map((table) => ({ table, days: 90, atLeast: 7 })),
    expire: async (table: string, days: number, most: number) => {
      asked.push([table, days]);
      if (broken.includes(table)) throw new Error('canceling statement due to lock timeout');
      const expired = Math.min(most, old[table]!);
      old[table]! -= expired;
      return expired;
    },
  };
  const retention = new RetentionService(repository as unknown as RetentionRepository, {
    RETENTION_DAYS: settings,
  });
  await retention.onApplicationBootstrap();
  await retention.enforce();
  return { left: old, asked };
}

it('old rows go in as many batches as it takes', async () => {
  expect((await enforce({ notifications: 9_000 })).left).toEqual({ notifications: 0 });
});

it('a table whose rows cannot be deleted does not block those after it', async () => {
  const { left } = await enforce({ calls: 5, notifications: 5 }, { broken: ['calls'] });
  expect(left).toEqual({ calls: 5, notifications: 0 });
});

it('a setting replaces the days of the rule, and 0 keeps the rows for ever', async () => {
  const { left, asked } = await enforce(
    { calls: 5, notifications: 5 },
    { settings: { calls: 0, notifications: 8 } },
  );
  expect([left, asked[0]]).toEqual([{ calls: 5, notifications: 0 }, ['notifications', 8]]);
});

it.each([
  ['fewer days than the rule allows', { notifications: 6 }],
  ['a table that is not in the rules', { switches: 30 }],
])('a setting of %s is refused', async (_, settings) => {
  await expect(enforce({ notifications: 1 }, { settings })).rejects.toThrow('RETENTION_DAYS is not usable');
});

it('a setting of exactly the fewest days is taken', async () => {
  expect((await enforce({ notifications: 1 }, { settings: { notifications: 7 } })).asked[0]).toEqual([
    'notifications',
    7,
  ]);
});

it('a start while all connections are taken waits for one, and one with a refused login does not', async () => {
  const refusals = ['53300', '53300', '28P01'];
  const rules = async () => {
    throw Object.assign(new Error('refused'), { code: refusals.shift() });
  };
  const retention = new RetentionService({ rules } as unknown as RetentionRepository, { RETENTION_DAYS: {} });
  retention.retryMs = 0;
  await expect(retention.onApplicationBootstrap()).rejects.toMatchObject({ code: '28P01' });
  expect(refusals).toEqual([]);
});
