import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Model, UseCase } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { assertUseCasesAllowed, limitsOf } from '#libs/platform/auth/key-limits.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ForbiddenError } from '#libs/platform/errors/errors.js';
import { authorizeSwitch, type SwitchGrant } from '#libs/switching/authorize-switch.js';
import type { Conversation } from '#libs/switching/conversation.js';
import { ConversationsService } from '#libs/switching/conversations.service.js';
import { type Caller, type SentNotification, sentNotificationOf } from '#libs/switching/switch.js';
import { SwitchService } from '#libs/switching/switch.service.js';
import type { ChatRequest } from './chat.js';
import { FallbackSwitchingService } from './fallback-switching.service.js';

/** Whom a chat is for, and where. */
export type ChatTarget = Omit<
  ChatRequest,
  'messages' | 'system' | 'stream' | 'maxTokens' | 'temperature' | 'topP' | 'stopSequences' | 'toolConfig'
>;

/** Conversation and model of a chat. */
export interface ChatContext {
  conversation: Conversation;
  model: Model;
  grant: SwitchGrant;
  /** The conversation did not exist before. */
  created?: true;
  /** Of the last switch on the way; absent: there was none. */
  notification?: SentNotification;
  /** System prompt that replaces the caller's; absent: the caller's applies. */
  system?: string;
}

/** Finds or makes the conversation of a chat. Every change of model on the way is a switch like any other. */
@Injectable()
export class ChatContextService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly conversations: ConversationsService,
    private readonly switching: SwitchService,
    private readonly fallbacks: FallbackSwitchingService,
  ) {}

  /** @throws AppError of a kind that `SwitchService.execute` knows */
  async open(request: ChatTarget, caller: Caller): Promise<ChatContext> {
    const id = request.conversationId ?? randomUUID();
    const grant = authorizeSwitch({ conversationId: id, userId: request.userId }, caller.principal);
    const existing = request.conversationId ? await this.conversations.owned(id, grant.owner) : null;
    const useCase = this.useCaseFor(request, existing, caller.principal);
    requireClient(this.catalogue.useCase(useCase), caller.principal);
    const joined =
      existing?.useCase === useCase
        ? { conversation: existing }
        : await this.join(id, useCase, { request, caller, grant });
    const settled = await this.fallbacks.resolveModel(joined.conversation, request.showNotification);
    const system = this.ownPrompt(useCase, caller.principal, request.assistantId);
    return { grant, ...joined, ...settled, ...(system !== undefined && { system }) };
  }

  /** Returns the use case of the request, else of its assistant, of the conversation, of the key, else the default. */
  private useCaseFor(
    { useCase, assistantId }: ChatTarget,
    existing: Conversation | null,
    principal: Principal,
  ): string {
    if (useCase !== undefined) return this.catalogue.useCase(useCase).name;
    if (assistantId !== undefined) return this.catalogue.assistant(assistantId).useCase;
    return existing?.useCase ?? this.conversations.defaultUseCase(principal);
  }

  /** Returns the prompt of the assistant or the use case, which users cannot replace; undefined: there is none. */
  ownPrompt(useCase: string, principal: Principal, assistantId: string | undefined): string | undefined {
    if (principal.kind !== 'user') return undefined;
    const ofAssistant = assistantId === undefined ? null : this.catalogue.assistant(assistantId).systemPrompt;
    return ofAssistant ?? this.catalogue.useCase(useCase).systemPrompt ?? undefined;
  }

  /** Creates the conversation on its use case's model, or moves it from another use case. */
  private async join(
    conversationId: string,
    useCase: string,
    { request, caller, grant }: { request: ChatTarget; caller: Caller; grant: SwitchGrant },
  ): Promise<Pick<ChatContext, 'conversation' | 'created' | 'notification'>> {
    const { userId, showNotification } = request;
    // Without an id by the caller the conversation is new on purpose.
    const mustExist = request.mustExist === true && request.conversationId !== undefined;
    const { principal, requestId } = caller;
    const outcome = await this.switching.execute(
      { kind: 'auto', conversationId, useCase, userId, showNotification, dryRun: false, mustExist },
      { principal, requestId },
    );
    const conversation = await this.conversations.owned(conversationId, grant.owner);
    if (!conversation) throw new Error(`conversation ${conversationId} was not made`);
    const notification = sentNotificationOf(outcome);
    return {
      conversation,
      ...(outcome.created && { created: true }),
      ...(notification && { notification }),
    };
  }
}

/** @throws ForbiddenError, KeyLimitError if the use case is closed to the caller */
export function requireClient({ name, clients }: UseCase, principal: Principal): void {
  assertUseCasesAllowed(principal, name);
  if (clients !== 'both' && clients !== clientOf(principal))
    throw new ForbiddenError(`Chats of use case ${name} are open to ${CLIENTS[clients]} only`);
}

/** Returns whether the use case is open to the caller. */
export const isClientOf = ({ name, clients }: UseCase, principal: Principal): boolean =>
  (limitsOf(principal).useCases?.includes(name) ?? true) &&
  (clients === 'both' || clients === clientOf(principal));

const clientOf = ({ kind }: Principal) => (kind === 'user' ? 'users' : 'keys');

const CLIENTS = { keys: 'service keys', users: 'users with their own token' };
