import { randomUUID } from 'node:crypto';
import type { Model } from '#libs/catalogue/catalogue.js';
import { costOfCall } from '#libs/costs/call-cost.js';
import type { Invocation } from '#libs/costs/invocation.js';
import { failureOfStop } from '#libs/platform/bedrock/bedrock-policy.js';
import type { Usage } from '#libs/platform/bedrock/converse-request.js';
import type { Caller } from '#libs/switching/switch.js';
import type { ChatAnswer, ChatEvent } from './chat.js';
import type { OpenedChat } from './chat-opening.js';
import type { AnswerPart } from './fallback-engine.js';
import type { CallFailure } from './inference.errors.js';
import type { ModelCall } from './model-call.js';
import { estimateTokens } from './token-estimate.js';

type End = Extract<AnswerPart, { type: 'end' }>;
type Bill = Pick<Invocation, 'estimated' | 'costUsd'> & { usage: Usage };

const NOTHING: Usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

/** Counts one call: what is answered at its end, and what is recorded of it. The text is in the first only. */
export class CallTally {
  private model: Model;
  private text = '';
  private end: End | undefined;
  private billed: Bill | undefined;

  constructor(
    private readonly chat: OpenedChat,
    private readonly call: ModelCall,
    private readonly caller: Caller,
    private readonly startedAt: Date,
  ) {
    this.model = chat.model;
  }

  note(part: AnswerPart): void {
    if (part.type === 'text') this.text += part.text;
    else this.model = part.model;
    if (part.type === 'begin') this.text = '';
    if (part.type === 'end') this.end = part;
  }

  eventOf(part: AnswerPart): ChatEvent {
    if (part.type === 'text') return { type: 'delta', text: part.text };
    if (part.type === 'end') return { type: 'done', answer: this.answer(part) };
    const { model, after } = part;
    const { notification } = this.chat;
    if (after) return { type: 'restart', reason: after, model };
    return { type: 'model', model, ...(notification && { notification }) };
  }

  private answer({ stopReason }: End): ChatAnswer {
    const { conversation, notification } = this.chat;
    const { usage, costUsd, estimated } = this.bill;
    return {
      conversationId: conversation.id,
      useCase: conversation.useCase,
      model: this.model,
      text: this.text,
      stopReason,
      usage: { ...usage, costUsd, estimated },
      attempts: this.call.route.attempts,
      ...(notification && { notification }),
    };
  }

  /** @param failure why there was no answer; null: there was one, a refusal perhaps */
  invocation(failure: CallFailure | null): Invocation {
    const { conversation, grant } = this.chat;
    const { route } = this.call;
    const refusal = this.end ? failureOfStop(this.end.stopReason) : null;
    const model = route.lastAsked ?? this.model;
    return {
      id: randomUUID(),
      requestId: this.caller.requestId,
      conversationId: conversation.id,
      useCase: conversation.useCase,
      userId: conversation.owner,
      actor: grant.actor,
      onBehalfOf: grant.onBehalfOf,
      modelId: model.id,
      outcome: failure?.outcome ?? (refusal ? 'refused' : 'answered'),
      errorKind: failure?.kind ?? refusal,
      stopReason: this.end?.stopReason ?? null,
      ...this.bill,
      priceVersion: model.price.version,
      attempts: route.attempts,
      latencyMs: Math.round(this.call.elapsedMs),
      firstTextMs: this.end?.firstTextMs ?? null,
      streamed: this.call.stream,
      startedAt: this.startedAt,
    };
  }

  /** Returns what the call used and cost. Must be read after the last part was noted. */
  private get bill(): Bill {
    this.billed ??= this.count();
    return this.billed;
  }

  /** Estimates an answer that broke off: Bedrock bills what it had begun, and did not say how much that is. */
  private count(): Bill {
    const estimated = this.end ? this.end.usage === null : this.hasText || this.wasLeft;
    const guess = { ...NOTHING, input: this.call.route.inputTokens, output: estimateTokens(this.text) };
    const usage = this.end?.usage ?? (estimated ? guess : NOTHING);
    return { usage, estimated, costUsd: costOfCall(usage, this.model.price) };
  }

  /** The caller left while a model wrote a whole answer, which nobody has seen. */
  private get wasLeft(): boolean {
    return !this.call.stream && this.call.route.attempts.at(-1)?.outcome === 'cancelled';
  }

  /** False: the model that was asked last has said nothing; the text is of one that broke off before it. */
  private get hasText(): boolean {
    return this.text !== '' && this.call.route.lastAsked === this.model;
  }
}
