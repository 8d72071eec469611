import type { TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { awsError, BedrockError } from './bedrock-error.js';
import { type Usage, usageOf } from './converse-request.js';
import type { StreamEnd } from './converse-stream.js';
import { EventStreamDecoder, type Frame } from './event-stream-decoder.js';
import type { StreamedAnswer } from './streamed-call.js';

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

/** Fields that we read of the events of ConverseStream. */
interface Payload {
  delta?: { text?: string; toolUse?: { input?: string }; reasoningContent?: { text?: string } };
  stopReason?: string;
  usage?: TokenUsage;
}

/** Events that carry content. `messageStart` carries none: it is held back, so that another model can still answer. */
const CONTENT = new Set(['contentBlockStart', 'contentBlockDelta']);

/**
 * Passes on the frames of one stream unchanged. The frames before the first content leave with it, and those from
 * `messageStop` on are the tail of the end. A damaged frame breaks the stream.
 */
export class PassedStream implements StreamedAnswer<PassedEnd> {
  begun = false;
  private firstTextMs: number | null = null;
  private readonly frames = new EventStreamDecoder();
  private broken: unknown;
  private stopReason: string | undefined;
  private usage: Usage | null = null;
  /** Frames that are not passed on, in their order. */
  private held: Buffer[] = [];
  private text = '';
  private hasContent = false;
  private readonly startedAt = performance.now();

  constructor(
    private readonly modelId: string,
    private readonly onContent: OnPassed,
  ) {}

  get textShown(): boolean {
    return this.firstTextMs !== null;
  }

  get isComplete(): boolean {
    return this.stopReason !== undefined;
  }

  read(chunk: Buffer): boolean {
    if (this.broken) return false;
    this.hasContent = false;
    try {
      for (const frame of this.frames.read(chunk)) this.hold(frame);
    } catch (error) {
      this.broken = error;
    }
    return this.hasContent;
  }

  passOn(): Promise<void> | undefined {
    const room = this.textShown && !this.isComplete ? this.sendHeld() : undefined;
    if (this.broken) throw this.broken;
    return room;
  }

  end(): PassedEnd {
    const { stopReason, usage, firstTextMs, modelId, textShown, held } = this;
    if (stopReason === undefined)
      throw new BedrockError('The stream ended before it was complete.', {
        kind: 'stream_broken',
        awsName: 'IncompleteStream',
        modelId,
        textShown,
        begun: this.begun,
      });
    return { stopReason, usage, firstTextMs, durationMs: this.elapsedMs(), tail: Buffer.concat(held) };
  }

  /** @throws Error for an exception frame */
  private hold({ kind, name, payload, bytes }: Frame): void {
    if (kind !== 'event') throw awsError(name, payload);
    this.begun = true;
    if (name === 'messageStop') this.complete((JSON.parse(payload) as Payload).stopReason);
    if (name === 'metadata') this.usage = usageOf((JSON.parse(payload) as Payload).usage);
    if (name === 'contentBlockDelta') this.text += textIn(JSON.parse(payload));
    if (CONTENT.has(name)) {
      this.hasContent = true;
      this.firstTextMs ??= this.elapsedMs();
    }
    this.held.push(bytes);
  }

  /** Passes on the content that arrived with the completion event. */
  private complete(stopReason = 'end_turn'): void {
    if (this.textShown) void this.sendHeld();
    this.stopReason = stopReason;
  }

  private sendHeld(): Promise<void> | undefined {
    const [bytes, text] = [Buffer.concat(this.held), this.text];
    if (bytes.length === 0) return undefined;
    [this.held, this.text] = [[], ''];
    return this.onContent({ bytes, text });
  }

  private elapsedMs(): number {
    return Math.round(performance.now() - this.startedAt);
  }
}

const textIn = ({ delta }: Payload): string =>
  delta?.text ?? delta?.toolUse?.input ?? delta?.reasoningContent?.text ?? '';
