import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { takes } from '#libs/catalogue/capabilities.js';
import type { Guardrail, Model } from '#libs/catalogue/catalogue.js';
import { LearnedRefusals } from '#libs/catalogue/learned-refusals.service.js';
import { BedrockError, type BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import { refusalOfStop } from '#libs/platform/bedrock/failure-policy.js';
import { type Attempt, type CallAttempts, REFUSES_FORM, TAKES_NO_GUARDRAIL } from './call-attempts.js';
import type { AnswerEnd, Content } from './call-form.js';
import { FallbackCandidates } from './fallback-candidates.service.js';
import { CapabilityNotAvailableError, NoModelReadyError, UnansweredError } from './inference.errors.js';
import type { ModelCall } from './model-call.js';
import { refusedFormIn } from './refused-form.js';
import { decideRetry, type FailureContext } from './retry-decision.js';

/**
 * Part of the response: the model that begins, its content, or the end. After a break another model starts from the
 * beginning.
 */
export type AnswerPart =
  | {
      type: 'begin';
      model: Model;
      /** Failure that invalidates the content before; null: there was none. */
      after: BedrockErrorKind | null;
    }
  | (Content & { type: 'text' })
  | (AnswerEnd & { type: 'end'; model: Model });

/** Receives a part synchronously. @returns a promise that resolves when there is room for more, if there is none */
export type OnPart = (part: AnswerPart) => Promise<void> | undefined;

/** Model of the next attempt, and the failure that invalidates the text before it. */
interface Turn {
  model: Model;
  after: BedrockErrorKind | null;
}

/** Range of the pause before a second attempt: random, so that clients that failed together do not retry together. */
const BACKOFF_MS = { least: 50, most: 250 };

/** Calls one model after the other until one answers, by the rules of `POLICIES`, within one deadline. */
@Injectable()
export class FallbackEngine {
  constructor(
    private readonly candidates: FallbackCandidates,
    private readonly breakers: BreakersService,
    private readonly refusals: LearnedRefusals,
  ) {}

  /** @throws UnansweredError, NoModelReadyError; both carry every attempt */
  async answer(call: ModelCall, onPart: OnPart): Promise<void> {
    let model = this.candidates.next(call.attempts);
    let after: BedrockErrorKind | null = null;
    while (model) {
      const failure: BedrockError | undefined = await this.attempt({ model, after }, call, onPart);
      if (!failure) return;
      if (call.isCommitted) throw new UnansweredError(failure, call.attempts.all);
      call.noteFailure(failure);
      if (call.textShown) after = failure.kind;
      model = await this.afterFailure(failure, model, call);
    }
    const { blockedBy, all } = call.attempts;
    if (blockedBy === REFUSES_FORM)
      throw new CapabilityNotAvailableError(blocked(call.attempts, blockedBy), all);
    if (blockedBy) throw new UnansweredError(blocked(call.attempts, blockedBy), all);
    throw new NoModelReadyError(call.attempts.all, this.secondsUntilReady(call.attempts));
  }

  /** Returns when the first breaker may close; without an open one, the shortest wait. */
  private secondsUntilReady({ all }: CallAttempts): number {
    const open = all.filter(({ errorKind }) => errorKind === 'breaker_open');
    const waiting = open.length > 0 ? open : all;
    return Math.min(...waiting.map(({ modelId }) => this.breakers.secondsUntilProbe(modelId)));
  }

  /** @returns the failure; undefined: the model answered */
  private async attempt(turn: Turn, call: ModelCall, onPart: OnPart): Promise<BedrockError | undefined> {
    const { model } = turn;
    const guardrail = this.candidates.guardrailOf(call.attempts);
    const standing = this.candidates.standingOf(model, call.attempts);
    const attempt = call.attempts.ask(model, call.form.changesFor({ model, guardrail }), standing);
    try {
      const end = await this.callModel(turn, { call, attempt, guardrail }, onPart);
      const refusal = refusalOfStop(end.stopReason);
      // A guardrail may stop a prompt before the model reads it: that is no sign of its health.
      if (refusal !== 'guardrail_intervened') this.breakers.succeeded(model.id);
      attempt.end(refusal ?? 'answered', refusal);
      await onPart({ type: 'end', ...end, model });
      return undefined;
    } catch (error) {
      if (!(error instanceof BedrockError)) throw error;
      attempt.end(error.kind === 'cancelled' ? 'cancelled' : 'failed', error.kind, error.begun);
      this.breakers.failed(model.id, error.kind);
      return error;
    } finally {
      attempt.end('cancelled', 'cancelled');
    }
  }

  /** Passes on the content of the model. @returns its end. @throws BedrockError */
  private async callModel(
    { model, after }: Turn,
    { call, attempt, guardrail }: { call: ModelCall; attempt: Attempt; guardrail: Guardrail | null },
    onPart: OnPart,
  ): Promise<AnswerEnd> {
    const limits = call.limitsOf(this.candidates.hasMore(call.attempts));
    let begun = false;
    const begin = () => {
      if (!begun) void onPart({ type: 'begin', model, after });
      begun = true;
    };
    const end = await call.form.call({ model, guardrail }, limits, (content) => {
      begin();
      attempt.wrote(content.text);
      call.textShown = call.stream;
      return onPart({ type: 'text', ...content });
    });
    attempt.counted(end.usage);
    const failure = call.form.failureOf(end, begun);
    if (failure !== null) throw failedAnswer(failure, { model, end, textShown: begun });
    begin();
    return end;
  }

  /** @returns the model of the next attempt. @throws UnansweredError when there is none */
  private async afterFailure(failure: BedrockError, model: Model, call: ModelCall): Promise<Model> {
    const next =
      this.afterCorrection(failure, model, call) ?? (await this.afterDecision(failure, model, call));
    if (!next) throw new UnansweredError(call.decisiveFailure(failure), call.attempts.all);
    return next;
  }

  private async afterDecision(
    failure: BedrockError,
    model: Model,
    call: ModelCall,
  ): Promise<Model | undefined> {
    const decision = decideRetry(failure, this.contextOf(failure, model, call));
    if (decision.do === 'retry') {
      await delay(decision.afterMs, undefined, { signal: call.signal }).catch(() => undefined);
      return call.signal.aborted ? undefined : model;
    }
    if (decision.do === 'give_up' || call.remainingMs <= 0) return undefined;
    return this.candidates.next(call.attempts, decision.toLargerWindow ? (model.contextWindow ?? 0) : 0);
  }

  /** @returns the model of the next attempt after a refusal of a form, adapted or another; undefined: nothing was learned */
  private afterCorrection(failure: BedrockError, model: Model, call: ModelCall): Model | undefined {
    const corrected = this.correctedBy(failure, model, call);
    if (!corrected || call.remainingMs <= 0) return undefined;
    return call.form.lackOf(corrected) ? this.candidates.next(call.attempts) : corrected;
  }

  /**
   * Corrects what is known of a model that has refused a form of the request.
   * @returns the model as it is known now; undefined: this would change nothing for the request
   */
  private correctedBy(failure: BedrockError, model: Model, { form, attempts }: ModelCall): Model | undefined {
    const refused = failure.kind === 'invalid_request' ? refusedFormIn(failure.message) : undefined;
    if (!refused || !takes(model, refused.form)) return undefined;
    const corrected = { ...model, refusedForms: [...model.refusedForms, refused.form] };
    const guardrail = this.candidates.guardrailOf(attempts);
    const isSame =
      form.lackOf(corrected) === undefined &&
      isDeepStrictEqual(
        form.changesFor({ model, guardrail }),
        form.changesFor({ model: corrected, guardrail }),
      );
    if (isSame) return undefined;
    if (refused.isGeneral) this.refusals.learn(model.id, refused.form);
    return corrected;
  }

  private contextOf(
    failure: BedrockError,
    model: Model,
    { attempts, remainingMs, limits }: ModelCall,
  ): FailureContext {
    const { least, most } = BACKOFF_MS;
    return {
      retried: attempts.timesAsked(model.id) > 1,
      breakerOpen: this.breakers.isOpen(model.id),
      deniedBefore: attempts.failedElsewhere(model.id, failure.kind),
      isFallback: model.id !== attempts.first.id,
      hasMore: this.candidates.hasMore(attempts),
      remainingMs,
      leastMs: limits.firstTextMs,
      backoffMs: least + Math.random() * (most - least),
    };
  }
}

/** Failures without any attempt, by the reason for which every model was passed over. */
const BLOCKED = {
  [REFUSES_FORM]: {
    kind: 'invalid_request',
    awsName: 'FormNotSupported',
    message: 'Every model that could answer refuses the form of the request.',
  },
  [TAKES_NO_GUARDRAIL]: {
    kind: 'guardrail_unavailable',
    awsName: 'GuardrailNotSupported',
    message: 'No candidate takes the guardrail that the use case requires.',
  },
} as const;

const blocked = ({ first }: CallAttempts, by: keyof typeof BLOCKED): BedrockError => {
  const { message, ...failure } = BLOCKED[by];
  return new BedrockError(message, { ...failure, modelId: first.id, textShown: false });
};

/** Failure of a response with HTTP 200: it has no text, or its stop reason is a failure. */
const failedAnswer = (
  kind: BedrockErrorKind,
  { model, end, textShown }: { model: Model; end: AnswerEnd; textShown: boolean },
): BedrockError =>
  new BedrockError('The model ended its answer without one that can be used.', {
    kind,
    awsName: end.stopReason,
    modelId: model.id,
    textShown,
  });
