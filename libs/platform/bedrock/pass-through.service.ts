import type { ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { Injectable } from '@nestjs/common';
import { marksOfInvoke } from './answer-marks.js';
import { BedrockClients } from './bedrock-clients.js';
import { BedrockError } from './bedrock-error.js';
import { type CallLimits, guarded, type StreamLimits } from './call-deadline.js';
import { bytesOf, type OperationCall } from './converse-client.js';
import { textIn, type Usage, usageOf } from './converse-request.js';
import { assertInEurope } from './europe-gate.js';
import { type ObservedRequest, observedCall } from './model-call-span.js';
import { isNative, type ModelOperation } from './model-operation.js';
import {
  type OnPassed,
  type PassedContent,
  type PassedEnd,
  PassedStream,
  passedHeaders,
} from './passed-stream.js';
import type { StreamEnd } from './streamed-answer.js';
import { streamedCall } from './streamed-call.js';

/** Request whose bytes reach the model unchanged. */
export interface PassedRequest extends ObservedRequest {
  operation: ModelOperation;
  body: Uint8Array;
  /** Headers of the client for the model. */
  headers?: Record<string, string>;
}

/** Whole answer that Bedrock gives to any of its operations. */
export type RawAnswer = Pick<PassedContent, 'bytes' | 'headers'>;

/**
 * Calls models with the bytes of a caller, and passes on the bytes of the models. One attempt each, as
 * `BedrockRuntimeService`.
 */
@Injectable()
export class PassThroughService {
  constructor(private readonly clients: BedrockClients) {}

  /** Returns a whole answer. @throws BedrockError */
  whole(request: PassedRequest, limits: CallLimits): Promise<StreamEnd & PassedContent> {
    return observedCall(request, async () => {
      const startedAt = performance.now();
      const answer = await this.raw(request, limits);
      return {
        ...answer,
        ...factsOf(request, answer),
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
  stream(request: PassedRequest, limits: StreamLimits, onContent: OnPassed): Promise<PassedEnd> {
    return observedCall(request, async () => {
      assertInEurope(request.modelId);
      const answer = new PassedStream(request, onContent);
      return streamedCall(this.clients.models, request, limits, answer);
    });
  }

  /** Counts the tokens of a request, which costs nothing. @throws BedrockError */
  async countTokens(
    { modelId, body }: Omit<OperationCall, 'operation'>,
    limits: CallLimits,
  ): Promise<RawAnswer> {
    return this.raw({ operation: 'count-tokens', modelId, body }, limits);
  }

  private async raw(call: OperationCall, limits: CallLimits): Promise<RawAnswer> {
    assertInEurope(call.modelId);
    return guarded(call.modelId, limits, async (signal) => {
      const response = await this.clients.models.send(call, signal);
      return { bytes: await bytesOf(response), headers: passedHeaders(response.headers) };
    });
  }
}

/** Returns what is recorded of an answer. @throws BedrockError if its body is none */
function factsOf(
  { operation, modelId }: PassedRequest,
  { bytes, headers }: RawAnswer,
): { text: string; stopReason: string; usage: Usage | null } {
  const answer = answerIn(bytes, modelId);
  if (isNative(operation)) {
    const { stopReason = 'end_turn', reported } = marksOfInvoke(answer, headers);
    const usage = usageOf(reported ?? {});
    return { stopReason, usage, text: usage ? '' : bytes.toString('utf8') };
  }
  const converse: Partial<ConverseCommandOutput> = answer;
  return {
    text: textIn(converse.output?.message?.content),
    stopReason: converse.stopReason ?? 'end_turn',
    usage: usageOf(converse),
  };
}

/** @throws BedrockError if the body is no answer */
function answerIn(bytes: Buffer, modelId: string): object {
  try {
    return JSON.parse(bytes.toString('utf8')) ?? {};
  } catch (cause) {
    const details = { kind: 'unusable_answer', awsName: 'NoJson', modelId, textShown: false } as const;
    throw new BedrockError('The answer is no JSON.', { ...details, begun: true }, { cause });
  }
}
