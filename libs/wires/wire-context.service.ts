import { Inject, Injectable } from '@nestjs/common';
import { type Assistant, findModel, type Model, type UseCase } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { policyOf, reasonsAgainst } from '#libs/catalogue/selectability.js';
import { ChatContextService, requireClient } from '#libs/inference/chat-context.service.js';
import { assertModelAllowed, assertUseCasesAllowed, limitsOf } from '#libs/platform/auth/key-limits.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { readModelId } from '#libs/platform/bedrock/model-id.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { ForbiddenError, InvalidInputError } from '#libs/platform/errors/errors.js';
import { authorizeSwitch, type SwitchGrant } from '#libs/switching/authorize-switch.js';
import type { Conversation } from '#libs/switching/conversation.js';
import { ConversationsService } from '#libs/switching/conversations.service.js';
import type { Caller, SentNotification } from '#libs/switching/switch.js';
import { UseCaseMismatchError } from '#libs/switching/switching.errors.js';
import { notSelectable, UnknownModelIdError } from './wires.errors.js';

/** Whom a call is for, as its headers, its metadata or the defaults of its key say. */
export interface WireIdentity {
  conversationId?: string;
  userId?: string;
  useCase?: string;
  /** True: another candidate may answer for a model that the call names. */
  mayFallBack: boolean;
  /** True: the body of the answer says which model answered. */
  echo: boolean;
}

/** Conversation, use case and model of a call. */
export interface WireContext {
  /** Null: the call has none. */
  conversation: Conversation | null;
  useCase: string;
  model: Model;
  /** True: the caller named this model. */
  isNamed: boolean;
  grant: SwitchGrant;
  /** System prompt that replaces the caller's; absent: the caller's applies. */
  system?: string;
  /** Absent: the call switched no conversation. */
  notification?: SentNotification;
}

/** Meaning of a model id: `auto` has none of these. */
interface Named {
  useCase?: UseCase;
  assistant?: Assistant;
  model?: Model;
}

type Opening = WireIdentity & { caller: Caller };

const ARN = /^arn:[\w-]+:bedrock:[\w-]*:\d*:(?:inference-profile|foundation-model)\/(.+)$/;

/**
 * Finds who answers a call of a wire. A call without a conversation makes none. One with a conversation joins it as a
 * chat does, unless it names a model: such a call never switches.
 */
