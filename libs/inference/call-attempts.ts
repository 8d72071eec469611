import type { CoolDowns, Model } from '#libs/catalogue/catalogue.js';
import type { Standing } from '#libs/catalogue/model-role.js';
import { costOfCall } from '#libs/costs/call-cost.js';
import type { Bill, CallAttempt, CallOutcome } from '#libs/costs/invocation.js';
import type { Usage } from '#libs/platform/bedrock/converse-request.js';
import { tokensOf } from './token-estimate.js';

/** Reason for skipping a model that would refuse the form of the request. */
export const REFUSES_FORM = 'form_not_supported';
/** Reason for skipping a model that takes no guardrail, for a use case that requires one. */
export const TAKES_NO_GUARDRAIL = 'guardrail_not_supported';
/** Reason for skipping a model that writes far less than the request allows. */
export const OUTPUT_TOO_SMALL = 'output_too_small';

/** Why a model cannot take a request. */
export interface Lack {
  reason: string;
  /** Forms that it does not take, in words. */
  lacks: string[];
}

/** Parts of a request that a model does not get as the caller sent them. */
export interface Changes {
  /** Parameters and blocks that the call goes without. */
  leftOut: string[];
  /** Parameters with another value. */
  adapted: string[];
}

/** Running attempt on a model. */
export class Attempt {
  private readonly startedAt = performance.now();
  private ended = false;
  private characters = 0;
  private usage: Usage | null | undefined;

  /** @param asked estimated tokens of the prompt, and its changes */
  constructor(
    private readonly model: Model,
    private readonly asked: Changes & { inputTokens: number; serviceTier: string | undefined },
    private readonly log: CallAttempt[],
  ) {}

  /** Counts text that the model has written. */
  wrote(text: string): void {
    this.characters += text.length;
  }

  /** Sets Bedrock's usage at the end of a response, also of one that cannot be used; null: there was none. */
  counted(usage: Usage | null): void {
    this.usage = usage;
  }

  /**
   * Records how it ended; only the first end counts.
   * @param begun the model was at work, so that Bedrock bills what it has read and written
   */
  end(outcome: CallOutcome, errorKind: string | null, begun = false): void {
    if (this.ended) return;
    this.ended = true;
    const ms = Math.round(performance.now() - this.startedAt);
    const isBilled = begun || this.characters > 0 || this.usage !== undefined;
    this.log.push({
      modelId: this.model.id,
      outcome,
      errorKind,
      ms,
      ...(this.asked.leftOut.length > 0 && { leftOut: this.asked.leftOut }),
      ...(this.asked.adapted.length > 0 && { adapted: this.asked.adapted }),
      ...(isBilled && { billed: this.bill() }),
    });
  }

  /** Tier that the model was asked for: without an answer it is the only one known. */
  private get tier(): string | undefined {
    const { serviceTier, leftOut } = this.asked;
    const isLeftOut = leftOut.includes('serviceTier') || leftOut.includes('performanceConfig');
    return isLeftOut ? undefined : serviceTier;
  }

  private bill(): Bill {
    const { price, tokenFactor } = this.model;
    const usage = this.usage ?? {
      input: Math.ceil(this.asked.inputTokens * tokenFactor),
      output: Math.ceil(tokensOf(this.characters) * tokenFactor),
      cacheRead: 0,
      cacheWrite: 0,
      ...(this.tier !== undefined && { serviceTier: this.tier }),
    };
    return {
      ...usage,
      estimated: !this.usage,
      ...costOfCall(usage, price),
      priceVersion: price.version,
    };
  }
}

/** The way of one call through the candidates of its use case. */
export class CallAttempts {
  readonly all: CallAttempt[] = [];
  /** Model of the last attempt, successful or not; undefined: there was none. */
  lastAsked: Model | undefined;
  /** Control of the use case and role of that model, when it was selected; undefined: there was none. */
  lastStanding: Standing | undefined;
  /** Changes of the request for it. */
  lastChanges: Changes = { leftOut: [], adapted: [] };
  /** Returns why a model cannot take the request; undefined: it can. */
  lackOf: (model: Model) => Lack | undefined = () => undefined;
  /** True: no other model may answer than the first. */
  alone = false;
  /** Service tier that the request asks for; undefined: the default. */
  serviceTier: string | undefined;
  private readonly asked = new Set<string>();

  /**
   * @param first the effective model
   * @param coolDowns of the conversation
   * @param inputTokens estimated
   */
  constructor(
    readonly useCase: string,
    readonly first: Model,
    readonly coolDowns: CoolDowns,
    readonly inputTokens: number,
  ) {}

  wasAsked(modelId: string): boolean {
    return this.asked.has(modelId);
  }

  /** @param standing by the catalogue that selected it: a second attempt on it keeps that of the first */
  ask(model: Model, changes: Changes = { leftOut: [], adapted: [] }, standing?: Standing): Attempt {
    if (this.lastAsked?.id !== model.id) this.lastStanding = standing;
    this.asked.add(model.id);
    this.lastAsked = model;
    this.lastChanges = changes;
    const { inputTokens, serviceTier } = this;
    return new Attempt(model, { inputTokens, serviceTier, ...changes }, this.all);
  }

  /** Bill of the last attempt; undefined: Bedrock bills nothing of it. */
  get lastBill(): Bill | undefined {
    return this.all.findLast(({ outcome }) => outcome !== 'skipped')?.billed;
  }

  /** Records once why a model was skipped. */
  passOver(model: Model, errorKind: string, lacks?: string[]): void {
    const known = this.all.some(({ modelId, outcome }) => modelId === model.id && outcome === 'skipped');
    if (known) return;
    this.all.push({ modelId: model.id, outcome: 'skipped', errorKind, ms: 0, ...(lacks && { lacks }) });
  }

  /**
   * Returns why no model was called: the form of the request, or the required guardrail; undefined: neither, one was
   * called, or one can be called soon.
   */
  get blockedBy(): typeof REFUSES_FORM | typeof TAKES_NO_GUARDRAIL | undefined {
    if (this.asked.size > 0) return undefined;
    const kinds = new Set(this.all.map(({ errorKind }) => errorKind));
    if (kinds.has('breaker_open')) return undefined;
    if (this.all.some(({ lacks }) => lacks)) return REFUSES_FORM;
    return kinds.has(TAKES_NO_GUARDRAIL) ? TAKES_NO_GUARDRAIL : undefined;
  }

  /** Number of attempts that have ended. */
  get called(): number {
    return this.all.filter(({ outcome }) => outcome !== 'skipped').length;
  }

  /** Returns the number of attempts on a model. */
  timesAsked(modelId: string): number {
    return this.all.filter((attempt) => attempt.modelId === modelId && attempt.outcome !== 'skipped').length;
  }

  /** Counts other models that failed for this reason. */
  failedElsewhere(modelId: string, errorKind: string): number {
    return this.all.filter((attempt) => attempt.modelId !== modelId && attempt.errorKind === errorKind)
      .length;
  }
}
