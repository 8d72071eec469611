import type { AnswerEnd } from './call-form.js';
import type { CallRecord } from './call-record.js';
import type { ChatAnswer, ChatEvent } from './chat.js';
import type { ChatContext } from './chat-context.service.js';
import type { AnswerPart } from './fallback-engine.js';
import type { ModelCall } from './model-call.js';

/** Collects what a chat answers at its end. */
export class CallAccumulator {
  private text = '';

  constructor(
    private readonly chat: ChatContext,
    private readonly call: ModelCall,
    private readonly record: CallRecord,
  ) {}

  note(part: AnswerPart): void {
    if (part.type === 'text') this.text += part.text;
    if (part.type === 'begin') this.text = '';
  }

  eventOf(part: AnswerPart): ChatEvent {
    if (part.type === 'text') return { type: 'delta', text: part.text };
    if (part.type === 'end') return { type: 'done', answer: this.answer(part) };
    const { model, after } = part;
    const { notification } = this.chat;
    if (after) return { type: 'restart', reason: after, model };
    return { type: 'model', model, ...(notification && { notification }) };
  }

  private answer({ stopReason, content = [] }: AnswerEnd): ChatAnswer {
    const { conversation, created, notification } = this.chat;
    const { priceVersion: _, ...usage } = this.record.bill;
    return {
      conversationId: conversation.id,
      ...(created && { created }),
      useCase: conversation.useCase,
      model: this.record.model,
      text: this.text,
      content,
      stopReason,
      usage,
      attempts: this.call.attempts.all,
      ...(notification && { notification }),
    };
  }
}
