import type { ChatEvent } from '#libs/inference/chat.js';
import { failureOf, problemOf } from '../http/problem.js';
import { reportProblem } from '../http/problem-report.js';
import { modelOf, toChatAnswerView } from './chat.schemas.js';

/** A chat as Server-Sent Events: it ends in exactly one `done` or `error`. */
export async function* framesOf(events: AsyncIterable<ChatEvent>, requestId: string): AsyncGenerator<string> {
  // So that the headers go out before the model has found its first word.
  yield ':\n\n';
  try {
    for await (const event of events) yield frame(event.type, dataOf(event));
  } catch (error) {
    const problem = problemOf(failureOf(error), requestId);
    reportProblem(problem, error);
    yield frame('error', problem);
  }
}

const frame = (event: string, data: object): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

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
