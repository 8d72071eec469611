import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { ConversationsRepository } from './conversations.repository.js';
import { SwitchingService } from './switching.service.js';

const AT_ONCE = 1_000;

/**
 * Conversations pinned to a model that can be selected no more (failed, ended, retired) are answered by another one from
 * that moment. This makes a switch of it, audited and told like any other, and ends the pin: the model would come back
 * as silently.
 */
@Injectable()
export class PinReleaseService {
  private readonly logger = new Logger('PinRelease');

  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly switching: SwitchingService,
    private readonly catalogue: CatalogueService,
  ) {}

  /** Releases the pins that cannot be followed, up to a thousand. */
  async releaseDue(): Promise<void> {
    const pinned = await this.conversations.pinnedModels();
    const unfit = pinned.filter((id) => this.catalogue.verdictOn(id).reasons.length > 0);
    if (unfit.length === 0) return;
    for (const id of await this.conversations.pinnedTo(unfit, this.useCasesWithModels(), AT_ONCE)) {
      try {
        await this.switching.execute(
          { kind: 'release', conversationId: id, showNotification: true, dryRun: false },
          { principal: { kind: 'system', name: 'release' }, requestId: randomUUID() },
        );
      } catch (error) {
        this.logger.warn(`conversation ${id} stays on its pin: ${(error as Error).message}`);
      }
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
