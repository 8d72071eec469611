import { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import { EventStreamDecoder } from '#libs/platform/bedrock/event-stream-decoder.js';
import { failureOfStop, refusalOfStop } from '#libs/platform/bedrock/failure-policy.js';
import type { AnswerFacts, AnswerWriter } from '../encoding.js';
import { type BlockDelta, type BlockStart, MessageBlocks } from './message-blocks.js';
import { membersOf, sseEvent } from './message-members.js';

/** Tokens as Converse counts them. */
interface ConverseUsage {
  inputTokens?: number;
  outputTokens?: number;
  cacheReadInputTokens?: number;
  cacheWriteInputTokens?: number;
}

/** Fields that we read of a content block of Converse. */
interface ConverseBlock {
  text?: string;
  toolUse?: { toolUseId: string; name: string; input: unknown };
  reasoningContent?: { reasoningText?: { text: string; signature?: string }; redactedContent?: string };
  citationsContent?: { content?: { text?: string }[] };
}

interface ConverseAnswer {
  output?: { message?: { content?: ConverseBlock[] } };
  stopReason?: string;
  usage?: ConverseUsage;
}

/** Fields that we read of the events of ConverseStream. */
interface ConversePayload {
  contentBlockIndex?: number;
  start?: BlockStart;
  delta?: BlockDelta;
  stopReason?: string;
  usage?: ConverseUsage;
}

const NO_USAGE = { input_tokens: 0, output_tokens: 0 };

/** Writes an answer of Converse in the form of the Messages API. */
export class ConverseAnswerWriter implements AnswerWriter {
  private readonly decoder = new EventStreamDecoder();
  private readonly blocks = new MessageBlocks();
  private stopReason: string | undefined;
  private usage: ConverseUsage | undefined;

  constructor(private readonly facts: AnswerFacts) {}

  /** @throws BedrockError for an answer that its model did not write correctly */
  whole(bytes: Buffer): Buffer {
    const { output, stopReason, usage }: ConverseAnswer = JSON.parse(bytes.toString('utf8'));
    const message = {
      ...this.emptyMessage(),
      content: (output?.message?.content ?? []).flatMap(blockOf),
      stop_reason: this.stopReasonOf(stopReason),
      usage: usageOf(usage),
    };
    return Buffer.from(JSON.stringify(message));
  }

  frames(bytes: Buffer): Buffer {
    const events = [...this.decoder.read(bytes)].flatMap(({ name, payload }) =>
      this.eventsOf(name, JSON.parse(payload)),
    );
    return written(events);
  }

  /** @throws BedrockError for an answer that its model did not write correctly */
  end(tail: Buffer): Buffer {
    const rest = this.frames(tail);
    const stop_reason = this.stopReasonOf(this.stopReason);
    return Buffer.concat([
      rest,
      written([
        ...this.blocks.stop(),
        {
          type: 'message_delta',
          delta: { stop_reason, stop_sequence: null },
          usage: usageOf(this.usage),
        },
        { type: 'message_stop' },
      ]),
    ]);
  }

  private eventsOf(name: string, { contentBlockIndex = 0, ...payload }: ConversePayload): object[] {
    this.stopReason ??= payload.stopReason;
    this.usage ??= payload.usage;
    switch (name) {
      case 'messageStart':
        return [{ type: 'message_start', message: { ...this.emptyMessage(), usage: NO_USAGE } }];
      case 'contentBlockStart':
        return this.blocks.start(contentBlockIndex, payload.start ?? {});
      case 'contentBlockDelta':
        return this.blocks.delta(contentBlockIndex, payload.delta ?? {});
      case 'contentBlockStop':
        return this.blocks.stop();
      default:
        return [];
    }
  }

  private emptyMessage() {
    return {
      id: `msg_${this.facts.invocationId}`,
      type: 'message',
      role: 'assistant',
      content: [] as object[],
      stop_reason: null as string | null,
      stop_sequence: null,
      ...membersOf(this.facts),
    };
  }

  /** The Messages API has one reason for what a filter stops, and none for an answer that is malformed. */
  private stopReasonOf(stopReason = 'end_turn'): string {
    if (failureOfStop(stopReason) === 'unusable_answer')
      throw new BedrockError('The model wrote an answer that cannot be read.', {
        kind: 'unusable_answer',
        awsName: stopReason,
        modelId: this.facts.model,
        textShown: false,
        begun: true,
      });
    return refusalOfStop(stopReason) === null ? stopReason : 'refusal';
  }
}

function blockOf({ text, toolUse, reasoningContent, citationsContent }: ConverseBlock): object[] {
  if (text !== undefined) return [{ type: 'text', text }];
  if (toolUse) return [{ type: 'tool_use', id: toolUse.toolUseId, name: toolUse.name, input: toolUse.input }];
  if (reasoningContent?.redactedContent !== undefined)
    return [{ type: 'redacted_thinking', data: reasoningContent.redactedContent }];
  // Without a signature it has no member for one: it must not look signed when the client sends it back.
  const { text: thinking, ...signature } = reasoningContent?.reasoningText ?? {};
  if (thinking !== undefined) return [{ type: 'thinking', thinking, ...signature }];
  const cited = citationsContent?.content ?? [];
  return cited.length > 0 ? [{ type: 'text', text: cited.map((part) => part.text ?? '').join('') }] : [];
}

const usageOf = (usage: ConverseUsage = {}) => ({
  input_tokens: usage.inputTokens ?? 0,
  cache_creation_input_tokens: usage.cacheWriteInputTokens ?? 0,
  cache_read_input_tokens: usage.cacheReadInputTokens ?? 0,
  output_tokens: usage.outputTokens ?? 0,
});

const written = (events: object[]): Buffer =>
  Buffer.from(
    events.map((event) => sseEvent((event as { type: string }).type, JSON.stringify(event))).join(''),
  );
