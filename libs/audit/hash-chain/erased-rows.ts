/** An erasure, as far as the chain can prove it. */
export interface Erasure {
  pseudonym: string;
  completed: boolean;
  /** Sealed rows that lost what tied them to the person. */
  seals: number;
}

const PSEUDONYM = /^erased:[\da-f-]{36}$/;
const ERASED = 'erased';

/**
 * Returns the pseudonym of a row without a salt, which may only contain the values that an erasure leaves.
 * @param person user, actor, on behalf of, reason, message and request id of the row
 * @returns the pseudonym; undefined: the row was changed by something else
 */
export function pseudonymIn(person: (string | null)[]): string | undefined {
  const [user, actor, onBehalfOf, reason, message, requestId] = person;
  const isErased =
    PSEUDONYM.test(user ?? '') &&
    (!actor?.startsWith('user:') || actor === `user:${user}`) &&
    [null, user].includes(onBehalfOf ?? null) &&
    [null, ERASED].includes(reason ?? null) &&
    message === ERASED &&
    requestId === ERASED;
  return isErased ? user! : undefined;
}

/** Counts rows by pseudonym and compares the counts with the records of erasures. */
export class ErasedRows {
  total = 0;
  private readonly counted = new Map<string, number>();
  private readonly expected: Map<string, number>;

  /** @param before the erasures at the start: only those that were complete by then can be counted exactly */
  constructor(before: Erasure[]) {
    const complete = before.filter(({ completed }) => completed);
    this.expected = new Map(complete.map(({ pseudonym, seals }) => [pseudonym, seals]));
  }

  count(pseudonym: string): void {
    this.total += 1;
    this.counted.set(pseudonym, (this.counted.get(pseudonym) ?? 0) + 1);
  }

  /** @returns a sentence for each pseudonym that more or fewer rows carry than an erasure recorded */
  mismatches(now: Erasure[]): string[] {
    const known = new Set(now.map(({ pseudonym }) => pseudonym));
    const unknown = [...this.counted.keys()].filter((pseudonym) => !known.has(pseudonym));
    const wrong = [...this.expected].filter(
      ([pseudonym, seals]) => (this.counted.get(pseudonym) ?? 0) !== seals,
    );
    return [
      ...unknown.map((pseudonym) => `no erasure is recorded for the rows of ${pseudonym}`),
      ...wrong.map(
        ([pseudonym, seals]) =>
          `the erasure of ${pseudonym} recorded ${seals} rows with an entry, and ${this.counted.get(pseudonym) ?? 0} rows have the pseudonym`,
      ),
    ];
  }
}
