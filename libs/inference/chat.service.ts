import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { actorOf, keyOwnerOf } from '#libs/platform/auth/principal.js';
import { BedrockRuntimeService } from '#libs/platform/bedrock/bedrock-runtime.service.js';
import { followsUseCase } from '#libs/switching/conversation.js';
import type { Caller } from '#libs/switching/switch.js';
import { CallAccumulator } from './call-accumulator.js';
import { CallAdmission } from './call-admission.service.js';
import { CallAttempts } from './call-attempts.js';
import type { ChatEvent, ChatRequest } from './chat.js';
import { type ChatContext, ChatContextService } from './chat-context.service.js';
import { ChatForm } from './chat-form.js';
import { RecordedCalls } from './recorded-calls.service.js';
import { formsOfTuning } from './request-form.js';
import { charactersOf, estimatePrompt } from './token-estimate.js';

/** Chat that passed all checks and can call a model. */
export interface BegunChat {
  request: ChatRequest;
  caller: Caller;
  opened: ChatContext;
  /** Releases its place among the concurrent calls. */
  release: () => void;
}

/** Receives an event synchronously. @returns a promise that resolves when there is room for more, if there is none */
export type OnChatEvent = (event: ChatEvent) => Promise<void> | undefined;

/** Answers a request with the effective model of its conversation, or with a fallback. */
@Injectable()
export class ChatService {
  constructor(
    private readonly admission: CallAdmission,
    private readonly contexts: ChatContextService,
    private readonly calls: RecordedCalls,
    private readonly runtime: BedrockRuntimeService,
  ) {}

  /** Makes all checks before a model is called. @throws AppError */
  async begin(request: ChatRequest, caller: Caller): Promise<BegunChat> {
    this.calls.assertRoom();
    const asker = request.userId === undefined ? actorOf(caller.principal) : `user:${request.userId}`;
    const release = this.admission.admit(asker, charactersOf(request));
    try {
      const opened = await this.contexts.open(request, caller);
      const { system = request.system } = opened;
      return { request: { ...request, ...(system !== undefined && { system }) }, caller, opened, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /**
   * Runs the chat and passes on its events as they happen. Records the call before it sends `done` or throws, unless
   * PostgreSQL is unavailable: see `InvocationsService`.
   * @param signal aborts when the caller disconnects, which stops the model
   * @param onEvent returns a promise that resolves when there is room for more, if there is none
   * @throws UnansweredError, NoModelReadyError
   */
  async run(chat: BegunChat, signal: AbortSignal, onEvent: OnChatEvent): Promise<void> {
    await this.answer(chat, signal, onEvent).finally(chat.release);
  }

  private async answer(
    { request, caller, opened }: BegunChat,
    signal: AbortSignal,
    onEvent: OnChatEvent,
  ): Promise<void> {
    const { conversation, model, grant } = opened;
    const attempts = new CallAttempts(
      conversation.useCase,
      model,
      conversation.coolDowns,
      estimatePrompt(request),
    );
    const form = new ChatForm(request, model, this.runtime);
    const call = this.calls.start(form, attempts, signal);
    const record = this.calls.recordOf(call, {
      id: randomUUID(),
      requestId: caller.requestId,
      conversationId: conversation.id,
      useCase: conversation.useCase,
      userId: conversation.owner,
      actor: grant.actor,
      onBehalfOf: grant.onBehalfOf,
      keyOwner: keyOwnerOf(caller.principal),
      wire: 'chat',
      bodyFamily: null,
      forms: [...form.needs, ...formsOfTuning(request)],
      follows: followsUseCase(conversation),
    });
    const tally = new CallAccumulator(opened, call, record);
    await this.calls.run(call, record, (part) => {
      tally.note(part);
      return onEvent(tally.eventOf(part));
    });
  }
}
