import type { TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { awsError, BedrockError } from './bedrock-error.js';
import { type ConverseAnswer, type Usage, usageOf } from './converse-request.js';
import { EventStreamDecoder, type Frame } from './event-stream-decoder.js';
import type { StreamedAnswer } from './streamed-call.js';

export interface StreamEnd extends Omit<ConverseAnswer, 'text'> {
  /** Milliseconds since the call began; null: there was no text. */
  firstTextMs: number | null;
}

/**
 * Receives a piece of text as soon as it arrives. @returns a promise that resolves when there is room for more, if
 * there is none
 */
export type OnText = (text: string) => Promise<void> | undefined;

/** Fields that we read of the events of ConverseStream. */
interface Payload {
  delta?: { text?: string };
  stopReason?: string;
  usage?: TokenUsage;
}

/**
 * Reads one response as it arrives and knows whether it is complete. `messageStop` completes it; the event after it,
 * which carries the usage, is optional.
 */
export class ConverseStream implements StreamedAnswer<StreamEnd> {
  firstTextMs: number | null = null;
  begun = false;
  /** Text that is not passed on yet. */
  private text = '';
  private readonly frames = new EventStreamDecoder();
  private broken: unknown;
  private stopReason: string | undefined;
  private usage: Usage | null = null;
  private readonly startedAt = performance.now();

  constructor(
    private readonly modelId: string,
    private readonly onText: OnText,
  ) {}

  get textShown(): boolean {
    return this.firstTextMs !== null;
  }

  read(chunk: Buffer): boolean {
    if (this.broken) return false;
    let text = '';
    try {
      for (const frame of this.frames.read(chunk)) text += this.textIn(frame);
    } catch (error) {
      this.broken = error;
    }
    if (text === '') return false;
    this.firstTextMs ??= this.elapsedMs();
    this.text += text;
    return true;
  }

  passOn(): Promise<void> | undefined {
    const { text } = this;
    this.text = '';
    const room = text === '' ? undefined : this.onText(text);
    if (this.broken) throw this.broken;
    return room;
  }

  get isComplete(): boolean {
    return this.stopReason !== undefined;
  }

  end(): StreamEnd {
    const { stopReason, usage, firstTextMs, modelId, textShown } = this;
    if (stopReason === undefined)
      throw new BedrockError('The stream ended before it was complete.', {
        kind: 'stream_broken',
        awsName: 'IncompleteStream',
        modelId,
        textShown,
      });
    return { stopReason, usage, firstTextMs, durationMs: this.elapsedMs() };
  }

  /** @throws Error for an exception frame */
  private textIn({ kind, name, payload }: Frame): string {
    if (kind !== 'event') throw awsError(name, payload);
    this.begun = true;
    if (name === 'contentBlockDelta') return (JSON.parse(payload) as Payload).delta?.text ?? '';
    if (name === 'messageStop') this.stopReason = (JSON.parse(payload) as Payload).stopReason;
    if (name === 'metadata') this.usage = usageOf((JSON.parse(payload) as Payload).usage);
    return '';
  }

  private elapsedMs(): number {
    return Math.round(performance.now() - this.startedAt);
  }
}
