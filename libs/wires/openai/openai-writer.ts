import { EventStreamDecoder } from '#libs/platform/bedrock/event-stream-decoder.js';
import type { AnswerWriter, WrittenAnswer } from '../encoding.js';
import { type ConverseOutput, finishReasonOf, messageOf, usageOf } from './chat-completion.js';
import { CompletionStream } from './completion-stream.js';

/** Answer to write, and what its request and its call say of it. */
export interface WrittenCompletion extends Pick<WrittenAnswer, 'model' | 'facts'> {
  /** True: a stream ends with its usage. */
  includesUsage: boolean;
  /** Begin of the answer, in seconds. */
  createdAt: number;
}

const DONE = 'data: [DONE]\n\n';

/** Writes answers of Converse as chat completions of OpenAI. */
export class OpenAiWriter implements AnswerWriter {
  private readonly modelId: string;
  private readonly decoder = new EventStreamDecoder();
  private readonly stream: CompletionStream;
  /** Members that every chunk has. */
  private readonly common: object;
  /** Members of the first chunk; undefined after it. */
  private first: object | undefined;

  constructor({ model, facts, includesUsage, createdAt }: WrittenCompletion) {
    this.modelId = model.id;
    this.stream = new CompletionStream(model.id, includesUsage);
    this.common = { id: `chatcmpl-${facts.invocationId}`, created: createdAt, model: model.id };
    const { version } = model.price;
    this.first = {
      ...(version !== null && { system_fingerprint: `price-${version}` }),
      orchestrator: facts,
    };
  }

  whole(bytes: Buffer): Buffer {
    const answer: ConverseOutput = JSON.parse(bytes.toString('utf8'));
    const finish_reason = finishReasonOf(answer.stopReason ?? 'end_turn', this.modelId, false);
    const completion = {
      ...{ object: 'chat.completion', ...this.common },
      choices: [{ index: 0, message: messageOf(answer), logprobs: null, finish_reason }],
      usage: usageOf(answer.usage ?? {}),
      ...(answer.serviceTier?.type && { service_tier: answer.serviceTier.type }),
      ...this.first,
    };
    return Buffer.from(JSON.stringify(completion));
  }

  frames(bytes: Buffer): Buffer {
    return Buffer.from(this.eventsOf(bytes));
  }

  /** An answer whose usage did not arrive has no `[DONE]`. */
  end(tail: Buffer): Buffer {
    const events = this.eventsOf(tail);
    return Buffer.from(this.stream.isComplete ? events + DONE : events);
  }

  private eventsOf(bytes: Buffer): string {
    let events = '';
    for (const frame of this.decoder.read(bytes))
      for (const chunk of this.stream.chunksOf(frame)) {
        const data = { object: 'chat.completion.chunk', ...this.common, ...chunk, ...this.first };
        this.first = undefined;
        events += `data: ${JSON.stringify(data)}\n\n`;
      }
    return events;
  }
}
