import type { Model } from '#libs/catalogue/catalogue.js';
import type { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import { POLICIES } from '#libs/platform/bedrock/bedrock-policy.js';
import type { StreamLimits } from '#libs/platform/bedrock/call-deadline.js';
import type { ConverseRequest } from '#libs/platform/bedrock/converse-request.js';
import type { CallAttempts } from './call-attempts.js';
import type { ChatRequest } from './chat.js';
import { neededForms, refusedTuning, type Tuning } from './request-form.js';

/** How long a call may take; milliseconds. */
export interface TimeLimits {
  deadlineMs: number;
  firstTextMs: number;
  idleMs: number;
}

/** For a model that the catalogue knows no limit of. */
const DEFAULT_MAX_TOKENS = 4_000;

/** One question on its way through the models, under one deadline. */
export class ModelCall {
  /** True: the caller has seen text of an answer that broke off, or of one that goes on. */
  textShown = false;
  private readonly startedAt = performance.now();
  private outage: BedrockError | undefined;

  constructor(
    private readonly question: Pick<ChatRequest, 'messages' | 'system' | 'maxTokens' | 'stream' | Tuning>,
    readonly attempts: CallAttempts,
    readonly limits: TimeLimits,
    readonly signal: AbortSignal,
  ) {
    attempts.needs = neededForms(question.messages);
  }

  get stream(): boolean {
    return this.question.stream;
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
   * Returns the failure that decides the status, given the last one. A fallback that refuses the input does not make a
   * mistake of the caller out of the outage of a model that would have taken it.
   */
  decisiveFailure(last: BedrockError): BedrockError {
    const refusesInput = last.kind === 'invalid_request' || last.kind === 'input_too_long';
    return refusesInput ? (this.outage ?? last) : last;
  }

  /** Without `leftOutFor` this model. */
  requestFor(model: Model): ConverseRequest {
    const { messages, system, maxTokens = Number.POSITIVE_INFINITY, temperature, topP } = this.question;
    const limit = Math.min(maxTokens, model.maxTokens ?? DEFAULT_MAX_TOKENS);
    const request: ConverseRequest = {
      modelId: model.id,
      messages,
      system,
      maxTokens: limit,
      temperature,
      topP,
    };
    for (const parameter of this.leftOutFor(model)) delete request[parameter];
    return request;
  }

  /** Parameters that the model would refuse. */
  leftOutFor(model: Model): Tuning[] {
    return refusedTuning(this.question, model);
  }

  /**
   * A stream shows when a model hangs. A whole answer does not: it gets half of what is left as long as somebody could
   * take over.
   */
  limitsOf(somebodyIsLeft: boolean): StreamLimits {
    const { remainingMs, signal } = this;
    if (!this.stream) return { deadlineMs: somebodyIsLeft ? remainingMs / 2 : remainingMs, signal };
    const { firstTextMs, idleMs } = this.limits;
    return { deadlineMs: remainingMs, firstTextMs, idleMs, signal };
  }
}
