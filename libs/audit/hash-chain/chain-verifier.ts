import type { Checkpoint, CheckpointKeys } from './checkpoint.js';
import { type ErasedRows, pseudonymIn } from './erased-rows.js';
import { type ChainEntry, commitmentTo, GENESIS, hashOf, type Sealable } from './hash-chain.js';

/** Entry with its current row. */
export interface EntryWithRow extends ChainEntry {
  /** Set on the last entry of a batch. */
  checkpoint: Pick<Checkpoint, 'sealedAt' | 'signature'> | null;
  salt: Buffer | null;
  /** Null: the row is deleted. */
  row: Pick<Sealable, 'facts' | 'person'> | null;
  /** Null: the event equals the row, or there is no row. */
  event: 'changed' | 'missing' | null;
}

/** Code of a problem, for programs. */
export type ProblemCode =
  | 'row_changed'
  | 'row_missing'
  | 'row_not_sealed'
  | 'event_changed'
  | 'event_missing'
  | 'entry_missing'
  | 'erasure_mismatch'
  | 'tail_cut'
  | 'history_rewritten'
  | 'signature_invalid'
  | 'signature_missing'
  | 'key_unknown';

export interface ChainProblem {
  code: ProblemCode;
  /** Position in the chain; null: the row is not in it. */
  position: number | null;
  /** The affected switch. */
  switchId: string | null;
  detail: string;
}

/** As many as a person can read; the others are only counted. */
const MAX_LISTED_PROBLEMS = 100;

/** Verifies the chain entry by entry and keeps only the last one in memory. */
export class ChainVerifier {
  /** The first problems, in the order of the chain. */
  readonly problems: ChainProblem[] = [];
  problemCount = 0;
  checked = 0;
  /** Number of checkpoints, of signed ones, and the position of the first signed one. */
  readonly checkpoints = { total: 0, signed: 0, signedFrom: null as number | null };
  private last: Checkpoint | null = null;
  /** Null after a gap: the hash before the next entry is unknown. */
  private previous: Buffer | null = GENESIS;
  private position = 0;

  /**
   * @param erased counts the rows with erased personal data
   * @param externalCheckpoint a checkpoint that was externalCheckpoint outside of the database
   */
  constructor(
    private readonly keys: CheckpointKeys,
    private readonly erased: ErasedRows,
    private readonly externalCheckpoint?: Checkpoint,
  ) {
    if (externalCheckpoint) this.checkSignature(externalCheckpoint, 'the kept checkpoint');
  }

  follow(entry: EntryWithRow): void {
    if (entry.position !== this.position + 1) this.reportGap(entry.position);
    this.checkRow(entry);
    this.checkCheckpoint(entry);
    this.checked += 1;
    this.position = entry.position;
    this.previous = entry.hash;
  }

  /** @returns the last checkpoint of the chain; null: there is none */
  finish(): Checkpoint | null {
    const { position, last, externalCheckpoint } = this;
    const ends = `the chain ends at ${position}`;
    if (externalCheckpoint && externalCheckpoint.position > position)
      this.report(
        'tail_cut',
        position,
        `${ends}, but the kept checkpoint is at ${externalCheckpoint.position}`,
      );
    if (position > (last?.position ?? 0))
      this.report('tail_cut', position, `${ends} without a checkpoint: later entries are missing`);
    if (last && this.keys.canVerify && !last.signature)
      this.report('signature_missing', last.position, 'the last checkpoint is not signed');
    return last;
  }

  add(problem: ChainProblem): void {
    this.problemCount += 1;
    if (this.problems.length < MAX_LISTED_PROBLEMS) this.problems.push(problem);
  }

  private reportGap(next: number): void {
    const first = this.position + 1;
    const missing = next - 1 > first ? `entries ${first} to ${next - 1} are` : `entry ${first} is`;
    this.report('entry_missing', first, `${missing} missing from the chain`);
    this.previous = null;
  }

  private checkRow(entry: EntryWithRow): void {
    const { position, subjectId, row } = entry;
    if (!row) this.report('row_missing', position, 'the row has an entry and is missing', subjectId);
    else if (!this.isAsSealed(entry, row))
      this.report('row_changed', position, 'the row or its entry changed after the append', subjectId);
    else if (entry.event) this.reportEvent(entry, entry.event);
  }

  private reportEvent({ position, subjectId }: EntryWithRow, event: 'changed' | 'missing'): void {
    const detail = event === 'missing' ? 'the event of the row is missing' : 'the event differs from the row';
    this.report(`event_${event}`, position, detail, subjectId);
  }

  private isAsSealed(entry: EntryWithRow, row: NonNullable<EntryWithRow['row']>): boolean {
    const isLinked =
      this.previous === null ||
      hashOf(this.previous, { ...entry, ...row }, entry.commitment).equals(entry.hash);
    return isLinked && (row.person === null || this.isSamePerson(entry, row.person));
  }

  private isSamePerson({ salt, commitment }: EntryWithRow, person: (string | null)[]): boolean {
    if (salt) return commitment?.equals(commitmentTo(person, salt)) === true;
    const pseudonym = pseudonymIn(person);
    if (pseudonym) this.erased.count(pseudonym);
    return pseudonym !== undefined;
  }

  private checkCheckpoint({ position, hash, checkpoint }: EntryWithRow): void {
    if (this.externalCheckpoint?.position === position && !this.externalCheckpoint.hash.equals(hash))
      this.report(
        'history_rewritten',
        position,
        'the chain up to this entry differs from the chain of the kept checkpoint',
      );
    if (!checkpoint) return;
    this.last = { ...checkpoint, position, hash };
    this.checkpoints.total += 1;
    if (!checkpoint.signature) return;
    this.checkpoints.signed += 1;
    this.checkpoints.signedFrom ??= position;
    this.checkSignature(this.last, 'the checkpoint');
  }

  private checkSignature(checkpoint: Checkpoint, what: string): void {
    if (!this.keys.canVerify) return;
    const { position, signature } = checkpoint;
    const status = this.keys.signatureStatusOf(checkpoint);
    if (status === 'invalid')
      this.report('signature_invalid', position, `the signature of ${what} is not valid`);
    if (status === 'unknown_key')
      this.report(
        'key_unknown',
        position,
        `${what} has a signature of ${signature?.keyId}, which is not in AUDIT_PUBLIC_KEYS`,
      );
  }

  private report(code: ProblemCode, position: number, detail: string, switchId: string | null = null): void {
    this.add({ code, position, switchId, detail });
  }
}
