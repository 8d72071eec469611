import type { CoolDowns, Model } from '#libs/catalogue/catalogue.js';
import type { CallAttempt, CallOutcome } from '#libs/costs/invocation.js';

/** A model that is being asked. */
class Attempt {
  private readonly startedAt = performance.now();
  private ended = false;

  constructor(
    private readonly modelId: string,
    private readonly log: CallAttempt[],
  ) {}

  /** Only the first end counts. */
  end(outcome: CallOutcome, errorKind: string | null): void {
    if (this.ended) return;
    this.ended = true;
    const ms = Math.round(performance.now() - this.startedAt);
    this.log.push({ modelId: this.modelId, outcome, errorKind, ms });
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
    return new Attempt(model.id, this.attempts);
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
