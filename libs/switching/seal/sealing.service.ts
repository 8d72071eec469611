import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { type Checkpoint, CheckpointKeys } from './checkpoint.js';
import { chain, GENESIS } from './seal-chain.js';
import { SealsRepository } from './seals.repository.js';

/** How many rows one transaction seals: some tens of milliseconds. */
const BATCH = 1_000;

/** Seals audit rows: each batch goes into the chain with a checkpoint at its end, in one transaction. */
@Injectable()
export class SealingService {
  private readonly logger = new Logger('Sealing');

  constructor(
    private readonly transactions: Transactions,
    private readonly seals: SealsRepository,
    private readonly keys: CheckpointKeys,
    private readonly clock: Clock,
  ) {}

  /** Seals whatever waits. Several workers may call it at once: one of them does it. */
  async sealWaiting(): Promise<void> {
    while ((await this.transactions.run((tx) => this.sealBatch(tx))) === BATCH);
  }

  /** Says once what the checkpoints of this worker are worth. */
  announceSigning(): void {
    if (this.keys.canSign) return;
    this.logger.warn(
      'AUDIT_SIGNING_KEY is not set: checkpoints of the audit chain are not signed. Whoever owns the database could ' +
        'write the chain anew, and only a checkpoint that was kept elsewhere would show it.',
    );
  }

  /** @returns how many rows were sealed */
  private async sealBatch(tx: Transaction): Promise<number> {
    if (!(await this.seals.takeTurn(tx))) return 0;
    const rows = await this.seals.waiting(BATCH, tx);
    if (rows.length === 0) return 0;
    const head = await this.seals.head(tx);
    const distrust = head && (await this.distrust(head.checkpoint, tx));
    if (distrust) {
      this.logger.error(`no audit row is sealed: ${distrust}. Run \`audit verify\` to see what was changed.`);
      return 0;
    }
    const entries = chain(head ?? { position: 0, hash: GENESIS }, rows);
    const { position, hash } = entries.at(-1)!;
    const made = { position, hash, sealedAt: this.clock.now() };
    await this.seals.append(entries, rows, { ...made, signature: this.keys.signatureFor(made) }, tx);
    return rows.length;
  }

  /** A chain that somebody else wrote must not be continued: our signature would vouch for it. */
  private async distrust(head: Checkpoint | null, tx: Transaction): Promise<string | undefined> {
    if (!head) return 'the chain does not end with a checkpoint, so its end is missing or was added by hand';
    if (!this.keys.canSign) return undefined;
    const verdict = this.keys.verdictOn(head);
    if (verdict === 'unknown_key')
      return `its last checkpoint is signed with the key ${head.signature?.keyId}, which AUDIT_PUBLIC_KEYS does not have`;
    if (verdict === 'invalid') return 'the signature of its last checkpoint is not valid';
    const unsignedAgain = verdict === 'unsigned' && (await this.seals.hasSignature(tx));
    return unsignedAgain ? 'its last checkpoint is not signed, and others before it are' : undefined;
  }
}
