import { createHash, createHmac, randomBytes } from 'node:crypto';

/** Kinds of rows in the chain. */
export type SealedKind = 'switch' | 'erasure' | 'decision';

/** A row in its canonical form: every value as text, in the order of `chain-entries.repository.ts`. */
export interface Sealable {
  kind: SealedKind;
  /** Version of the canonical form. Earlier versions stay readable for ever. */
  format: number;
  /** Id of the row. */
  subjectId: string;
  /** Values that may be kept for ever. */
  facts: (string | null)[];
  /** Personal values that can be erased; null: the row has none. */
  person: (string | null)[] | null;
}

/** One entry of the chain. */
export interface ChainEntry {
  /** 1..n without a gap. */
  position: number;
  kind: SealedKind;
  format: number;
  subjectId: string;
  commitment: Buffer | null;
  hash: Buffer;
}

/** The hash before the first entry. */
export const GENESIS: Buffer = Buffer.alloc(32);

/** Returns a commitment that reveals nothing without the salt and binds to exactly one person. */
export const commitmentTo = (person: (string | null)[], salt: Buffer): Buffer =>
  createHmac('sha256', salt).update(JSON.stringify(person)).digest();

/** Hashes the row and, through `previous`, every row before it. */
export function hashOf(previous: Buffer, row: Omit<Sealable, 'person'>, commitment: Buffer | null): Buffer {
  const text = JSON.stringify([
    `${row.kind}/${row.format}`,
    ...row.facts,
    commitment?.toString('hex') ?? null,
  ]);
  return createHash('sha256').update(previous).update(text).digest();
}

/** Returns the entries for rows that follow `head`, each with the salt of its commitment. */
export function appendToChain(
  head: Pick<ChainEntry, 'position' | 'hash'>,
  rows: Sealable[],
): (ChainEntry & { salt: Buffer | null })[] {
  let previous = head.hash;
  return rows.map((row, index) => {
    const salt = row.person && randomBytes(16);
    const commitment = row.person && salt && commitmentTo(row.person, salt);
    previous = hashOf(previous, row, commitment);
    const { kind, format, subjectId } = row;
    return { position: head.position + 1 + index, kind, format, subjectId, commitment, hash: previous, salt };
  });
}
