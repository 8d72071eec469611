import { type AnswerMarks, marksOfConverse } from './answer-marks.js';
import type { AnswerBlock } from './converse-request.js';
import type { Frame } from './event-stream-decoder.js';
import { type StreamEnd, StreamedAnswer } from './streamed-answer.js';

/**
 * Receives a piece of text as soon as it arrives. @returns a promise that resolves when there is room for more, if
 * there is none
 */
export type OnText = (text: string) => Promise<void> | undefined;

/** Fields that we read of the events of a block. */
interface BlockPayload {
  contentBlockIndex?: number;
  start?: { toolUse?: { toolUseId: string; name: string } };
  delta?: { text?: string; toolUse?: { input?: string } };
}

/** Block while it arrives: text, or the use of a tool. */
interface ArrivingBlock {
  text: string;
  tool?: { toolUseId: string; name: string };
  input: string;
}

/** Passes on the text of one stream, and keeps the blocks of its answer. */
export class ConverseStream extends StreamedAnswer<StreamEnd> {
  /** Text that is not passed on yet. */
  private text = '';
  private readonly blocks: ArrivingBlock[] = [];

  constructor(
    modelId: string,
    private readonly onText: OnText,
  ) {
    super(modelId);
  }

  end(): StreamEnd {
    return { ...this.streamEnd(), content: this.blocks.flatMap(blockOf) };
  }

  protected take({ name, payload }: Frame): AnswerMarks {
    if (name !== 'contentBlockStart' && name !== 'contentBlockDelta') return marksOfConverse(name, payload);
    const { contentBlockIndex = 0, start, delta }: BlockPayload = JSON.parse(payload);
    this.blocks[contentBlockIndex] ??= { text: '', input: '' };
    const block = this.blocks[contentBlockIndex];
    if (start?.toolUse) block.tool = start.toolUse;
    block.input += delta?.toolUse?.input ?? '';
    const text = delta?.text ?? '';
    block.text += text;
    this.text += text;
    // A model that writes the input of a tool is not silent.
    return { hasContent: text !== '' || block.tool !== undefined, text };
  }

  protected sendContent(): Promise<void> | undefined {
    const { text } = this;
    this.text = '';
    return text === '' ? undefined : this.onText(text);
  }
}

function blockOf({ text, tool, input }: ArrivingBlock): AnswerBlock[] {
  if (tool) return [{ toolUse: { ...tool, input: inputOf(input) } }];
  return text === '' ? [] : [{ text }];
}

/** Input that `max_tokens` has cut off is no JSON: the caller gets its text. */
function inputOf(json: string): unknown {
  try {
    return JSON.parse(json || '{}');
  } catch {
    return json;
  }
}
