import { type Capability, takes } from '#libs/catalogue/capabilities.js';
import type { Guardrail, Model } from '#libs/catalogue/catalogue.js';
import type { BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import type { BedrockRuntimeService } from '#libs/platform/bedrock/bedrock-runtime.service.js';
import type { StreamLimits } from '#libs/platform/bedrock/call-deadline.js';
import type { ConverseRequest } from '#libs/platform/bedrock/converse-request.js';
import { failureOfStop, refusalOfStop } from '#libs/platform/bedrock/failure-policy.js';
import type { Changes, Lack } from './call-attempts.js';
import type { AnswerEnd, Callee, CallForm, OnContent } from './call-form.js';
import type { ChatRequest } from './chat.js';
import { type Candidate, lackAmong } from './needed-forms.js';
import { neededForms, refusedTuning, type Tuning } from './request-form.js';

type Asked = Pick<
  ChatRequest,
  'messages' | 'system' | 'maxTokens' | 'stream' | 'stopSequences' | 'toolConfig' | Tuning
>;

/** Used if the catalogue has no limit for the model. */
const DEFAULT_MAX_TOKENS = 4_000;

/** Form of `/v1/chat`: messages to a model, and its text and uses of tools back. */
export class ChatForm implements CallForm {
  readonly mayRestart = true;
  /** Forms that the request cannot do without. */
  readonly needs: Capability[];

  constructor(
    private readonly request: Asked,
    private readonly first: Candidate['first'],
    private readonly runtime: Pick<BedrockRuntimeService, 'answer'>,
  ) {
    this.needs = neededForms(request);
  }

  get stream(): boolean {
    return this.request.stream;
  }

  lackOf(model: Model): Lack | undefined {
    return lackAmong(this.needs, { model, first: this.first });
  }

  changesFor({ model, guardrail }: Callee): Changes {
    return { leftOut: this.leftOutFor(model, guardrail), adapted: [] };
  }

  private leftOutFor(model: Model, guardrail: Guardrail | null): (Tuning | 'guardrail')[] {
    const tuning = refusedTuning(this.request, model);
    const isOptional = guardrail !== null && !guardrail.required;
    return isOptional && !takes(model, 'guardrail') ? [...tuning, 'guardrail'] : tuning;
  }

  failureOf({ stopReason, content = [] }: AnswerEnd, hasText: boolean): BedrockErrorKind | null {
    const isAnswer = hasText || content.length > 0 || refusalOfStop(stopReason) !== null;
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
    const { stopSequences, toolConfig } = this.request;
    const limit = Math.min(maxTokens, model.maxTokens ?? DEFAULT_MAX_TOKENS);
    const request: ConverseRequest = {
      modelId: model.id,
      messages,
      system,
      maxTokens: limit,
      temperature,
      topP,
      stopSequences,
      toolConfig,
      guardrail: guardrail ?? undefined,
    };
    for (const parameter of this.leftOutFor(model, guardrail)) delete request[parameter];
    return request;
  }
}
