import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { BedrockError } from './bedrock-error.js';
import { type ConverseAnswer, type Usage, usageOf } from './converse-request.js';

export type StreamPart =
  | { type: 'text'; text: string /** Milliseconds since the call began. */; atMs: number }
  | ({ type: 'end' /** Null: there was no text. */; firstTextMs: number | null } & Omit<
      ConverseAnswer,
      'text'
    >);

/**
 * Reads the events of one answer and knows whether it is complete. `messageStop` says so; of the event after it, which
 * carries the usage, an answer does not depend.
 */
export class AnswerStream {
  firstTextMs: number | null = null;
  /** True once the first event has come. */
  begun = false;
  private stopReason: string | undefined;
  private usage: Usage | null = null;
  private readonly startedAt = performance.now();

  constructor(private readonly modelId: string) {}

  get textShown(): boolean {
    return this.firstTextMs !== null;
  }

  /** The text that an event carries, if it carries some. */
  read(event: ConverseStreamOutput): StreamPart | undefined {
    this.begun = true;
    const text = event.contentBlockDelta?.delta?.text;
    if (text) return this.text(text);
    if (event.messageStop) this.stopReason = event.messageStop.stopReason;
    if (event.metadata) this.usage = usageOf(event.metadata.usage);
    return undefined;
  }

  get isComplete(): boolean {
    return this.stopReason !== undefined;
  }

  /** @throws BedrockError when the stream ended before it said that it was complete: what came may be cut off */
  end(): StreamPart {
    const { stopReason, usage, firstTextMs, modelId, textShown } = this;
    if (stopReason === undefined)
      throw new BedrockError('The stream ended before it was complete.', {
        kind: 'stream_broken',
        awsName: 'IncompleteStream',
        modelId,
        textShown,
      });
    return { type: 'end', stopReason, usage, firstTextMs, durationMs: this.elapsedMs() };
  }

  private text(text: string): StreamPart {
    const atMs = this.elapsedMs();
    this.firstTextMs ??= atMs;
    return { type: 'text', text, atMs };
  }

  private elapsedMs(): number {
    return Math.round(performance.now() - this.startedAt);
  }
}
