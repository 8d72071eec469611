import type { ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { Injectable } from '@nestjs/common';
import { BedrockClients } from './bedrock-clients.js';
import { BedrockError } from './bedrock-error.js';
import { type CallLimits, guarded, type StreamLimits } from './call-deadline.js';
import { bytesOf, type OperationCall } from './converse-client.js';
import { textIn, usageOf } from './converse-request.js';
import { assertInEurope } from './europe-gate.js';
import { type ObservedRequest, observedCall } from './model-call-span.js';
import { type OnPassed, type PassedContent, type PassedEnd, PassedStream } from './passed-stream.js';
import type { StreamEnd } from './streamed-answer.js';
import { streamedCall } from './streamed-call.js';

/** Request whose bytes reach the model unchanged. */
export interface PassedRequest extends ObservedRequest {
  body: Uint8Array;
}

/**
 * Calls models with the bytes of a caller, and passes on the bytes of the models. One attempt each, as
 * `BedrockRuntimeService`.
 */
@Injectable()
export class PassThroughService {
  constructor(private readonly clients: BedrockClients) {}

  /** Returns a whole answer. @throws BedrockError */
  converse(request: PassedRequest, limits: CallLimits): Promise<StreamEnd & PassedContent> {
    return observedCall(request, async () => {
      assertInEurope(request.modelId);
      const startedAt = performance.now();
      const bytes = await guarded(request.modelId, limits, async (signal) =>
        bytesOf(await this.clients.models.send(callOf('converse', request), signal)),
      );
      const { output, stopReason, usage } = answerIn(bytes, request.modelId);
      return {
        bytes,
        text: textIn(output?.message?.content),
        stopReason: stopReason ?? 'end_turn',
        usage: usageOf(usage),
        firstTextMs: null,
        durationMs: Math.round(performance.now() - startedAt),
      };
    });
  }

  /**
   * Passes on the frames of an answer as they arrive, the last ones with its end. An abort of `limits.signal` stops the
   * model.
   * @throws BedrockError, also when the stream ends without its end
   */
  converseStream(request: PassedRequest, limits: StreamLimits, onContent: OnPassed): Promise<PassedEnd> {
    return observedCall(request, async () => {
      assertInEurope(request.modelId);
      const answer = new PassedStream(request.modelId, onContent);
      return streamedCall(this.clients.models, callOf('converse-stream', request), limits, answer);
    });
  }
}

const callOf = (operation: OperationCall['operation'], { modelId, body }: PassedRequest): OperationCall => ({
  operation,
  modelId,
  body,
});

/** @throws BedrockError if the body is no answer */
function answerIn(bytes: Buffer, modelId: string): Partial<ConverseCommandOutput> {
  try {
    return JSON.parse(bytes.toString('utf8')) ?? {};
  } catch (cause) {
    const details = { kind: 'unusable_answer', awsName: 'NoJson', modelId, textShown: false } as const;
    throw new BedrockError('The answer is no JSON.', { ...details, begun: true }, { cause });
  }
}
