import type { ChatEvent } from '#libs/inference/chat.js';
import type { OnChatEvent } from '#libs/inference/chat.service.js';
import { problemOf } from '../http/problem-response.js';
import { SseStream } from '../http/sse-stream.js';
import { modelOf, toChatAnswerView } from './chat.schemas.js';

/**
 * Streams a chat as Server-Sent Events, which end in exactly one `done` or `error`.
 * @param run runs the chat to its end and passes on its events
 */
export function chatStream(run: (onEvent: OnChatEvent) => Promise<void>, requestId: string): SseStream {
  const stream = new SseStream();
  const send = (name: string, data: object) => {
    stream.event(name, null, JSON.stringify(data));
    return stream.drained();
  };
  void run((event) => send(event.type, dataOf(event)))
    .catch((error) => void send('error', problemOf(error, requestId)))
    .finally(() => stream.end());
  return stream;
}

function dataOf(event: ChatEvent): object {
  switch (event.type) {
    case 'model': {
      const { model, notification } = event;
      return { model: modelOf(model), ...(notification && { notification }) };
    }
    case 'delta':
      return { text: event.text };
    case 'restart':
      return { reason: event.reason, model: modelOf(event.model) };
    case 'done':
      return toChatAnswerView(event.answer);
  }
}
