import type { IncomingHttpHeaders } from 'node:http';
import { invalid } from './aws-error.js';
import type { RunningCall } from './call-log.js';
import { type CannedResponse, cannedAnswerTo, type ModelQuery, outputTokensOf } from './canned-response.js';
import { converseAnswer, converseEvents } from './converse.js';
import type { ConverseRequest } from './converse-request.js';
import { parseConverse } from './converse-rules.js';
import { countTokens } from './count-tokens.js';
import type { EmulatedCatalogue } from './emulated-catalogue.js';
import type { StreamEvent } from './event-frames.js';
import type { FaultEffect } from './fault-registry.js';
import { assertGuardrail } from './guardrails.js';
import { processingHeaders, processingIn } from './invoke-headers.js';
import type { EmulatedModel } from './models.js';
import { nativeFormatOf } from './native-bodies.js';
import { isStreaming, type Target } from './operations.js';
import { promptOf } from './prompt.js';
import type { PromptCache } from './prompt-cache.js';
import { assertFormTaken } from './refused-forms.js';
import { scriptedAnswer } from './scripted-answer.js';

/** Response of the runtime plane: one body, or the events of a stream. */
export type RuntimeAnswer =
  | { body: unknown; headers?: Record<string, string> }
  | { events: Iterable<StreamEvent>; headers?: Record<string, string> };

interface ModelCommand {
  target: Target;
  body: unknown;
  headers: IncomingHttpHeaders;
  call: RunningCall;
  effect: Pick<FaultEffect, 'stop' | 'answer'>;
}

/** Models of the account, and the prompts that they have cached. */
export interface Account {
  catalogue: EmulatedCatalogue;
  cache: PromptCache;
}

/** Answers the runtime plane. @throws AwsError as Bedrock would */
export function runtimeAnswer(account: Account, asked: ModelCommand): RuntimeAnswer {
  const { target, body } = asked;
  const { catalogue } = account;
  if (target.operation === 'CountTokens')
    return { body: countTokens(catalogue.described(target.modelId!), body) };
  const model = catalogue.invoked(target.modelId!);
  return target.operation.startsWith('Converse')
    ? converse(account, model, asked)
    : invokeNative(account, model, asked);
}

function converse(account: Account, model: EmulatedModel, asked: ModelCommand): RuntimeAnswer {
  const answer = answered(account, model, parseConverse(asked.body), asked);
  const { call, target } = asked;
  return target.operation === 'Converse'
    ? { body: converseAnswer(answer, call.elapsedMs()) }
    : { events: converseEvents(answer, () => call.elapsedMs()) };
}

function invokeNative(account: Account, model: EmulatedModel, asked: ModelCommand): RuntimeAnswer {
  const { target, call } = asked;
  const modelId = target.modelId!;
  const format = nativeFormatOf(model);
  const request = { ...format.request(asked.body), ...processingIn(asked.headers) };
  const answer = answered(account, model, request, asked);
  if (target.operation === 'InvokeModelWithResponseStream')
    return {
      events: format.events(answer, modelId, () => call.elapsedMs()),
      headers: { 'x-amzn-bedrock-content-type': 'application/json', ...processingHeaders(answer) },
    };
  const headers = {
    ...processingHeaders(answer),
    'x-amzn-bedrock-input-token-count': String(answer.input.inputTokens),
    'x-amzn-bedrock-output-token-count': String(answer.outputTokens),
    'x-amzn-bedrock-cache-read-input-token-count': String(answer.input.cacheRead),
    'x-amzn-bedrock-cache-write-input-token-count': String(answer.input.cacheWrite),
    'x-amzn-bedrock-invocation-latency': String(call.elapsedMs()),
  };
  return { body: format.answer(answer, modelId, call.elapsedMs()), headers };
}

function answered(
  { cache }: Account,
  model: EmulatedModel,
  request: ConverseRequest,
  { target, effect }: ModelCommand,
): CannedResponse {
  assertMaxTokens(request, model);
  assertFormTaken(model, { request, streamed: isStreaming(target.operation) });
  assertGuardrail(request.guardrailConfig);
  const prompt = promptOf(request);
  if (prompt.tokens > model.contextWindow) throw invalid('Input is too long for requested model.');
  const query: ModelQuery = { modelId: target.modelId!, model, request };
  const answer = effect.answer ? scriptedAnswer(query, effect.answer) : cannedAnswerTo(query, effect.stop);
  return {
    ...answer,
    input: cache.use(model.id, prompt),
    outputTokens: outputTokensOf(answer.blocks),
    serviceTier: request.serviceTier,
    performanceConfig: request.performanceConfig,
  };
}

/** @throws AwsError if the request exceeds the model's maximum */
function assertMaxTokens({ inferenceConfig }: ConverseRequest, { maxOutputTokens }: EmulatedModel): void {
  if ((inferenceConfig.maxTokens ?? 0) > maxOutputTokens)
    throw invalid(
      `The maximum tokens you requested exceeds the model limit of ${maxOutputTokens}. Try again with a maximum tokens value that is lower than ${maxOutputTokens}.`,
    );
}
