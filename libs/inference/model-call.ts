import { takes } from '#libs/catalogue/capabilities.js';
import type { Guardrail, Model } from '#libs/catalogue/catalogue.js';
import type { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import type { StreamLimits } from '#libs/platform/bedrock/call-deadline.js';
import type { ConverseRequest } from '#libs/platform/bedrock/converse-request.js';
import { POLICIES } from '#libs/platform/bedrock/failure-policy.js';
import type { CallAttempts } from './call-attempts.js';
import type { ChatRequest } from './chat.js';
import { neededForms, refusedTuning, type Tuning } from './request-form.js';

/** Time limits of a call in milliseconds. */
export interface TimeLimits {
  deadlineMs: number;
  firstTextMs: number;
  idleMs: number;
}

/** Used if the catalogue has no limit for the model. */
const DEFAULT_MAX_TOKENS = 4_000;

/** One chat request on its way through the models, under one deadline. */
export class ModelCall {
  /** True: the caller has received text of the current response or of one that broke off. */
  textShown = false;
  private readonly startedAt = performance.now();
  private outage: BedrockError | undefined;

  constructor(
    private readonly request: Pick<ChatRequest, 'messages' | 'system' | 'maxTokens' | 'stream' | Tuning>,
    readonly attempts: CallAttempts,
    readonly limits: TimeLimits,
    readonly signal: AbortSignal,
  ) {
    attempts.needs = neededForms(request.messages);
  }

  get stream(): boolean {
    return this.request.stream;
  }

  get remainingMs(): number {
    return this.limits.deadlineMs - this.elapsedMs;
  }

  get elapsedMs(): number {
    return performance.now() - this.startedAt;
  }

  noteFailure(failure: BedrockError): void {
    if (POLICIES[failure.kind].answer === 'unavailable') this.outage ??= failure;
  }

  /**
   * Returns the failure that decides the status, given the last one. If a fallback refuses the input, an earlier outage
   * decides: the caller made no mistake that the first model would refuse.
   */
  decisiveFailure(last: BedrockError): BedrockError {
    const refusesInput = last.kind === 'invalid_request' || last.kind === 'input_too_long';
    return refusesInput ? (this.outage ?? last) : last;
  }

  /**
   * Builds the request for a model without the parameters of `leftOutFor`. A required guardrail is always in it: a model
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

  /** Returns the parameters that the model would refuse and the call can go without. */
  leftOutFor(model: Model, guardrail: Guardrail | null): (Tuning | 'guardrail')[] {
    const tuning = refusedTuning(this.request, model);
    const isOptional = guardrail !== null && !guardrail.required;
    return isOptional && !takes(model, 'guardrail') ? [...tuning, 'guardrail'] : tuning;
  }

  /**
   * Returns the limits of an attempt. A stream shows when a model hangs, a whole response does not. It therefore gets
   * half of the remaining time while a fallback is left.
   */
  limitsOf(hasMoreCandidates: boolean): StreamLimits {
    const { remainingMs, signal } = this;
    if (!this.stream) return { deadlineMs: hasMoreCandidates ? remainingMs / 2 : remainingMs, signal };
    const { firstTextMs, idleMs } = this.limits;
    return { deadlineMs: remainingMs, firstTextMs, idleMs, signal };
  }
}
