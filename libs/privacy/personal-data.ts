/** Erasure of the data of one person. */
export interface Erasure {
  id: string;
  /** Replacement of the person's id. */
  pseudonym: string;
  /** Null: completed, and erased here, too. */
  person: string | null;
  requestedBy: string;
  requestedAt: Date;
  completedAt: Date | null;
  /** Number of rows by table. */
  erasedRows: Record<string, number>;
}

/** Row with personal data, under the names of its table. */
export interface ExportedRow {
  table: string;
  row: Record<string, unknown>;
}

/** Prefixes of ids that are no person's: keys, internal jobs, and erased persons. */
const NOBODY = /^(service|system|erased):/;

export const isPerson = (id: string): boolean => !NOBODY.test(id);

/** Data that names a person and is written later than it came to be. */
export interface LateMention {
  id: string;
  person: string;
  /** Time that the data is of. */
  at: Date;
}

/** Time after which nothing that names a person is written late: their erasure could not be known any more. */
export const MAX_LATE_MS = 30 * 86_400_000;
