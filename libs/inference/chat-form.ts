import { inWords, takes } from '#libs/catalogue/capabilities.js';
import type { Guardrail, Model } from '#libs/catalogue/catalogue.js';
import type { BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import type { BedrockRuntimeService } from '#libs/platform/bedrock/bedrock-runtime.service.js';
import type { StreamLimits } from '#libs/platform/bedrock/call-deadline.js';
import type { ConverseRequest } from '#libs/platform/bedrock/converse-request.js';
import { failureOfStop, refusalOfStop } from '#libs/platform/bedrock/failure-policy.js';
import { type Changes, type Lack, REFUSES_FORM } from './call-attempts.js';
import type { AnswerEnd, Callee, CallForm, OnContent } from './call-form.js';
import type { ChatRequest } from './chat.js';
import { neededForms, refusedTuning, type Tuning } from './request-form.js';

/** Used if the catalogue has no limit for the model. */
const DEFAULT_MAX_TOKENS = 4_000;

/** Form of `/v1/chat`: text to a model, and its text back. */
export class ChatForm implements CallForm {
  readonly mayRestart = true;
  private readonly needs;

  constructor(
    private readonly request: Pick<ChatRequest, 'messages' | 'system' | 'maxTokens' | 'stream' | Tuning>,
    private readonly runtime: Pick<BedrockRuntimeService, 'answer'>,
  ) {
    this.needs = neededForms(request.messages);
  }

  get stream(): boolean {
    return this.request.stream;
  }

  lackOf(model: Model): Lack | undefined {
    const missing = this.needs.filter((form) => !takes(model, form));
    return missing.length === 0 ? undefined : { reason: REFUSES_FORM, lacks: missing.map(inWords) };
  }

  changesFor({ model, guardrail }: Callee): Changes {
    return { leftOut: this.leftOutFor(model, guardrail), adapted: [] };
  }

  private leftOutFor(model: Model, guardrail: Guardrail | null): (Tuning | 'guardrail')[] {
    const tuning = refusedTuning(this.request, model);
    const isOptional = guardrail !== null && !guardrail.required;
    return isOptional && !takes(model, 'guardrail') ? [...tuning, 'guardrail'] : tuning;
  }

  failureOf({ stopReason }: AnswerEnd, hasContent: boolean): BedrockErrorKind | null {
    const isAnswer = hasContent || refusalOfStop(stopReason) !== null;
    return failureOfStop(stopReason) ?? (isAnswer ? null : 'unusable_answer');
  }

  call({ model, guardrail }: Callee, limits: StreamLimits, onContent: OnContent): Promise<AnswerEnd> {
    return this.runtime.answer(this.requestFor(model, guardrail), limits, {
      stream: this.stream,
      onText: (text) => onContent({ text }),
    });
  }

  /**
   * Builds the request for a model without the parameters that it would refuse. A required guardrail is always in it: a model
   * that does not take one refuses the request.
   */
  requestFor(model: Model, guardrail: Guardrail | null): ConverseRequest {
    const { messages, system, maxTokens = Number.POSITIVE_INFINITY, temperature, topP } = this.request;
    const limit = Math.min(maxTokens, model.maxTokens ?? DEFAULT_MAX_TOKENS);
    const request: ConverseRequest = {
      modelId: model.id,
      messages,
      system,
      maxTokens: limit,
      temperature,
      topP,
      guardrail: guardrail ?? undefined,
    };
    for (const parameter of this.leftOutFor(model, guardrail)) delete request[parameter];
    return request;
  }
}
