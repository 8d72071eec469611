import type { AnswerMarks } from './answer-marks.js';
import { awsError, BedrockError } from './bedrock-error.js';
import { type AnswerBlock, type ConverseAnswer, type ReportedUsage, usageOf } from './converse-request.js';
import { EventStreamDecoder, type Frame } from './event-stream-decoder.js';

export interface StreamEnd extends Omit<ConverseAnswer, 'text' | 'content'> {
  /** Absent: the answer is passed on as bytes. */
  content?: AnswerBlock[];
  /** Milliseconds since the call began; null: there was no content. */
  firstTextMs: number | null;
}

/**
 * Streamed answer while it arrives; it knows whether it is complete. The event with the stop reason completes it; the
 * event after it, which carries the usage, is optional. A damaged frame or an exception breaks it.
 */
export abstract class StreamedAnswer<End extends StreamEnd> {
  /** True after the first event. */
  begun = false;
  private readonly frames = new EventStreamDecoder();
  private broken: unknown;
  private stopReason: string | undefined;
  private reported: ReportedUsage = {};
  private firstTextMs: number | null = null;
  private readonly startedAt = performance.now();

  constructor(private readonly modelId: string) {}

  /** True: content has arrived, which the caller gets. */
  get textShown(): boolean {
    return this.firstTextMs !== null;
  }

  /** True after the event that completes it. */
  get isComplete(): boolean {
    return this.stopReason !== undefined;
  }

  /** Takes note of the headers of the response. */
  began(_headers: Record<string, string>): void {}

  /** Reads a chunk. @returns whether content arrived with it */
  read(chunk: Buffer): boolean {
    if (this.broken) return false;
    let hasContent = false;
    try {
      for (const frame of this.frames.read(chunk)) if (this.readFrame(frame)) hasContent = true;
    } catch (error) {
      this.broken = error;
    }
    return hasContent;
  }

  /**
   * Passes on what was read since the last time. @returns a promise that resolves when there is room for more, if there
   * is none. @throws Error when the stream broke, after the content before
   */
  passOn(): Promise<void> | undefined {
    const room = this.sendContent();
    if (this.broken) throw this.broken;
    return room;
  }

  /** @throws BedrockError if the stream ended before its completion event: the content may be cut off */
  abstract end(): End;

  /** Keeps what is passed on of an event. */
  protected abstract take(frame: Frame): AnswerMarks;

  /** Passes on what is kept. @returns a promise that resolves when there is room for more, if there is none */
  protected abstract sendContent(): Promise<void> | undefined;

  /** @throws BedrockError */
  protected streamEnd(): StreamEnd {
    const { stopReason, reported, firstTextMs, modelId, textShown, begun } = this;
    if (stopReason === undefined)
      throw new BedrockError('The stream ended before it was complete.', {
        kind: 'stream_broken',
        awsName: 'IncompleteStream',
        modelId,
        textShown,
        begun,
      });
    return { stopReason, usage: usageOf(reported), firstTextMs, durationMs: this.elapsedMs() };
  }

  /** Adds what Bedrock reports of the usage: a native stream does so in several places. */
  protected report({ usage, ...rest }: ReportedUsage): void {
    this.reported = {
      ...this.reported,
      ...rest,
      ...(usage && { usage: { ...this.reported.usage, ...usage } }),
    };
  }

  /** @throws Error for an exception frame */
  private readFrame(frame: Frame): boolean {
    const { kind, name, payload } = frame;
    if (kind !== 'event') throw awsError(name, payload);
    this.begun = true;
    const { hasContent, stopReason, reported } = this.take(frame);
    if (hasContent) this.firstTextMs ??= this.elapsedMs();
    this.stopReason ??= stopReason;
    if (reported) this.report(reported);
    return hasContent;
  }

  private elapsedMs(): number {
    return Math.round(performance.now() - this.startedAt);
  }
}
