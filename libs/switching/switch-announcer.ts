import { Injectable, Logger } from '@nestjs/common';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { OutboxSignal } from '#libs/platform/outbox/outbox-signal.js';
import { ConversationsCache } from './conversations.cache.js';
import type { SwitchCommand } from './switch.js';
import type { AppliedSwitch } from './switch-request.js';
import { SwitchTelemetry } from './switch-telemetry.js';

/** Tells everyone of a switch once it is committed. Nothing here can fail it any more, or lose it. */
@Injectable()
export class SwitchAnnouncer {
  private readonly logger = new Logger('SwitchAnnouncer');

  constructor(
    private readonly conversations: ConversationsCache,
    private readonly catalogue: CatalogueService,
    private readonly signal: OutboxSignal,
    private readonly telemetry: SwitchTelemetry,
  ) {}

  /** Commits a switch, then announces it. @throws what the commit throws */
  async announced(command: SwitchCommand, commit: () => Promise<AppliedSwitch>): Promise<AppliedSwitch> {
    const applied = await this.telemetry.observe(command, commit);
    await this.announce(applied).catch((error: unknown) => this.logger.error(error));
    return applied;
  }

  private async announce({ changed, event }: AppliedSwitch): Promise<void> {
    if (event) this.signal.notify();
    if (!changed) return;
    if ('catalogueVersion' in changed) await this.catalogue.announce(changed.catalogueVersion);
    else this.conversations.changed(changed.conversationId, changed.version);
  }
}
