import type { DataSource } from 'typeorm';
import { expect, it } from 'vitest';
import { type Ranking, UserRanking } from './user-ranking.repository.js';

/** Users with what they have in two months, and nothing that is not rolled up yet. */
type Months = Record<string, [october: number, november: number]>;

class FakeDataSource {
  constructor(private readonly months: Months) {}

  async query(sql: string, [first, second, third]: (string | number)[]): Promise<object[]> {
    if (sql.includes('nullif')) return [{ share: 0.5 }];
    if (sql.includes('OFFSET')) {
      const figures = Object.values(this.months)
        .map(([october, november]) => (first === '2026-10-01' ? october : november))
        .filter((figure) => third === undefined || figure <= Number(third));
      const figure = figures.toSorted((a, b) => b - a)[Number(second)];
      return figure === undefined ? [] : [{ figure }];
    }
    return Object.keys(this.months)
      .filter((id) => this.months[id]!.some((figure) => figure >= Number(third)))
      .map((id) => ({ id }));
  }
}

interface Read {
  ids: string[];
  rank: number | undefined;
}

/** Ranks by both months together, as if all of both were asked for. @returns the page, and how many users each read saw */
async function rank(months: Months, asked: Partial<Ranking> = {}) {
  const ranking: Ranking = { by: 'calls', from: '2026-10-01', to: '2026-11-30', limit: 2, ...asked };
  const total = (id: string) => months[id]![0] + months[id]![1];
  const seen: number[] = [];
  const read = async (users: string[] | null): Promise<Read> => {
    const among = users ?? Object.keys(months);
    seen.push(among.length);
    const ids = among
      .filter((id) => ranking.after === undefined || total(id) < ranking.after)
      .toSorted((a, b) => total(b) - total(a) || a.localeCompare(b))
      .slice(0, ranking.limit + 1);
    return { ids, rank: ids.length > ranking.limit ? total(ids.at(-1)!) : undefined };
  };
  const users = new UserRanking(new FakeDataSource(months) as unknown as DataSource);
  const { ids } = await users.page(ranking, read, (page) => page.rank);
  return { ids, seen };
}

/** A few have most. */
const skewed = (count: number): Months =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `user-${i}`,
      [Math.ceil(9_000 / (i + 1)), Math.ceil(9_000 / (i + 1))],
    ]),
  );
/** Sums all of them. */
const all = (months: Months, after = Number.POSITIVE_INFINITY) =>
  Object.entries(months)
    .map(([id, [a, b]]) => ({ id, total: a + b }))
    .filter(({ total }) => total < after)
    .toSorted((a, b) => b.total - a.total || a.id.localeCompare(b.id))
    .slice(0, 3)
    .map(({ id }) => id);

it('the users with most are found among few of all', async () => {
  const { ids, seen } = await rank(skewed(1_000));
  expect(ids).toEqual(all(skewed(1_000)));
  expect(seen).toHaveLength(1);
  expect(seen[0]).toBeLessThan(20);
});

it('and so are those of a later page, from where the page before ended', async () => {
  const { ids, seen } = await rank(skewed(1_000), { after: 200 });
  expect(ids).toEqual(all(skewed(1_000), 200));
  expect(Math.max(...seen)).toBeLessThan(1_000);
});

it('and those behind somebody who has far more than anybody else', async () => {
  const months = { ...skewed(1_000), giant: [90_000, 90_000] } satisfies Months;
  const { ids, seen } = await rank(months, { after: 180_000 });
  expect(ids).toEqual(all(months, 180_000));
  expect(seen).toHaveLength(1);
  expect(seen[0]).toBeLessThan(20);
});

it.each<[string, Months]>([
  ['all have as much', Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`user-${i}`, [10, 10]]))],
  [
    'each has all of it in one month',
    Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`user-${i}`, i % 2 ? [i + 1, 0] : [0, i + 1]])),
  ],
  ['there are hardly any', { anna: [5, 1], ben: [0, 1] }],
  ['there is nobody', {}],
])('nobody is left out where %s', async (_, months) => {
  expect((await rank(months)).ids).toEqual(all(months));
});

it.each<[string, Partial<Ranking>]>([
  ['a few days', { from: '2026-11-01', to: '2026-11-07' }],
  ['the last page, on which nobody has anything', { after: 1 }],
])('all are summed in one query for %s', async (_, asked) => {
  expect((await rank(skewed(100), asked)).seen).toEqual([100]);
});

it('lower bounds are tried before all are added up, where only a part is asked for', async () => {
  const { ids, seen } = await rank(skewed(1_000), { useCase: 'clinical', part: 40 });
  expect(ids).toEqual(all(skewed(1_000)));
  expect(seen.length).toBeGreaterThan(1);
});
