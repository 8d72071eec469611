import { Injectable } from '@nestjs/common';
import { findModel } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { assertUseCasesAllowed, limitsOf } from '#libs/platform/auth/key-limits.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { type Page, pageOf } from '#libs/platform/paging/page.js';
import { authorizeRead } from './authorize-switch.js';
import { ConversationListRepository, type StoredConversation } from './conversation-list.repository.js';
import { ConversationsService } from './conversations.service.js';
import { explainEffectiveModel } from './explain-effective-model.js';
import { ConversationNotFoundError } from './switching.errors.js';

export interface ConversationQuery {
  userId?: string | undefined;
  useCase?: string | undefined;
  /** Pinned to this model, or following a use case that has this active model. */
  modelId?: string | undefined;
  pinned?: boolean | undefined;
}

export interface ListedConversation extends StoredConversation {
  /** Effective model. */
  modelId: string;
}

/** Lists stored conversations with their effective models. */
@Injectable()
export class ConversationListService {
  constructor(
    private readonly stored: ConversationListRepository,
    private readonly conversations: ConversationsService,
    private readonly catalogue: CatalogueService,
  ) {}

  /** Returns a page in the order of the ids. Users get their own. @throws ForbiddenError, KeyLimitError */
  async list(
    { userId, useCase, modelId, pinned }: ConversationQuery,
    principal: Principal,
    { limit, after = '' }: { limit: number; after?: string | undefined },
  ): Promise<Page<ListedConversation>> {
    const owner = authorizeRead(principal, userId);
    if (useCase !== undefined) assertUseCasesAllowed(principal, useCase);
    const useCases = useCase === undefined ? limitsOf(principal).useCases : [useCase];
    const { models, useCases: known } = this.catalogue.snapshot();
    const model = modelId === undefined ? undefined : (findModel(models, modelId)?.id ?? modelId);
    const followedUseCases = known
      .filter(({ activeModelId }) => activeModelId === model)
      .map(({ name }) => name);
    const filter = { owner, useCases, pinned, modelId: model, followedUseCases };
    const found = await this.stored.list(filter, limit + 1, after);
    return pageOf(
      found.map((conversation) => this.withModel(conversation)),
      limit,
    );
  }

  /** @throws ConversationNotFoundError if there is none, or if it has another owner; KeyLimitError */
  async get(id: string, principal: Principal): Promise<ListedConversation & { explanation: string }> {
    const owner = authorizeRead(principal, undefined);
    const conversation = await this.stored.find(id);
    if (!conversation || (owner !== null && conversation.owner !== owner))
      throw new ConversationNotFoundError(id);
    assertUseCasesAllowed(principal, conversation.useCase);
    const useCase = this.catalogue.useCase(conversation.useCase);
    const effective = this.conversations.nominalIn(useCase, conversation);
    const { models } = this.catalogue.snapshot();
    const nameOf = (modelId: string) => findModel(models, modelId)?.name ?? modelId;
    const explanation = explainEffectiveModel(effective, { pin: conversation.pin, useCase }, nameOf);
    return { ...conversation, modelId: effective.model.id, explanation };
  }

  private withModel(conversation: StoredConversation): ListedConversation {
    const useCase = this.catalogue.useCase(conversation.useCase);
    return { ...conversation, modelId: this.conversations.nominalIn(useCase, conversation).model.id };
  }
}
