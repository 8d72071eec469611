import { Injectable, Logger } from '@nestjs/common';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import type { Model } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import type { Conversation } from '#libs/switching/conversation.js';
import { ConversationRecoveryService } from '#libs/switching/conversation-recovery.service.js';
import { ConversationsService } from '#libs/switching/conversations.service.js';
import { type SentNotification, type SwitchOutcome, sentNotificationOf } from '#libs/switching/switch.js';

/** Model that should answer in a conversation, and the notification for its user. */
export interface ResolvedModel {
  conversation: Conversation;
  model: Model;
  notification?: SentNotification;
}

/**
 * Switches a conversation to a fallback while the breaker of its model is open, and back when it is closed again. If a
 * switch fails, the chat continues without it.
 */
@Injectable()
export class FallbackSwitchingService {
  private readonly logger = new Logger('Fallbacks');

  constructor(
    private readonly catalogue: CatalogueService,
    private readonly conversations: ConversationsService,
    private readonly recovery: ConversationRecoveryService,
    private readonly breakers: BreakersService,
  ) {}

  /** @throws NoSelectableModelError */
  async resolveModel(conversation: Conversation, showNotification: boolean): Promise<ResolvedModel> {
    const back = await this.after(conversation, this.recovery.recoverIfHealthy(conversation));
    const { model } = back;
    if (!this.breakers.isOpen(model.id)) return back;
    this.breakers.recheckSoon(model.id);
    const switched = await this.after(
      back.conversation,
      this.recovery.fallbackTo(back.conversation, model, showNotification),
    );
    return { ...back, ...switched };
  }

  private async after(
    conversation: Conversation,
    switching: Promise<SwitchOutcome | undefined>,
  ): Promise<ResolvedModel> {
    const outcome = await switching.catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      this.logger.warn(`conversation ${conversation.id} keeps its model: ${error.code}`);
      return undefined;
    });
    const switched = outcome && (await this.conversations.owned(conversation.id, null));
    const current = switched ?? conversation;
    const { model } = this.conversations.effectiveIn(this.catalogue.useCase(current.useCase), current);
    const notification = outcome && sentNotificationOf(outcome);
    return { conversation: current, model, ...(notification && { notification }) };
  }
}
