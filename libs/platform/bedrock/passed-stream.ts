import { joined } from '../http/body-memory.js';
import { type AnswerMarks, marksOfChunk, marksOfConverse, optionsIn } from './answer-marks.js';
import type { Frame } from './event-stream-decoder.js';
import { isNative, type ModelOperation } from './model-operation.js';
import { type StreamEnd, StreamedAnswer } from './streamed-answer.js';

/** Content of a model: its bytes, and its text for estimates. */
export interface PassedContent {
  text: string;
  bytes: Buffer;
  /** Headers of the model's answer that its client gets. */
  headers: Record<string, string>;
}

/** Receives content synchronously. @returns a promise that resolves when there is room for more, if there is none */
export type OnPassed = (content: PassedContent) => Promise<void> | undefined;

export interface PassedEnd extends StreamEnd {
  /** Frames that are not passed on yet: the completion event and all after it. */
  tail: Buffer;
  headers: PassedContent['headers'];
}

const PASSED_HEADERS = /^x-amzn-bedrock-/;

/** Returns the headers of an answer that its client gets. */
export const passedHeaders = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => PASSED_HEADERS.test(name)));

/**
 * Passes on the frames of one stream unchanged. The frames before the first content leave with it, so that another model
 * can still answer before, and those from the completion event on are the tail of the end.
 */
export class PassedStream extends StreamedAnswer<PassedEnd> {
  /** Frames that are not passed on, in their order. */
  private held: Buffer[] = [];
  private text = '';
  private headers: PassedContent['headers'] = {};
  private readonly marksOf: (frame: Frame) => AnswerMarks;

  constructor(
    { modelId, operation }: { modelId: string; operation: ModelOperation },
    private readonly onContent: OnPassed,
  ) {
    super(modelId);
    this.marksOf = isNative(operation)
      ? ({ payload }) => marksOfChunk(payload)
      : ({ name, payload }) => marksOfConverse(name, payload);
  }

  override began(headers: Record<string, string>): void {
    this.headers = passedHeaders(headers);
    this.report(optionsIn(headers));
  }

  end(): PassedEnd {
    return { ...this.streamEnd(), tail: joined(this.held), headers: this.headers };
  }

  protected take(frame: Frame): AnswerMarks {
    const marks = this.marksOf(frame);
    // The content that arrived with the completion event leaves before it.
    if (marks.stopReason !== undefined) void this.sendContent();
    this.text += marks.text;
    this.held.push(frame.bytes);
    return marks;
  }

  protected sendContent(): Promise<void> | undefined {
    if (!this.textShown || this.isComplete || this.held.length === 0) return undefined;
    const [bytes, text] = [joined(this.held), this.text];
    [this.held, this.text] = [[], ''];
    return this.onContent({ bytes, text, headers: this.headers });
  }
}
