import { Injectable } from '@nestjs/common';
import { NoSelectableModelError } from '#libs/catalogue/catalogue.errors.js';
import type { UseCase } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { type EffectiveModel, effectiveModel } from '#libs/catalogue/effective-model.js';
import { KeyDefaultGoneError } from '#libs/platform/auth/auth.errors.js';
import { assertUseCasesAllowed, defaultsOf } from '#libs/platform/auth/key-limits.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { authorizeHistory, authorizeRead } from './authorize-switch.js';
import { type Conversation, DEFAULT_USE_CASE } from './conversation.js';
import { ConversationsCache } from './conversations.cache.js';
import { conversationTag } from './switch-request.js';
import { ConversationNotFoundError, UseCaseMismatchError } from './switching.errors.js';

/** Effective model of a conversation. */
export interface Resolution extends EffectiveModel {
  conversationId: string;
  useCase: string;
  /** Null: the conversation is not stored; a GET never creates one. */
  conversation: Conversation | null;
  etag: string;
}

export interface ResolutionRequest {
  conversationId: string;
  /** For a conversation that is not stored: its use case. */
  useCase?: string;
  assistantId?: string;
  userId?: string;
}

@Injectable()
export class ConversationsService {
  constructor(
    private readonly conversations: ConversationsCache,
    private readonly catalogue: CatalogueService,
  ) {}

  /** @throws ConversationNotFoundError if it has another owner; UseCaseMismatchError; NoSelectableModelError */
  async resolve(request: ResolutionRequest, principal: Principal): Promise<Resolution> {
    const cached = this.resolveCached(request, principal);
    if (cached) return cached;
    const owner = authorizeRead(principal, request.userId);
    return this.resolutionOf(request, await this.owned(request.conversationId, owner), principal);
  }

  /** Returns whether `resolveCached` knows the conversation. */
  isCached(id: string): boolean {
    return this.conversations.isCached(id);
  }

  /** Resolves synchronously, if the conversation is in memory; undefined: it must be read. @throws as `resolve` */
  resolveCached(request: ResolutionRequest, principal: Principal): Resolution | undefined {
    const owner = authorizeRead(principal, request.userId);
    const conversation = this.conversations.getCached(request.conversationId);
    return conversation === undefined
      ? undefined
      : this.resolutionOf(request, requireOwned(conversation, request.conversationId, owner), principal);
  }

  private resolutionOf(
    request: ResolutionRequest,
    conversation: Conversation | null,
    principal: Principal,
  ): Resolution {
    const useCase = this.catalogue.useCase(this.useCaseFor(request, conversation, principal));
    assertUseCasesAllowed(principal, useCase.name);
    const { model, source, reasons } = this.effectiveIn(useCase, conversation);
    const etag = conversationTag(conversation?.version ?? 0, useCase.version, model.id);
    const { conversationId } = request;
    return { conversationId, useCase: useCase.name, model, source, reasons, conversation, etag };
  }

  /** Checks that the caller may read the switches of a conversation. @throws ConversationNotFoundError, KeyLimitError */
  async requireHistory(id: string, principal: Principal): Promise<void> {
    const conversation = await this.owned(id, authorizeHistory(principal));
    if (!conversation) throw new ConversationNotFoundError(id);
    assertUseCasesAllowed(principal, conversation.useCase);
  }

  /** @throws NoSelectableModelError */
  effectiveIn(useCase: UseCase, conversation: Conversation | null): EffectiveModel {
    const effective = this.nominalIn(useCase, conversation);
    const { model, reasons } = effective;
    if (reasons.length > 0) throw new NoSelectableModelError(useCase.name, [{ modelId: model.id, reasons }]);
    return effective;
  }

  /** Returns the effective model, or with the reasons against it the one that would be, if no model is selectable. */
  nominalIn(useCase: UseCase, conversation: Conversation | null): EffectiveModel {
    const scope = { useCase, pinnedModelId: conversation?.pin?.modelId, coolDowns: conversation?.coolDowns };
    return effectiveModel(scope, this.catalogue.snapshot(), this.catalogue.policy());
  }

  /**
   * @param owner required owner; null: any
   * @returns null if it is not stored. @throws ConversationNotFoundError if it has another owner
   */
  async owned(id: string, owner: string | null): Promise<Conversation | null> {
    return requireOwned(await this.conversations.get(id), id, owner);
  }

  /**
   * Returns the use case of a request that names none, and has no conversation: that of the key, else that of its
   * assistant, else `platform`. @throws KeyDefaultGoneError
   */
  defaultUseCase(principal: Principal): string {
    const { useCase, assistantId } = defaultsOf(principal);
    const { useCases, assistants } = this.catalogue.snapshot();
    if (useCase !== null) {
      if (useCases.some(({ name }) => name === useCase)) return useCase;
      throw new KeyDefaultGoneError('use case', useCase);
    }
    if (assistantId === null) return DEFAULT_USE_CASE;
    const assistant = assistants.find(({ id }) => id === assistantId);
    if (assistant) return assistant.useCase;
    throw new KeyDefaultGoneError('assistant', assistantId);
  }

  private useCaseFor(
    { useCase, assistantId }: ResolutionRequest,
    conversation: Conversation | null,
    principal: Principal,
  ): string {
    const asked =
      useCase ?? (assistantId === undefined ? undefined : this.catalogue.assistant(assistantId).useCase);
    if (!conversation) return asked ?? this.defaultUseCase(principal);
    if (useCase !== undefined && useCase !== conversation.useCase)
      throw new UseCaseMismatchError(conversation.id, conversation.useCase, useCase);
    return conversation.useCase;
  }
}

function requireOwned(
  conversation: Conversation | null,
  id: string,
  owner: string | null,
): Conversation | null {
  if (conversation && owner !== null && conversation.owner !== owner) throw new ConversationNotFoundError(id);
  return conversation;
}
