import type { ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { Injectable } from '@nestjs/common';
import { BedrockClients } from './bedrock-clients.js';
import { type CallLimits, guarded, type StreamLimits } from './call-deadline.js';
import { type OperationCall, textOf } from './converse-client.js';
import {
  type ConverseAnswer,
  type ConverseRequest,
  converseBody,
  type Prompt,
  shownBlocks,
  textIn,
  usageOf,
} from './converse-request.js';
import { ConverseStream, type OnText } from './converse-stream.js';
import { assertInEurope } from './europe-gate.js';
import { observedCall } from './model-call-span.js';
import type { StreamEnd } from './streamed-answer.js';
import { streamedCall } from './streamed-call.js';

const PROBE_TIMEOUT_MS = 10_000;

export interface ProbeOptions {
  /** Unset: the default of the model. */
  temperature?: number | undefined;
  /** @default 10_000 */
  deadlineMs?: number;
}

/** Calls models. One attempt each: the caller decides about a retry, by `POLICIES`. */
@Injectable()
export class BedrockRuntimeService {
  constructor(private readonly clients: BedrockClients) {}

  /** @throws BedrockError */
  converse(request: ConverseRequest, limits: CallLimits): Promise<ConverseAnswer> {
    return observedCall(request, () => this.callConverse(request, limits));
  }

  /**
   * Passes on the answer as it is written. An abort of `limits.signal` stops the model.
   * @throws BedrockError, also when the stream ends without its end
   */
  converseStream(request: ConverseRequest, limits: StreamLimits, onText: OnText): Promise<StreamEnd> {
    return observedCall(request, () => this.callConverseStream(request, limits, onText));
  }

  /**
   * Calls a model once, as a stream or for the whole response: the listener receives the same text.
   * @throws BedrockError
   */
  async answer(
    request: ConverseRequest,
    limits: StreamLimits,
    { stream, onText }: { stream: boolean; onText: OnText },
  ): Promise<StreamEnd> {
    if (stream) return this.converseStream(request, limits, onText);
    const { text, ...end } = await this.converse(request, limits);
    if (text) await onText(text);
    return { firstTextMs: null, ...end };
  }

  private async callConverse(request: ConverseRequest, limits: CallLimits): Promise<ConverseAnswer> {
    assertInEurope(request.modelId);
    const startedAt = performance.now();
    const answer = await guarded(request.modelId, limits, (signal) => this.sendConverse(request, signal));
    return {
      text: textIn(answer.output?.message?.content),
      content: shownBlocks(answer.output?.message?.content),
      stopReason: answer.stopReason ?? 'end_turn',
      usage: usageOf(answer),
      durationMs: Math.round(performance.now() - startedAt),
    };
  }

  private async sendConverse(
    request: ConverseRequest,
    signal: AbortSignal,
  ): Promise<Partial<ConverseCommandOutput>> {
    return JSON.parse(await textOf(await this.clients.models.send(callOf('converse', request), signal)));
  }

  private async callConverseStream(
    request: ConverseRequest,
    limits: StreamLimits,
    onText: OnText,
  ): Promise<StreamEnd> {
    assertInEurope(request.modelId);
    const answer = new ConverseStream(request.modelId, onText);
    return streamedCall(this.clients.models, callOf('converse-stream', request), limits, answer);
  }

  /**
   * Requests one token from a model, to learn whether it answers. The request has no personal text.
   * @throws BedrockError
   */
  probe(
    modelId: string,
    { temperature, deadlineMs = PROBE_TIMEOUT_MS }: ProbeOptions = {},
  ): Promise<ConverseAnswer> {
    const messages: Prompt['messages'] = [{ role: 'user', text: 'Hi' }];
    return this.converse({ modelId, messages, maxTokens: 1, temperature }, { deadlineMs });
  }
}

const callOf = (operation: OperationCall['operation'], request: ConverseRequest): OperationCall => ({
  operation,
  modelId: request.modelId,
  body: converseBody(request),
});
