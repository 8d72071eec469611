import { Injectable } from '@nestjs/common';
import { ChainEntriesRepository, type OrphanRows } from './chain-entries.repository.js';
import { type ChainProblem, ChainVerifier } from './chain-verifier.js';
import { type Checkpoint, CheckpointKeys } from './checkpoint.js';
import { ErasedRows } from './erased-rows.js';
import { VerificationRunningError } from './hash-chain.errors.js';

/** Rows in memory at a time. */
const PAGE = 500;
/** Rows that one statement checks for orphans. */
const LOOKED_AT = 5_000;
const BEFORE_ALL_IDS = '00000000-0000-0000-0000-000000000000';

export interface Progress {
  checked: number;
  of: number;
}

/** Result of the verification of all audit rows. */
export interface Verification {
  intact: boolean;
  /** Verified entries of the chain. */
  checked: number;
  /** Rows that are not appended yet. */
  waiting: number;
  /** Rows with erased personal data; their other values are still verified. */
  erased: number;
  /** The last checkpoint of the chain. */
  head: Checkpoint | null;
  checkpoints: { total: number; signed: number; signedFrom: number | null };
  /** False: no public key is configured, so that signatures are not checked. */
  signaturesChecked: boolean;
  /** The first hundred; `problemCount` counts all. */
  problems: ChainProblem[];
  problemCount: number;
}

/** Verifies that the audit rows are those that were appended, or names those that are not. */
@Injectable()
export class VerificationService {
  private running = false;

  constructor(
    private readonly entries: ChainEntriesRepository,
    private readonly keys: CheckpointKeys,
  ) {}

  /**
   * Reads everything once, a page at a time, yields its progress after each page, and returns the result.
   * @param externalCheckpoint a checkpoint that was kept outside of the database: without one a truncated end can go unnoticed
   * @throws VerificationRunningError
   */
  async *verify(externalCheckpoint?: Checkpoint): AsyncGenerator<Progress, Verification> {
    if (this.running) throw new VerificationRunningError();
    this.running = true;
    try {
      const erased = new ErasedRows(await this.entries.erasures());
      const check = new ChainVerifier(this.keys, erased, externalCheckpoint);
      yield* this.followChain(check);
      const head = check.finish();
      for (const detail of erased.mismatches(await this.entries.erasures()))
        check.add({ code: 'erasure_mismatch', position: null, switchId: null, detail });
      await this.findOrphanRows(check);
      return {
        intact: check.problemCount === 0,
        checked: check.checked,
        head,
        waiting: await this.entries.countWaiting(),
        erased: erased.total,
        checkpoints: check.checkpoints,
        signaturesChecked: this.keys.canVerify,
        problems: check.problems,
        problemCount: check.problemCount,
      };
    } finally {
      this.running = false;
    }
  }

  /** Lists checkpoints, newest first; `before` is the position of the last one of the previous page. */
  async checkpoints(limit: number, before?: number): Promise<Checkpoint[]> {
    return this.entries.checkpoints(limit, before);
  }

  private async *followChain(verifier: ChainVerifier): AsyncGenerator<Progress, void> {
    const of = await this.entries.lastPosition();
    for (let position = 0; position < of; ) {
      const entries = await this.entries.entriesBetween(position, of, PAGE);
      for (const entry of entries) verifier.follow(entry);
      position = entries.at(-1)?.position ?? of;
      yield { checked: verifier.checked, of };
    }
  }

  /** Reports rows that the chain cannot show: those that were never appended, or were deleted before. */
  private async findOrphanRows(verifier: ChainVerifier): Promise<void> {
    const { entries: seals } = this;
    const report = (code: ChainProblem['code'], detail: string) => (switchId: string) =>
      verifier.add({ code, position: null, switchId, detail });
    const lost = await seals.deletedBeforeSealing(PAGE);
    lost.forEach(report('row_missing', 'the row was removed before its append to the chain'));
    await eachStray(
      (after) => seals.rowsWithoutSeal(after, LOOKED_AT),
      report('row_not_sealed', 'the row was added without an entry'),
    );
    await eachStray(
      (after) => seals.decisionsWithoutSeal(after, LOOKED_AT),
      report('row_not_sealed', 'the decision was added without an entry'),
    );
    await eachStray(
      (after) => seals.eventsWithoutRow(after, LOOKED_AT),
      report('row_missing', 'the switch was committed, and its row is missing'),
    );
  }
}

async function eachStray(
  look: (after: string) => Promise<OrphanRows>,
  found: (id: string) => void,
): Promise<void> {
  for (let after: string | null = BEFORE_ALL_IDS; after !== null; ) {
    const page = await look(after);
    page.ids.forEach(found);
    after = page.last;
  }
}
