import { randomUUID } from 'node:crypto';
import type { Model } from '#libs/catalogue/catalogue.js';
import type { Bill, Invocation } from '#libs/costs/invocation.js';
import { keyOwnerOf } from '#libs/platform/auth/principal.js';
import { refusalOfStop } from '#libs/platform/bedrock/failure-policy.js';
import type { Caller } from '#libs/switching/switch.js';
import type { ChatAnswer, ChatEvent } from './chat.js';
import type { ChatContext } from './chat-context.service.js';
import type { AnswerPart } from './fallback-engine.js';
import type { CallFailure } from './inference.errors.js';
import type { ModelCall } from './model-call.js';

type End = Extract<AnswerPart, { type: 'end' }>;

const NOTHING: Bill = {
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite: 0,
  estimated: false,
  costUsd: '0.000000000',
  priceVersion: null,
};

/** Counts one call: what is answered at its end, and what is recorded of it. The text is in the first only. */
export class CallAccumulator {
  private model: Model;
  private text = '';
  private end: End | undefined;

  constructor(
    private readonly chat: ChatContext,
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
    const { conversation, created, notification } = this.chat;
    const { priceVersion: _, ...usage } = this.bill;
    return {
      conversationId: conversation.id,
      ...(created && { created }),
      useCase: conversation.useCase,
      model: this.model,
      text: this.text,
      stopReason,
      usage,
      attempts: this.call.attempts.all,
      ...(notification && { notification }),
    };
  }

  /** @param failure why there was no answer; null: there was one, a refusal perhaps */
  invocation(failure: CallFailure | null): Invocation {
    const { conversation, grant } = this.chat;
    const { attempts } = this.call;
    const refusal = this.end ? refusalOfStop(this.end.stopReason) : null;
    const { estimated, costUsd, priceVersion, ...usage } = this.bill;
    return {
      id: randomUUID(),
      requestId: this.caller.requestId,
      conversationId: conversation.id,
      useCase: conversation.useCase,
      userId: conversation.owner,
      actor: grant.actor,
      onBehalfOf: grant.onBehalfOf,
      keyOwner: keyOwnerOf(this.caller.principal),
      modelId: (attempts.lastAsked ?? this.model).id,
      outcome: failure?.outcome ?? refusal ?? 'answered',
      errorKind: failure?.kind ?? refusal,
      stopReason: this.end?.stopReason ?? null,
      usage,
      estimated,
      costUsd,
      priceVersion,
      attempts: attempts.all,
      latencyMs: Math.round(this.call.elapsedMs),
      firstTextMs: this.end?.firstTextMs ?? null,
      streamed: this.call.stream,
      startedAt: this.startedAt,
    };
  }

  /** Bill of the last attempt. */
  private get bill(): Bill {
    const { lastBill, lastAsked } = this.call.attempts;
    return lastBill ?? { ...NOTHING, priceVersion: lastAsked?.price.version ?? null };
  }
}
