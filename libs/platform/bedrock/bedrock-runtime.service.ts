import { type ConverseCommandOutput, CountTokensCommand } from '@aws-sdk/client-bedrock-runtime';
import { Injectable } from '@nestjs/common';
import { markFailed, withSpan } from '../telemetry/spans.js';
import { textOf } from './answer-error.js';
import { BedrockClients } from './bedrock-clients.js';
import { BedrockError } from './bedrock-error.js';
import { CallDeadline, type CallLimits, type StreamLimits } from './call-deadline.js';
import { classifyError } from './classify-error.js';
import {
  type ConverseAnswer,
  type ConverseRequest,
  type Prompt,
  promptInput,
  textIn,
  usageOf,
} from './converse-request.js';
import { ConverseStream, type OnText, type StreamEnd } from './converse-stream.js';
import { guarded } from './guarded-call.js';
import { answeredBy, startModelCall } from './model-call-span.js';
import { readModelId } from './model-id.js';
import { readStream } from './read-stream.js';

/** Calls models. One attempt each: the caller decides about a retry, by `POLICIES`. */
@Injectable()
export class BedrockRuntimeService {
  constructor(private readonly clients: BedrockClients) {}

  /** @throws BedrockError */
  converse(request: ConverseRequest, limits: CallLimits): Promise<ConverseAnswer> {
    return this.observed(request, () => this.whole(request, limits));
  }

  /**
   * The answer as it is written. An abort of `limits.signal` stops the model.
   * @throws BedrockError, also when the stream ends without its end
   */
  converseStream(request: ConverseRequest, limits: StreamLimits, onText: OnText): Promise<StreamEnd> {
    return this.observed(request, () => this.listen(request, limits, onText));
  }

  private async observed<Answer extends Omit<ConverseAnswer, 'text'>>(
    request: ConverseRequest,
    call: () => Promise<Answer>,
  ): Promise<Answer> {
    const span = startModelCall(request);
    try {
      const answer = await withSpan(span, call);
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
    assertInEurope(request.modelId);
    const startedAt = performance.now();
    const { output, stopReason, usage } = await guarded(request.modelId, limits, (signal) =>
      this.answerTo(request, signal),
    );
    return {
      text: textIn(output?.message?.content),
      stopReason: stopReason ?? 'end_turn',
      usage: usageOf(usage),
      durationMs: Math.round(performance.now() - startedAt),
    };
  }

  private async answerTo(
    request: ConverseRequest,
    signal: AbortSignal,
  ): Promise<Partial<ConverseCommandOutput>> {
    return JSON.parse(await textOf(await this.clients.models.send('converse', request, signal)));
  }

  private async listen(request: ConverseRequest, limits: StreamLimits, onText: OnText): Promise<StreamEnd> {
    const { modelId } = request;
    assertInEurope(modelId);
    const answer = new ConverseStream(modelId);
    const guard = new CallDeadline(limits);
    let complete = false;
    try {
      const sent = this.clients.models.send('converse-stream', request, guard.signal);
      const { body } = await guard.within(sent);
      await readStream(body, { stream: answer, deadline: guard, onText: onText });
      const end = answer.end();
      complete = true;
      return end;
    } catch (error) {
      const { begun, textShown } = answer;
      // It broke after its last word: only its usage is not known.
      if (answer.isComplete && guard.stoppedBy !== 'caller') return answer.end();
      throw classifyError(error, { modelId, stoppedBy: guard.stoppedBy, inStream: begun, textShown, begun });
    } finally {
      guard.release(complete);
    }
  }

  /**
   * Free, but few models serve it: the others answer `invalid_request`.
   * @throws BedrockError
   */
  async countTokens(prompt: Prompt, limits: CallLimits): Promise<number> {
    assertInEurope(prompt.modelId);
    const command = new CountTokensCommand({
      modelId: prompt.modelId,
      input: { converse: promptInput(prompt) },
    });
    const { inputTokens } = await guarded(prompt.modelId, limits, (abortSignal) =>
      this.clients.runtime.send(command, { abortSignal }),
    );
    return inputTokens ?? 0;
  }

  /**
   * Asks a model for one token, to learn whether it answers. No patient's words are in it.
   * @returns the time it took, in milliseconds
   * @throws BedrockError
   */
  async probe(modelId: string, limits: CallLimits): Promise<{ durationMs: number }> {
    const question: ConverseRequest = { modelId, messages: [{ role: 'user', text: 'Hi' }], maxTokens: 1 };
    const { durationMs } = await this.converse(question, limits);
    return { durationMs };
  }
}

/** The last gate: whatever selected such an id, no prompt leaves for it. @throws BedrockError */
function assertInEurope(modelId: string): void {
  if (readModelId(modelId).kind !== 'other_profile') return;
  throw new BedrockError(`${modelId} may send prompts outside the EU. Invoke its eu. profile instead.`, {
    kind: 'access_denied',
    awsName: 'DestinationNotAllowed',
    modelId,
    textShown: false,
  });
}
