import type { Frame } from '#libs/platform/bedrock/event-stream-decoder.js';
import { type ConverseUsage, finishReasonOf, type ThinkingBlock, usageOf } from './chat-completion.js';

/** Chunk of a streamed answer, without the members that all have. */
export interface Chunk {
  choices: { index: 0; delta: object; finish_reason: string | null }[];
  usage?: object;
  service_tier?: string;
}

interface ReasoningDelta {
  text?: string;
  signature?: string;
  redactedContent?: string;
}

/** Payload of an event of ConverseStream, as far as it is read. */
interface Payload {
  start?: { toolUse?: { toolUseId: string; name: string } };
  delta?: { text?: string; toolUse?: { input?: string }; reasoningContent?: ReasoningDelta };
  stopReason?: string;
  usage?: ConverseUsage;
  serviceTier?: { type?: string };
}

/** Translates the events of ConverseStream, one after the other. */
export class CompletionStream {
  /** True after the usage, which is the last event: the answer is complete. */
  isComplete = false;
  private calls = 0;
  /** Block in progress; undefined: a text, or none. */
  private block: { hasInput: boolean } | ThinkingBlock | undefined;
  private hasContent = false;

  constructor(
    private readonly modelId: string,
    private readonly includesUsage: boolean,
  ) {}

  /** @throws BedrockError at the end of an answer that no client could use */
  chunksOf({ name, payload }: Frame): Chunk[] {
    const event: Payload = JSON.parse(payload);
    switch (name) {
      case 'messageStart':
        return [chunk({ role: 'assistant', content: '' })];
      case 'contentBlockStart':
        return this.started(event);
      case 'contentBlockDelta':
        return this.continued(event);
      case 'contentBlockStop':
        return this.stopped();
      case 'messageStop':
        return [chunk({}, finishReasonOf(event.stopReason ?? 'end_turn', this.modelId, this.hasContent))];
      default:
        return name === 'metadata' ? this.completed(event) : [];
    }
  }

  private started({ start }: Payload): Chunk[] {
    if (!start?.toolUse) return [];
    const { toolUseId: id, name } = start.toolUse;
    this.block = { hasInput: false };
    this.calls += 1;
    return [this.call({ id, type: 'function', function: { name, arguments: '' } })];
  }

  private continued({ delta: { text, toolUse, reasoningContent } = {} }: Payload): Chunk[] {
    if (reasoningContent) return this.thought(reasoningContent);
    if (toolUse?.input) return this.wroteInput(toolUse.input);
    if (text === undefined) return [];
    this.hasContent = true;
    return [chunk({ content: text })];
  }

  private wroteInput(input: string): Chunk[] {
    this.block = { hasInput: true };
    return [this.call({ function: { arguments: input } })];
  }

  /** The text leaves as it comes, and again as a block with its signature when the block has ended. */
  private thought({ text, signature, redactedContent }: ReasoningDelta): Chunk[] {
    this.hasContent = true;
    if (redactedContent !== undefined) {
      this.block = { type: 'redacted_thinking', data: redactedContent };
      return [];
    }
    const { thinking } = this.block && 'thinking' in this.block ? this.block : { thinking: '' };
    this.block = { type: 'thinking', thinking: thinking + (text ?? ''), ...(signature && { signature }) };
    return text === undefined ? [] : [chunk({ reasoning_content: text })];
  }

  private stopped(): Chunk[] {
    const { block } = this;
    this.block = undefined;
    if (!block) return [];
    if ('type' in block) return [chunk({ thinking_blocks: [block] })];
    // A tool without input has no delta, and a client parses the arguments.
    return block.hasInput ? [] : [this.call({ function: { arguments: '{}' } })];
  }

  private completed({ usage = {}, serviceTier }: Payload): Chunk[] {
    this.isComplete = true;
    if (!this.includesUsage) return [];
    return [
      { choices: [], usage: usageOf(usage), ...(serviceTier?.type && { service_tier: serviceTier.type }) },
    ];
  }

  /** Tools are counted for themselves: their blocks may follow reasoning and text. */
  private call(part: object): Chunk {
    this.hasContent = true;
    return chunk({ tool_calls: [{ index: this.calls - 1, ...part }] });
  }
}

const chunk = (delta: object, finishReason: string | null = null): Chunk => ({
  choices: [{ index: 0, delta, finish_reason: finishReason }],
});
