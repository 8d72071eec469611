import { Readable } from 'node:stream';
import type { ChatEvent } from '#libs/inference/chat.js';
import type { OnChatEvent } from '#libs/inference/chat.service.js';
import { toProblem, toProblemSource } from '../http/problem-details.js';
import { reportProblem } from '../http/problem-report.js';
import { modelOf, toChatAnswerView } from './chat.schemas.js';

/** Sends a chat as Server-Sent Events, which end in exactly one `done` or `error`. */
export class ChatFrames extends Readable {
  private roomAgain: (() => void) | undefined;

  /** @param run runs the chat to its end and passes on its events */
  constructor(run: (onEvent: OnChatEvent) => Promise<void>, requestId: string) {
    super();
    // Sends the headers before the model has produced its first word.
    this.push(':\n\n');
    void this.follow(run, requestId);
  }

  override _read(): void {
    this.roomAgain?.();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.roomAgain?.();
    done(error);
  }

  private async follow(run: (onEvent: OnChatEvent) => Promise<void>, requestId: string): Promise<void> {
    try {
      await run((event) => this.write(event.type, dataOf(event)));
    } catch (error) {
      const problem = toProblem(toProblemSource(error), requestId);
      reportProblem(problem, error);
      void this.write('error', problem);
    }
    if (!this.destroyed) this.push(null);
  }

  private write(event: string, data: object): Promise<void> | undefined {
    if (this.destroyed || this.push(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) return undefined;
    return new Promise((resolve) => {
      this.roomAgain = resolve;
    });
  }
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
