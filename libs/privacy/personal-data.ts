/** Somebody to be forgotten. */
export interface Erasure {
  id: string;
  /** What stands in the place of the person from now on. */
  pseudonym: string;
  /** Null: completed, and forgotten here, too. */
  person: string | null;
  requestedBy: string;
  requestedAt: Date;
  completedAt: Date | null;
  /** By table. */
  erasedRows: Record<string, number>;
}

/** A row that is about a person, by the names of its table. */
export interface ExportedRow {
  table: string;
  row: Record<string, unknown>;
}

/** Names that are not of a person: keys, jobs of our own, and whoever is erased already. */
const NOBODY = /^(service|system|erased):/;

export const isPerson = (id: string): boolean => !NOBODY.test(id);
