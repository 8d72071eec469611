import type { CallOutcome, Invocation } from './invocation.js';

/** A recorded call: what it was, what it cost and what was tried. It has no text. */
export interface ListedCall
  extends Pick<
    Invocation,
    | 'id'
    | 'requestId'
    | 'conversationId'
    | 'useCase'
    | 'userId'
    | 'actor'
    | 'onBehalfOf'
    | 'modelId'
    | 'outcome'
    | 'errorKind'
    | 'stopReason'
    | 'wire'
    | 'bodyFamily'
    | 'forms'
    | 'streamed'
    | 'latencyMs'
    | 'firstTextMs'
    | 'estimated'
    | 'costUsd'
    | 'attempts'
    | 'startedAt'
  > {
  inputTokens: number | null;
  outputTokens: number | null;
  cacheReadTokens: number | null;
  cacheWriteTokens: number | null;
  costUnknown: string | null;
}

export interface CallFilter {
  requestId?: string | undefined;
  conversationId?: string | undefined;
  userId?: string | undefined;
  /** Null: all. */
  useCases: readonly string[] | null;
  modelId?: string | undefined;
  outcome?: CallOutcome | undefined;
  from: Date;
  to: Date;
}

/** End of a page. */
export interface CallPosition {
  startedAt: Date;
  id: string;
}
