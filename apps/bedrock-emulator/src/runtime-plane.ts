import { invalid } from './aws-error.js';
import type { RunningCall } from './call-log.js';
import { type CannedResponse, cannedResponseTo, type ModelQuery, tokensIn } from './canned-response.js';
import { converseAnswer, converseEvents } from './converse.js';
import { converseQuery, formOf, parseConverse } from './converse-body.js';
import type { EmulatedCatalogue } from './emulated-catalogue.js';
import type { StreamEvent } from './event-frames.js';
import type { StopFault } from './faults.js';
import { assertGuardrail } from './guardrails.js';
import type { EmulatedModel } from './models.js';
import { nativeFormatOf } from './native-bodies.js';
import type { Target } from './operations.js';
import { assertFormTaken } from './refused-forms.js';

/** Response of the runtime plane: one body, or the events of a stream. */
export type RuntimeAnswer =
  | { body: unknown; headers?: Record<string, string> }
  | { events: Iterable<StreamEvent>; headers?: Record<string, string> };

interface ModelCommand {
  target: Target;
  body: unknown;
  call: RunningCall;
  stop: StopFault['reason'] | undefined;
}

/** Answers the runtime plane. @throws AwsError as Bedrock would */
export function runtimeAnswer(catalogue: EmulatedCatalogue, asked: ModelCommand): RuntimeAnswer {
  const { target, body } = asked;
  const modelId = target.modelId!;
  if (target.operation === 'CountTokens') return { body: countTokens(catalogue.described(modelId), body) };
  const model = catalogue.invoked(modelId);
  return target.operation.startsWith('Converse') ? converse(model, asked) : invokeNative(model, asked);
}

function converse(model: EmulatedModel, { target, body, call, stop }: ModelCommand): RuntimeAnswer {
  const parsed = parseConverse(body);
  const question = converseQuery(target.modelId!, model, parsed);
  assertFormTaken(model, formOf(parsed));
  assertGuardrail(parsed.guardrailConfig);
  const answer = answered(question, model, stop);
  return target.operation === 'Converse'
    ? { body: converseAnswer(answer, call.elapsedMs()) }
    : { events: converseEvents(answer, () => call.elapsedMs()) };
}

function invokeNative(model: EmulatedModel, { target, body, call, stop }: ModelCommand): RuntimeAnswer {
  const modelId = target.modelId!;
  const format = nativeFormatOf(model);
  const answer = answered(format.question(modelId, model, body), model, stop);
  if (target.operation === 'InvokeModelWithResponseStream')
    return {
      events: format.events(answer, modelId, () => call.elapsedMs()),
      headers: { 'x-amzn-bedrock-content-type': 'application/json' },
    };
  const headers = {
    'x-amzn-bedrock-input-token-count': String(answer.inputTokens),
    'x-amzn-bedrock-output-token-count': String(answer.outputTokens),
    'x-amzn-bedrock-invocation-latency': String(call.elapsedMs()),
  };
  return { body: format.answer(answer, modelId, call.elapsedMs()), headers };
}

function answered(question: ModelQuery, model: EmulatedModel, stop: ModelCommand['stop']): CannedResponse {
  if (tokensIn(question.prompt) > model.contextWindow)
    throw invalid('Input is too long for requested model.');
  return cannedResponseTo(question, stop);
}

function countTokens(model: EmulatedModel, body: unknown): { inputTokens: number } {
  if (!model.countsTokens) throw invalid("The provided model doesn't support counting tokens.");
  const { input } = (body ?? {}) as { input?: { converse?: unknown; invokeModel?: { body?: string } } };
  if (input?.converse)
    return { inputTokens: tokensIn(converseQuery(model.id, model, parseConverse(input.converse)).prompt) };
  if (input?.invokeModel?.body === undefined) throw invalid('Either converse or invokeModel is required.');
  const native: unknown = JSON.parse(Buffer.from(input.invokeModel.body, 'base64').toString('utf8'));
  return { inputTokens: tokensIn(nativeFormatOf(model).question(model.id, model, native).prompt) };
}
