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
    ['without a reason', erased([3, null])],
  ])('%s is one that was erased', (_, person) => {
    expect(pseudonymIn(person)).toBe(P);
  });

  it.each([
    ['a name', erased([0, 'anna'], [1, 'user:anna'])],
    ['half a pseudonym', erased([0, 'erased:'], [1, 'user:erased:'])],
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
    expect(counted([[P, 2]], rows).mismatches([done(P, 2)])).toEqual([expect.stringContaining(P)]);
  });

  it('are not counted against an erasure that began while they were looked at', () => {
    expect(counted([], [P]).mismatches([{ pseudonym: P, seals: 5, completed: false }])).toEqual([]);
  });

  it('are a mismatch where nobody recorded an erasure', () => {
    expect(counted([], [P]).mismatches([])).toEqual([`no erasure is recorded for the rows of ${P}`]);
  });
});
