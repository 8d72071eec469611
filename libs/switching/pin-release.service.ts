import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { ConversationsRepository } from './conversations.repository.js';
import { SwitchService } from './switch.service.js';

const UNPIN_BATCH_SIZE = 1_000;

/**
 * Conversations pinned to a model that can be selected no more (failed, ended, retired) are answered by another one from
 * that moment. This makes a switch of it, audited and told like any other, and ends the pin: the model would come back
 * as silently.
 */
@Injectable()
export class PinReleaseService {
  private readonly logger = new Logger('PinRelease');
  /** The last conversation of the run before; '': the next run begins with the first one. */
  private after = '';

  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly switching: SwitchService,
    private readonly catalogue: CatalogueService,
  ) {}

  /**
   * Releases the pins that cannot be followed, up to a thousand. The next call continues behind them, so that a
   * thousand that cannot be released do not block the others.
   */
  async releaseDue(): Promise<void> {
    const pinned = await this.conversations.pinnedModels();
    const unfit = pinned.filter((id) => this.catalogue.verdictOn(id).reasons.length > 0);
    if (unfit.length === 0) return;
    const useCases = this.useCasesWithModels();
    const ids = await this.conversations.pinnedTo(unfit, useCases, this.after, UNPIN_BATCH_SIZE);
    this.after = ids.length === UNPIN_BATCH_SIZE ? ids.at(-1)! : '';
    for (const id of ids) await this.release(id);
  }

  private async release(conversationId: string): Promise<void> {
    try {
      await this.switching.execute(
        { kind: 'release', conversationId, showNotification: true, dryRun: false },
        { principal: { kind: 'system', name: 'release' }, requestId: randomUUID() },
      );
    } catch (error) {
      this.logger.warn(`conversation ${conversationId} stays on its pin: ${(error as Error).message}`);
    }
  }

  /** Others have nothing to offer, and would be tried for ever. */
  private useCasesWithModels(): string[] {
    return this.catalogue
      .snapshot()
      .useCases.map(({ name }) => name)
      .filter((name) => this.catalogue.candidatesOf(name).candidates.some(({ selectable }) => selectable));
  }
}
