import { Injectable } from '@nestjs/common';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { OutboxDoorbell } from '#libs/platform/outbox/outbox-doorbell.js';
import { ConversationsCache } from './conversations.cache.js';
import type { AppliedSwitch } from './scoped-switch.js';

/** Tells everyone of a switch once it is committed. Nothing here can fail it any more, or lose it. */
@Injectable()
export class SwitchAnnouncer {
  constructor(
    private readonly conversations: ConversationsCache,
    private readonly catalogue: CatalogueService,
    private readonly doorbell: OutboxDoorbell,
  ) {}

  async announce({ changed, event }: AppliedSwitch): Promise<void> {
    if (event) this.doorbell.ring();
    if (!changed) return;
    if ('catalogueVersion' in changed) await this.catalogue.announce(changed.catalogueVersion);
    else this.conversations.changed(changed.conversationId, changed.version);
  }
}
