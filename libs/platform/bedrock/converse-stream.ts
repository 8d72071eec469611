import { type AnswerMarks, marksOfConverse } from './answer-marks.js';
import type { Frame } from './event-stream-decoder.js';
import { type StreamEnd, StreamedAnswer } from './streamed-answer.js';

/**
 * Receives a piece of text as soon as it arrives. @returns a promise that resolves when there is room for more, if
 * there is none
 */
export type OnText = (text: string) => Promise<void> | undefined;

/** Passes on the text of one stream. */
export class ConverseStream extends StreamedAnswer<StreamEnd> {
  /** Text that is not passed on yet. */
  private text = '';

  constructor(
    modelId: string,
    private readonly onText: OnText,
  ) {
    super(modelId);
  }

  end(): StreamEnd {
    return this.streamEnd();
  }

  protected take({ name, payload }: Frame): AnswerMarks {
    const marks = marksOfConverse(name, payload);
    this.text += marks.text;
    return { ...marks, hasContent: marks.text !== '' };
  }

  protected sendContent(): Promise<void> | undefined {
    const { text } = this;
    this.text = '';
    return text === '' ? undefined : this.onText(text);
  }
}
