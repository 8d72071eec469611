import type { Model } from '#libs/catalogue/catalogue.js';
import type { StreamLimits } from '#libs/platform/bedrock/call-guard.js';
import type { ConverseRequest } from '#libs/platform/bedrock/converse-request.js';
import type { ChatRequest } from './chat.js';
import type { Route } from './route.js';

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

  constructor(
    private readonly question: Pick<ChatRequest, 'turns' | 'system' | 'maxTokens' | 'temperature' | 'stream'>,
    readonly route: Route,
    readonly limits: TimeLimits,
    readonly signal: AbortSignal,
  ) {}

  get stream(): boolean {
    return this.question.stream;
  }

  get remainingMs(): number {
    return this.limits.deadlineMs - this.elapsedMs;
  }

  get elapsedMs(): number {
    return performance.now() - this.startedAt;
  }

  requestFor(model: Model): ConverseRequest {
    const { turns, system, maxTokens = Number.POSITIVE_INFINITY, temperature } = this.question;
    const limit = Math.min(maxTokens, model.maxTokens ?? DEFAULT_MAX_TOKENS);
    return { modelId: model.id, turns, system, maxTokens: limit, temperature };
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
