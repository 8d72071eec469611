import type { Frame } from './event-stream-decoder.js';
import { type StreamEnd, StreamedAnswer, type StreamPayload } from './streamed-answer.js';

/** Content of a model: its bytes, and its text for estimates. */
export interface PassedContent {
  text: string;
  bytes: Buffer;
}

/** Receives content synchronously. @returns a promise that resolves when there is room for more, if there is none */
export type OnPassed = (content: PassedContent) => Promise<void> | undefined;

export interface PassedEnd extends StreamEnd {
  /** Frames that are not passed on yet: the completion event and all after it. */
  tail: Buffer;
}

/** Events that carry content. `messageStart` carries none: it is held back, so that another model can still answer. */
const CONTENT = new Set(['contentBlockStart', 'contentBlockDelta']);

/**
 * Passes on the frames of one stream unchanged. The frames before the first content leave with it, and those from
 * `messageStop` on are the tail of the end.
 */
export class PassedStream extends StreamedAnswer<PassedEnd> {
  /** Frames that are not passed on, in their order. */
  private held: Buffer[] = [];
  private text = '';

  constructor(
    modelId: string,
    private readonly onContent: OnPassed,
  ) {
    super(modelId);
  }

  end(): PassedEnd {
    return { ...this.streamEnd(), tail: Buffer.concat(this.held) };
  }

  protected take({ name, payload, bytes }: Frame): boolean {
    // The content that arrived with the completion event leaves before it.
    if (name === 'messageStop') void this.sendContent();
    if (name === 'contentBlockDelta') this.text += textIn(JSON.parse(payload));
    this.held.push(bytes);
    return CONTENT.has(name);
  }

  protected sendContent(): Promise<void> | undefined {
    if (!this.textShown || this.isComplete || this.held.length === 0) return undefined;
    const [bytes, text] = [Buffer.concat(this.held), this.text];
    [this.held, this.text] = [[], ''];
    return this.onContent({ bytes, text });
  }
}

const textIn = ({ delta }: StreamPayload): string =>
  delta?.text ?? delta?.toolUse?.input ?? delta?.reasoningContent?.text ?? '';
