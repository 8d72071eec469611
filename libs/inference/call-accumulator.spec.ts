import { describe, expect, it } from 'vitest';
import type { SentNotification } from '#libs/switching/switch.js';
import { aModel, NOW } from '../../test/support/catalogue-fixture.js';
import { CallAccumulator } from './call-accumulator.js';
import { CallAttempts } from './call-attempts.js';
import { CallRecord } from './call-record.js';
import type { ChatContext } from './chat-context.service.js';
import { ChatForm } from './chat-form.js';
import { ModelCall } from './model-call.js';

const [sonnet, haiku] = [aModel('eu.sonnet'), aModel('eu.haiku')];
const NOTIFICATION: SentNotification = {
  id: 'switch-1',
  ...{ title: 'AI Model Upgraded', message: 'Upgraded from Haiku to Sonnet', from: 'Haiku', to: 'Sonnet' },
  ...{ modelName: 'Sonnet', modelId: 'eu.sonnet' },
  type: 'auto',
  direction: 'upgrade',
};
/** No test here calls one. */
const NO_MODELS = { answer: () => Promise.reject(new Error('unused')) };
const begin = { type: 'begin', model: sonnet, after: null } as const;
const text = (text: string) => ({ type: 'text', text }) as const;
const end = {
  type: 'end',
  ...{ model: sonnet, stopReason: 'end_turn', usage: null, durationMs: 5, firstTextMs: 3 },
} as const;

/** A call in a conversation of Anna's, on Sonnet. */
function aCall(opened: Pick<ChatContext, 'created' | 'notification'> = {}): CallAccumulator {
  const chat: ChatContext = {
    model: sonnet,
    grant: { actor: 'service:app', onBehalfOf: 'anna', owner: 'anna', userId: 'anna', anyModel: true },
    conversation: {
      ...{ id: 'conv-1', owner: 'anna', useCase: 'clinical', pin: null, coolDowns: {}, version: 1 },
      switchSeq: 0,
    },
    ...opened,
  };
  const call = new ModelCall(
    new ChatForm({ messages: [{ role: 'user', text: 'Hi' }], stream: true }, sonnet, NO_MODELS),
    new CallAttempts('clinical', sonnet, {}, 1),
    { deadlineMs: 60_000, firstTextMs: 6_000, idleMs: 6_000 },
    new AbortController().signal,
  );
  const subject = {
    ...{ id: 'i-1', requestId: 'r-1', conversationId: 'conv-1', useCase: 'clinical', userId: 'anna' },
    ...{ actor: 'service:app', onBehalfOf: 'anna', keyOwner: 'app' },
    ...{ wire: 'chat' as const, bodyFamily: null, forms: [], follows: true },
  };
  return new CallAccumulator(chat, call, new CallRecord(subject, call, NOW));
}

describe('the events of a call', () => {
  const ANSWER = {
    ...{ conversationId: 'conv-1', useCase: 'clinical', model: sonnet, text: '', stopReason: 'end_turn' },
    content: [],
    usage: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, estimated: false, costUsd: '0.000000000' },
    attempts: [],
  };

  it('name the model and the answer, and nothing that did not happen', () => {
    const call = aCall();
    expect(call.eventOf(begin)).toStrictEqual({ type: 'model', model: sonnet });
    expect(call.eventOf(end)).toStrictEqual({ type: 'done', answer: ANSWER });
  });

  it('have the notification of the switch before the call, and the conversation that was created', () => {
    const call = aCall({ created: true, notification: NOTIFICATION });
    expect(call.eventOf(begin)).toStrictEqual({ type: 'model', model: sonnet, notification: NOTIFICATION });
    expect(call.eventOf(end)).toStrictEqual({
      type: 'done',
      answer: { ...ANSWER, created: true, notification: NOTIFICATION },
    });
  });

  it('restart on another model, without a notification', () => {
    const call = aCall({ notification: NOTIFICATION });
    const restart = { type: 'begin', model: haiku, after: 'stream_broken' } as const;
    expect(call.eventOf(restart)).toStrictEqual({ type: 'restart', reason: 'stream_broken', model: haiku });
  });

  it('end with the text of the last model that began', () => {
    const call = aCall();
    for (const part of [begin, text('Lost'), begin, text('Hel'), text('lo'), end]) call.note(part);
    expect(call.eventOf(end)).toMatchObject({ answer: { text: 'Hello' } });
  });
});
