import type { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import type { StreamLimits } from '#libs/platform/bedrock/call-deadline.js';
import { POLICIES } from '#libs/platform/bedrock/failure-policy.js';
import type { CallAttempts } from './call-attempts.js';
import type { CallForm } from './call-form.js';

/** Time limits of a call in milliseconds. */
export interface TimeLimits {
  deadlineMs: number;
  firstTextMs: number;
  idleMs: number;
}

/** One request on its way through the models, under one deadline. */
export class ModelCall {
  /** True: the caller has received content of the current response or of one that broke off. */
  textShown = false;
  private readonly startedAt = performance.now();
  private outage: BedrockError | undefined;

  constructor(
    readonly form: CallForm,
    readonly attempts: CallAttempts,
    readonly limits: TimeLimits,
    readonly signal: AbortSignal,
  ) {
    attempts.lackOf = (model) => form.lackOf(model);
  }

  get stream(): boolean {
    return this.form.stream;
  }

  /** Returns whether the caller has content that no other model may follow. */
  get isCommitted(): boolean {
    return this.textShown && !this.form.mayRestart;
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
   * Returns the limits of an attempt. A stream shows when a model hangs, a whole response does not. It therefore gets
   * half of the remaining time while a fallback is left. A form that may not restart gains nothing from an end before
   * its deadline, unless another model can still take over.
   */
  limitsOf(hasMoreCandidates: boolean): StreamLimits {
    const { remainingMs, signal } = this;
    if (!this.stream) return { deadlineMs: hasMoreCandidates ? remainingMs / 2 : remainingMs, signal };
    const { firstTextMs, idleMs } = this.limits;
    if (this.form.mayRestart) return { deadlineMs: remainingMs, firstTextMs, idleMs, signal };
    return { deadlineMs: remainingMs, ...(hasMoreCandidates && { firstTextMs }), signal };
  }
}
