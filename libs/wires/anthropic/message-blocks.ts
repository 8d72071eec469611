/** Begin of a content block of ConverseStream; those of text and reasoning have none. */
export interface BlockStart {
  toolUse?: { toolUseId: string; name: string };
}

/** Piece of a content block of ConverseStream. */
export interface BlockDelta {
  text?: string;
  toolUse?: { input?: string };
  reasoningContent?: { text?: string; signature?: string; redactedContent?: string };
}

/** Event of the Messages API. */
type BlockEvent = { type: string; index: number } & Record<string, unknown>;

const EMPTY = {
  text: { type: 'text', text: '' },
  thinking: { type: 'thinking', thinking: '' },
};

/** Turns the content blocks of ConverseStream into those of the Messages API, which begin and end each block. */
export class MessageBlocks {
  private index = -1;
  /** Index in Converse of the block that has begun and not ended. */
  private open: number | undefined;
  /** Pieces of redacted reasoning, which the Messages API sends in one. */
  private redacted: Buffer[] = [];

  start(index: number, { toolUse }: BlockStart): BlockEvent[] {
    if (!toolUse) return [];
    const { toolUseId: id, name } = toolUse;
    return this.begin(index, { type: 'tool_use', id, name, input: {} });
  }

  delta(index: number, { text, toolUse, reasoningContent }: BlockDelta): BlockEvent[] {
    if (text !== undefined) return this.piece(index, EMPTY.text, { type: 'text_delta', text });
    if (toolUse) return [this.deltaOf({ type: 'input_json_delta', partial_json: toolUse.input ?? '' })];
    const { text: thinking, signature, redactedContent } = reasoningContent ?? {};
    if (redactedContent !== undefined) this.redacted.push(Buffer.from(redactedContent, 'base64'));
    if (thinking !== undefined)
      return this.piece(index, EMPTY.thinking, { type: 'thinking_delta', thinking });
    return signature === undefined
      ? []
      : this.piece(index, EMPTY.thinking, { type: 'signature_delta', signature });
  }

  /** Ends the open block, if there is one. */
  stop(): BlockEvent[] {
    if (this.redacted.length > 0) {
      const data = Buffer.concat(this.redacted).toString('base64');
      this.redacted = [];
      return [...this.begin(-1, { type: 'redacted_thinking', data }), ...this.stop()];
    }
    if (this.open === undefined) return [];
    this.open = undefined;
    return [{ type: 'content_block_stop', index: this.index }];
  }

  private piece(index: number, empty: object, delta: object): BlockEvent[] {
    const begun = this.open === index ? [] : this.begin(index, empty);
    return [...begun, this.deltaOf(delta)];
  }

  private begin(index: number, content_block: object): BlockEvent[] {
    const ended = this.stop();
    this.open = index;
    this.index += 1;
    return [...ended, { type: 'content_block_start', index: this.index, content_block }];
  }

  private deltaOf(delta: object): BlockEvent {
    return { type: 'content_block_delta', index: this.index, delta };
  }
}
