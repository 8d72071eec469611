import type { CoolDowns, Model } from '#libs/catalogue/catalogue.js';
import { costOfCall } from '#libs/costs/call-cost.js';
import type { Bill, CallAttempt, CallOutcome } from '#libs/costs/invocation.js';
import type { Usage } from '#libs/platform/bedrock/converse-request.js';
import { tokensOf } from './token-estimate.js';

/** A model that is being asked. */
export class Attempt {
  private readonly startedAt = performance.now();
  private ended = false;
  private characters = 0;
  private usage: Usage | null | undefined;

  /** @param inputTokens of the prompt, estimated */
  constructor(
    private readonly model: Model,
    private readonly inputTokens: number,
    private readonly log: CallAttempt[],
  ) {}

  /** Counts text that the model has written. */
  wrote(text: string): void {
    this.characters += text.length;
  }

  /** Takes what Bedrock says at the end of an answer, also of one that cannot be used; null: it does not say. */
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
      ...{ modelId: this.model.id, outcome, errorKind, ms },
      ...(isBilled && { billed: this.bill() }),
    });
  }

  private bill(): Bill {
    const { price, tokenFactor } = this.model;
    const usage = this.usage ?? {
      input: Math.ceil(this.inputTokens * tokenFactor),
      output: Math.ceil(tokensOf(this.characters) * tokenFactor),
      cacheRead: 0,
      cacheWrite: 0,
    };
    return {
      ...usage,
      estimated: !this.usage,
      costUsd: costOfCall(usage, price),
      priceVersion: price.version,
    };
  }
}

/** The way of one call through the candidates of its use case. */
export class Route {
  readonly attempts: CallAttempt[] = [];
  /** The model of the last call, whatever became of it; undefined: none was asked. */
  lastAsked: Model | undefined;
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

  ask(model: Model): Attempt {
    this.asked.add(model.id);
    this.lastAsked = model;
    return new Attempt(model, this.inputTokens, this.attempts);
  }

  /** The bill of the model that was asked last; undefined: Bedrock bills nothing of it. */
  get lastBill(): Bill | undefined {
    return this.attempts.findLast(({ outcome }) => outcome !== 'skipped')?.billed;
  }

  /** Says once why a model was not asked. */
  passOver(model: Model, errorKind: string): void {
    const known = this.attempts.some(({ modelId, outcome }) => modelId === model.id && outcome === 'skipped');
    if (!known) this.attempts.push({ modelId: model.id, outcome: 'skipped', errorKind, ms: 0 });
  }

  /** How often a model was asked. */
  timesAsked(modelId: string): number {
    return this.attempts.filter((attempt) => attempt.modelId === modelId && attempt.outcome !== 'skipped')
      .length;
  }

  /** How many other models failed for this reason. */
  failedElsewhere(modelId: string, errorKind: string): number {
    return this.attempts.filter((attempt) => attempt.modelId !== modelId && attempt.errorKind === errorKind)
      .length;
  }
}
