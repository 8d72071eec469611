import { describe, expect, it } from 'vitest';
import { ErasedRows, pseudonymIn } from './erased-rows.js';

const P = 'erased:0f65fe52-ee92-4322-a07f-019077eae246';
const Q = 'erased:1f65fe52-ee92-4322-a07f-019077eae246';
const erased = (...changes: [at: number, value: string | null][]) => {
  const person: (string | null)[] = [P, `user:${P}`, null, 'erased', 'erased', 'erased'];
  for (const [at, value] of changes) person[at] = value;
  return person;
};

describe('a row without its salt', () => {
  it.each([
    ['of a user', erased()],
    ['of a key that acted for one', erased([1, 'service:chat'], [2, P])],
    ['of a job', erased([1, 'system:recovery'])],
    ['without an actor', erased([1, null])],
    ['without a reason', erased([3, null])],
  ])('%s is one that was erased', (_, person) => {
    expect(pseudonymIn(person)).toBe(P);
  });

  it.each([
    ['a name', erased([0, 'anna'], [1, 'user:anna'])],
    ['half a pseudonym', erased([0, 'erased:'], [1, 'user:erased:'])],
    ['no user', erased([0, null])],
    ['text before a pseudonym', erased([0, `anna ${P}`], [1, `user:anna ${P}`])],
    ['text after a pseudonym', erased([0, `${P} anna`], [1, `user:${P} anna`])],
    ['another actor', erased([1, 'user:anna'])],
    ['another pseudonym as its actor', erased([1, `user:${Q}`])],
    ['another pseudonym on whose behalf', erased([2, Q])],
    ['a reason', erased([3, 'Cost'])],
    ['a message', erased([4, 'Upgraded'])],
    ['the id of a request', erased([5, 'r-1'])],
  ])('with %s is one that was changed', (_, person) => {
    expect(pseudonymIn(person)).toBeUndefined();
  });
});

describe('the rows of a pseudonym', () => {
  const done = (pseudonym: string, seals: number) => ({ pseudonym, seals, completed: true });
  const running = (pseudonym: string, seals: number) => ({ pseudonym, seals, completed: false });
  const counted = (before: Parameters<typeof done>[], rows: string[]) => {
    const all = new ErasedRows(before.map((each) => done(...each)));
    for (const row of rows) all.count(row);
    return all;
  };

  it('are as many as its erasure recorded', () => {
    const all = counted(
      [
        [P, 2],
        [Q, 0],
      ],
      [P, P],
    );
    expect(all.mismatches([done(P, 2), done(Q, 0)])).toEqual([]);
    expect(all.total).toBe(2);
  });

  it.each([
    ['more', [P, P, P]],
    ['fewer', [P]],
    ['none', []],
  ])('are a mismatch where they are %s', (_, rows) => {
    expect(counted([[P, 2]], rows).mismatches([done(P, 2)])).toEqual([
      `the erasure of ${P} recorded 2 rows with an entry, and ${rows.length} rows have the pseudonym`,
    ]);
  });

  it('are not counted against an erasure that began while they were looked at', () => {
    expect(counted([], [P]).mismatches([running(P, 5)])).toEqual([]);
  });

  it('are not counted against an erasure that was incomplete when the verification began', () => {
    const all = new ErasedRows([running(P, 5)]);
    all.count(P);
    expect(all.mismatches([done(P, 5)])).toEqual([]);
  });

  it('are a mismatch where nobody recorded an erasure', () => {
    expect(counted([], [P]).mismatches([])).toEqual([`no erasure is recorded for the rows of ${P}`]);
  });
});
