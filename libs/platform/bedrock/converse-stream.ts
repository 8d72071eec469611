import type { Readable } from 'node:stream';
import type { TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { awsError, BedrockError } from './bedrock-error.js';
import type { CallDeadline } from './call-deadline.js';
import { type ConverseAnswer, type Usage, usageOf } from './converse-request.js';
import { EventStreamDecoder, type Frame } from './event-stream-decoder.js';

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
export class ConverseStream {
  firstTextMs: number | null = null;
  /** True after the first event. */
  begun = false;
  private readonly frames = new EventStreamDecoder();
  private broken: unknown;
  private stopReason: string | undefined;
  private usage: Usage | null = null;
  private readonly startedAt = performance.now();

  constructor(private readonly modelId: string) {}

  get textShown(): boolean {
    return this.firstTextMs !== null;
  }

  /** @returns the text of all events that have arrived together; '': there is none */
  read(chunk: Buffer): string {
    if (this.broken) return '';
    let text = '';
    try {
      for (const frame of this.frames.read(chunk)) text += this.textIn(frame);
    } catch (error) {
      this.broken = error;
    }
    if (text !== '') this.firstTextMs ??= this.elapsedMs();
    return text;
  }

  /** Must be called after the text before the break is passed on. @throws Error if the stream broke */
  assertComplete(): void {
    if (this.broken) throw this.broken;
  }

  get isComplete(): boolean {
    return this.stopReason !== undefined;
  }

  /** @throws BedrockError if the stream ended before its completion event: the text may be cut off */
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

/** Stream, deadline and listener of a response. */
interface Reading {
  stream: ConverseStream;
  deadline: CallDeadline;
  onText: OnText;
}

/**
 * Reads a response to its end, no faster than its text is consumed. Passes on the events of one chunk synchronously and
 * together: a busy process finds many. Uses events, because an iterator would create promises for each chunk.
 * @throws Error when the stream breaks, after the text before
 */
export function readStream(body: Readable, { stream, deadline, onText }: Reading): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    let isDue = false;
    const resume = () => {
      deadline.expectEvent();
      body.resume();
    };
    const passOn = () => {
      isDue = false;
      const room = text === '' ? undefined : onText(text);
      text = '';
      stream.assertComplete();
      if (!room) return deadline.expectEvent();
      body.pause();
      room.then(resume, reject);
    };
    const passOnAndThen = (next: () => void) => {
      try {
        passOn();
        next();
      } catch (error) {
        reject(error);
      }
    };
    body.on('data', (chunk: Buffer) => {
      const more = stream.read(chunk);
      deadline.eventCame(more !== '');
      text += more;
      if (isDue) return;
      isDue = true;
      process.nextTick(passOnAndThen, () => undefined);
    });
    body.once('end', () => passOnAndThen(resolve));
    body.once('error', (error) => passOnAndThen(() => reject(error)));
    deadline.expectEvent();
  });
}
