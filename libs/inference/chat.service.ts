import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Invocation } from '#libs/costs/invocation.js';
import { InvocationsService } from '#libs/costs/invocations.service.js';
import { actorOf } from '#libs/platform/auth/principal.js';
import { BedrockRuntimeService } from '#libs/platform/bedrock/bedrock-runtime.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import type { Caller } from '#libs/switching/switch.js';
import { CallAccumulator } from './call-accumulator.js';
import { CallAdmission } from './call-admission.service.js';
import { CallAttempts } from './call-attempts.js';
import type { ChatEvent, ChatRequest } from './chat.js';
import { type ChatContext, ChatContextService } from './chat-context.service.js';
import { ChatForm } from './chat-form.js';
import { FallbackEngine } from './fallback-engine.js';
import { type CallFailure, callFailureOf } from './inference.errors.js';
import { ModelCall, type TimeLimits } from './model-call.js';
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
  private readonly logger = new Logger('Chat');
  private readonly limits: TimeLimits;

  constructor(
    private readonly admission: CallAdmission,
    private readonly contexts: ChatContextService,
    private readonly engine: FallbackEngine,
    private readonly runtime: BedrockRuntimeService,
    private readonly invocations: InvocationsService,
    private readonly clock: Clock,
    @Inject(ENV) env: Pick<Env, 'CHAT_DEADLINE_SECONDS' | 'CHAT_FIRST_TEXT_SECONDS' | 'CHAT_IDLE_SECONDS'>,
  ) {
    this.limits = {
      deadlineMs: env.CHAT_DEADLINE_SECONDS * 1000,
      firstTextMs: env.CHAT_FIRST_TEXT_SECONDS * 1000,
      idleMs: env.CHAT_IDLE_SECONDS * 1000,
    };
  }

  /** Makes all checks before a model is called. @throws AppError */
  async begin(request: ChatRequest, caller: Caller): Promise<BegunChat> {
    this.invocations.assertRoom();
    const asker = request.userId === undefined ? actorOf(caller.principal) : `user:${request.userId}`;
    const release = this.admission.admit(asker, charactersOf(request));
    try {
      const { system, ...opened } = await this.contexts.open(request, caller);
      const { system: _, ...asked } = request;
      return { request: { ...asked, ...(system !== undefined && { system }) }, caller, opened, release };
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
    const { conversation, model } = opened;
    const attempts = new CallAttempts(
      conversation.useCase,
      model,
      conversation.coolDowns,
      estimatePrompt(request),
    );
    const call = new ModelCall(new ChatForm(request, this.runtime), attempts, this.limits, signal);
    const tally = new CallAccumulator(opened, call, caller, this.clock.now());
    let recording: Promise<void> | undefined;
    const record = (failure: CallFailure | null) => {
      recording ??= this.keep(tally.invocation(failure));
      return recording;
    };
    try {
      await this.engine.answer(call, (part) => {
        tally.note(part);
        if (part.type !== 'end') return onEvent(tally.eventOf(part));
        return record(null).then(() => onEvent(tally.eventOf(part)));
      });
    } catch (error) {
      await record(callFailureOf(error));
      throw error;
    }
  }

  /** Records the call. A failure only gets logged, because the response was sent. */
  private async keep(invocation: Invocation): Promise<void> {
    await this.invocations.record(invocation).catch((error: Error) => this.logger.error(error.message));
  }
}
