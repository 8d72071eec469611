import { ConverseCommand, ConverseStreamCommand, CountTokensCommand } from '@aws-sdk/client-bedrock-runtime';
import { Injectable } from '@nestjs/common';
import { markFailed, withSpan } from '../telemetry/spans.js';
import { AnswerStream, type StreamPart } from './answer-stream.js';
import { BedrockConnections } from './bedrock-connections.js';
import { CallGuard, type CallLimits, type StreamLimits } from './call-guard.js';
import { classify } from './classify.js';
import {
  type ConverseAnswer,
  type ConverseRequest,
  converseInput,
  type Prompt,
  promptInput,
  textOf,
  usageOf,
} from './converse-request.js';
import { guarded } from './guarded-call.js';
import { answeredBy, startModelCall } from './model-call-span.js';

/** Asks models. One attempt each: who calls decides about another, by `POLICIES`. */
@Injectable()
export class BedrockRuntimeService {
  constructor(private readonly connections: BedrockConnections) {}

  /** @throws BedrockError */
  async converse(request: ConverseRequest, limits: CallLimits): Promise<ConverseAnswer> {
    const span = startModelCall(request);
    try {
      const answer = await withSpan(span, () => this.whole(request, limits));
      answeredBy(span, request.modelId, answer);
      return answer;
    } catch (error) {
      markFailed(span, error);
      throw error;
    } finally {
      span.end();
    }
  }

  private async whole(request: ConverseRequest, limits: CallLimits): Promise<ConverseAnswer> {
    const startedAt = performance.now();
    const command = new ConverseCommand(converseInput(request));
    const { output, stopReason, usage } = await guarded(request.modelId, limits, (abortSignal) =>
      this.connections.runtime.send(command, { abortSignal }),
    );
    return {
      text: textOf(output?.message?.content),
      stopReason: stopReason ?? 'end_turn',
      usage: usageOf(usage),
      durationMs: Math.round(performance.now() - startedAt),
    };
  }

  /**
   * The answer as it is written: pieces of text, then one `end`. Nothing is sent before the first piece is asked for;
   * leaving the loop early stops the model.
   * @throws BedrockError, also when the stream ends without its `end`
   */
  async *converseStream(request: ConverseRequest, limits: StreamLimits): AsyncGenerator<StreamPart, void> {
    const span = startModelCall(request);
    let outcome: unknown = { kind: 'cancelled' };
    try {
      for await (const part of this.pieces(request, limits)) {
        if (part.type === 'end') {
          answeredBy(span, request.modelId, part);
          outcome = null;
        }
        yield part;
      }
    } catch (error) {
      outcome = error;
      throw error;
    } finally {
      if (outcome) markFailed(span, outcome);
      span.end();
    }
  }

  private async *pieces(request: ConverseRequest, limits: StreamLimits): AsyncGenerator<StreamPart, void> {
    const { modelId } = request;
    const answer = new AnswerStream(modelId);
    const guard = new CallGuard(limits);
    let complete = false;
    try {
      const command = new ConverseStreamCommand(converseInput(request));
      const sent = this.connections.runtime.send(command, { abortSignal: guard.signal });
      const { stream = [] } = await guard.within(sent);
      guard.expectEvent();
      for await (const event of stream) {
        const part = answer.read(event);
        guard.eventCame(part !== undefined);
        if (part) yield part;
        guard.expectEvent();
      }
      const end = answer.end();
      complete = true;
      yield end;
    } catch (error) {
      const { begun, textShown } = answer;
      // It broke after its last word: only its usage is not known.
      if (answer.isComplete && guard.stoppedBy !== 'caller') return yield answer.end();
      throw classify(error, { modelId, stoppedBy: guard.stoppedBy, inStream: begun, textShown });
    } finally {
      guard.release(complete);
    }
  }

  /**
   * Free, but few models serve it: the others answer `invalid_request`.
   * @throws BedrockError
   */
  async countTokens(prompt: Prompt, limits: CallLimits): Promise<number> {
    const command = new CountTokensCommand({
      modelId: prompt.modelId,
      input: { converse: promptInput(prompt) },
    });
    const { inputTokens } = await guarded(prompt.modelId, limits, (abortSignal) =>
      this.connections.runtime.send(command, { abortSignal }),
    );
    return inputTokens ?? 0;
  }

  /**
   * Asks a model for one token, to learn whether it answers. No patient's words are in it.
   * @returns the time it took, in milliseconds
   * @throws BedrockError
   */
  async probe(modelId: string, limits: CallLimits): Promise<{ durationMs: number }> {
    const question: ConverseRequest = { modelId, turns: [{ role: 'user', text: 'Hi' }], maxTokens: 1 };
    const { durationMs } = await this.converse(question, limits);
    return { durationMs };
  }
}
