import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { ChainEntriesRepository } from './chain-entries.repository.js';
import { type Checkpoint, CheckpointKeys } from './checkpoint.js';
import { appendToChain, type ChainEntry, GENESIS } from './hash-chain.js';

/** Rows that one transaction appends in some tens of milliseconds. */
const BATCH = 1_000;

/** Last entry of the chain. */
type Head = Pick<ChainEntry, 'position' | 'hash'>;

/** Appends audit rows to the hash chain: each batch with a checkpoint at its end, in one transaction. */
@Injectable()
export class ChainAppendService {
  private readonly logger = new Logger('Sealing');
  /** Entry that the chain must contain, known from the settings, else from this process, not from the database. */
  private known: Head | undefined;
  private hasWarned = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly entries: ChainEntriesRepository,
    private readonly keys: CheckpointKeys,
    private readonly clock: Clock,
    @Inject(ENV) { AUDIT_CHECKPOINT }: Pick<Env, 'AUDIT_CHECKPOINT'>,
  ) {
    this.known = AUDIT_CHECKPOINT;
  }

  /** Appends all waiting rows. Several workers may call it concurrently: only one appends. */
  async appendWaiting(): Promise<void> {
    this.warnOnceUnsigned();
    for (let sealed = BATCH; sealed === BATCH; ) {
      const batch = await this.transactions.run((tx) => this.appendBatch(tx));
      // Set after the commit: a batch that was not committed is not in the chain.
      this.known = batch.head ?? this.known;
      sealed = batch.sealed;
    }
  }

  private warnOnceUnsigned(): void {
    if (this.keys.canSign || this.hasWarned) return;
    this.hasWarned = true;
    this.logger.warn(
      'AUDIT_SIGNING_KEY is not set, so checkpoints of the hash chain are not signed. The owner of the database could ' +
        'rewrite the chain. Only a checkpoint that you keep elsewhere shows that.',
    );
  }

  /**
   * Appends one batch.
   * @returns the number of appended rows and the last entry; no head: another worker appends, or the chain is not
   * trusted
   */
  private async appendBatch(tx: Transaction): Promise<{ sealed: number; head?: Head }> {
    if (!(await this.entries.takeTurn(tx))) return { sealed: 0 };
    const head = await this.entries.head(tx);
    const reasonToHalt = await this.findReasonToHalt(head, tx);
    if (reasonToHalt) {
      this.logger.error(
        `no audit row is appended to the hash chain: ${reasonToHalt}. Run \`audit verify\` to find the changes.`,
      );
      return { sealed: 0 };
    }
    const rows = await this.entries.waiting(BATCH, tx);
    if (rows.length === 0) return { sealed: 0, ...(head && { head }) };
    const entries = appendToChain(head ?? { position: 0, hash: GENESIS }, rows);
    const { position, hash } = entries.at(-1)!;
    const made = { position, hash, sealedAt: this.clock.now() };
    await this.entries.append(entries, rows, { ...made, signature: this.keys.signatureFor(made) }, tx);
    return { sealed: rows.length, head: { position, hash } };
  }

  /** Checks that the chain is ours. A forged chain must not be continued: our signature would vouch for it. */
  private async findReasonToHalt(
    head: (Head & { checkpoint: Checkpoint | null }) | null,
    tx: Transaction,
  ): Promise<string | undefined> {
    if (this.known && !(await this.entries.hasEntry(this.known, tx)))
      return (
        `the chain does not have the entry ${this.known.position} that this worker knows, so it was rewritten or ` +
        'cut. After a restore: restart the workers, and see AUDIT_CHECKPOINT'
      );
    if (!head) return undefined;
    if (!head.checkpoint)
      return 'the chain does not end with a checkpoint, so its end is missing or was added by hand';
    return this.keys.canSign ? this.reasonToHaltBySignature(head.checkpoint, tx) : undefined;
  }

  private async reasonToHaltBySignature(last: Checkpoint, tx: Transaction): Promise<string | undefined> {
    const status = this.keys.signatureStatusOf(last);
    if (status === 'unknown_key')
      return `its last checkpoint is signed with the key ${last.signature?.keyId}, which AUDIT_PUBLIC_KEYS does not have`;
    if (status === 'invalid') return 'the signature of its last checkpoint is not valid';
    if (status === 'valid') return undefined;
    if (await this.entries.hasSignature(tx))
      return 'its last checkpoint is not signed, and others before it are';
    if (this.known) return undefined;
    return (
      'the chain has no signature at all, and this worker has a key. If the key is new, set AUDIT_CHECKPOINT to a ' +
      'checkpoint of the chain that was kept elsewhere; if not, the signatures were removed'
    );
  }
}