@Injectable()
export class WireContextService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly conversations: ConversationsService,
    private readonly chats: ChatContextService,
    @Inject(ENV) private readonly env: Pick<Env, 'WIRE_USERS'>,
  ) {}

  /** @throws AppError: no right, no such name, no such conversation, or no selectable model */
  async open(modelId: string, identity: WireIdentity, caller: Caller): Promise<WireContext> {
    assertWiresOpen(caller.principal, this.env);
    const named = this.namedBy(modelId);
    if (named.useCase && identity.useCase !== undefined && identity.useCase !== named.useCase.name)
      throw new InvalidInputError([
        { field: 'useCase', message: `is ${identity.useCase}, and the model id names ${named.useCase.name}` },
      ]);
    const opening = { ...identity, caller };
    return named.model ? this.openModel(named.model, opening) : this.openUseCase(named, opening);
  }

  /**
   * Opens a count of tokens: it neither makes nor switches its conversation, but a model that must not answer in it does
   * not get its prompts to count either. @throws as `open`
   */
  async openCount(modelId: string, identity: WireIdentity, caller: Caller): Promise<WireContext> {
    assertWiresOpen(caller.principal, this.env);
    const { conversationId, ...others } = identity;
    if (conversationId === undefined) return this.open(modelId, identity, caller);
    const existing = await this.conversations.owned(conversationId, grantOf({ ...identity, caller }).owner);
    const { model, useCase, assistant } = this.namedBy(modelId);
    if (existing && model) return this.open(modelId, identity, caller);
    const ofConversation = useCase || assistant ? undefined : existing?.useCase;
    const asked = others.useCase ?? ofConversation;
    return this.open(modelId, { ...others, ...(asked !== undefined && { useCase: asked }) }, caller);
  }

  /** @throws UnknownModelIdError, ForbiddenError */
  private namedBy(modelId: string): Named {
    if (modelId === 'auto') return {};
    const { models, useCases, assistants } = this.catalogue.snapshot();
    const useCase = useCases.find(({ name }) => name === modelId);
    if (useCase) return { useCase };
    const assistant = assistants.find(({ id }) => modelId === `assistant:${id}` || modelId === id);
    if (assistant) return { assistant };
    const model = findModel(models, modelId) ?? findModel(models, ARN.exec(modelId)?.[1] ?? modelId);
    if (model) return { model };
    if (readModelId(modelId).kind === 'other_profile')
      throw new ForbiddenError(`${modelId} may send prompts outside the EU: use its eu. profile`);
    throw new UnknownModelIdError(
      modelId,
      useCases.map(({ name }) => name),
    );
  }

  /** Opens a call of a use case, an assistant or `auto`. */
  private async openUseCase({ useCase, assistant }: Named, opening: Opening): Promise<WireContext> {
    const { conversationId, userId, caller } = opening;
    const asked = useCase?.name ?? opening.useCase;
    if (conversationId === undefined) {
      const name = asked ?? assistant?.useCase ?? this.conversations.defaultUseCase(caller.principal);
      return this.withoutConversation(name, opening, assistant);
    }
    const target = { conversationId, userId, useCase: asked, assistantId: assistant?.id };
    const given = Object.fromEntries(Object.entries(target).filter(([, value]) => value !== undefined));
    const opened = await this.chats.open({ ...given, showNotification: true }, caller);
    return { ...opened, useCase: opened.conversation.useCase, isNamed: false };
  }

  /** @throws NoSelectableModelError */
  private withoutConversation(name: string, opening: Opening, assistant: Assistant | undefined): WireContext {
    const { principal } = opening.caller;
    const grant = grantOf(opening);
    const useCase = this.catalogue.useCase(name);
    requireClient(useCase, principal);
    const { model } = this.conversations.effectiveIn(useCase, null);
    return {
      ...{ conversation: null, useCase: name, model, isNamed: false, grant },
      ...this.systemOf(name, principal, assistant?.id),
    };
  }

  /** Opens a call that names a model. */
  private async openModel(model: Model, opening: Opening): Promise<WireContext> {
    const { principal } = opening.caller;
    const grant = grantOf(opening);
    const { conversationId } = opening;
    const existing =
      conversationId === undefined ? null : await this.conversations.owned(conversationId, grant.owner);
    if (existing) assertUseCasesAllowed(principal, existing.useCase);
    const useCase = this.catalogue.useCase(
      opening.useCase ?? existing?.useCase ?? this.conversations.defaultUseCase(principal),
    );
    if (existing) this.requireUseCaseOf(existing, useCase);
    requireClient(useCase, principal);
    this.requireCallable(model, useCase, principal);
    const conversation =
      existing ??
      (conversationId === undefined ? null : (await this.openUseCase({ useCase }, opening)).conversation);
    return {
      ...{ conversation, useCase: useCase.name, model, isNamed: true, grant },
      ...this.systemOf(useCase.name, principal, undefined),
    };
  }

  /** @throws AppError unless the caller may call this model in the use case */
  private requireCallable(model: Model, useCase: UseCase, principal: Principal): void {
    assertModelAllowed(principal, model.id);
    const reasons = reasonsAgainst(model, policyOf(useCase, this.catalogue.policy()), {});
    if (reasons.length > 0) throw notSelectable(model, reasons);
    const { models } = this.catalogue.snapshot();
    const isCandidate = useCase.candidates.some((id) => findModel(models, id)?.id === model.id);
    if (!isCandidate && limitsOf(principal).models !== 'any')
      throw new ForbiddenError(
        `${model.id} is no candidate of use case ${useCase.name}: name the use case instead, or one of ${useCase.candidates.join(', ')}`,
      );
  }

  /**
   * A call that names a model never switches its conversation. So a conversation of a reviewed use case would be answered
   * by the rules of the use case that the call names.
   * @throws UseCaseMismatchError
   */
  private requireUseCaseOf(conversation: Conversation, useCase: UseCase): void {
    if (conversation.useCase === useCase.name) return;
    if (this.catalogue.useCase(conversation.useCase).control === 'reviewed')
      throw new UseCaseMismatchError(conversation.id, conversation.useCase, useCase.name);
  }

  private systemOf(useCase: string, principal: Principal, assistantId: string | undefined) {
    const system = this.chats.ownPrompt(useCase, principal, assistantId);
    return system === undefined ? {} : { system };
  }
}

/** @throws ForbiddenError for a user, unless the wires are open to users */
export function assertWiresOpen({ kind }: Principal, { WIRE_USERS }: Pick<Env, 'WIRE_USERS'>): void {
  if (kind === 'user' && WIRE_USERS === 'off')
    throw new ForbiddenError('Access tokens of users are not accepted here: use a service key');
}

/** A call needs the rights of a chat, also without a conversation. @throws ForbiddenError */
const grantOf = ({ conversationId = '', userId, caller }: Opening): SwitchGrant =>
  authorizeSwitch({ conversationId, ...(userId !== undefined && { userId }) }, caller.principal);
