import type { CallAttempt, CallOutcome, Wire } from './invocation.js';

/** A recorded call: what it was, what it cost and what was tried. It has no text. */
export interface ListedCall {
  id: string;
  requestId: string;
  conversationId: string | null;
  useCase: string;
  userId: string;
  actor: string;
  onBehalfOf: string | null;
  modelId: string;
  outcome: CallOutcome;
  errorKind: string | null;
  stopReason: string | null;
  wire: Wire;
  bodyFamily: string | null;
  forms: string[];
  streamed: boolean;
  latencyMs: number;
  firstTextMs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  cacheReadTokens: number | null;
  cacheWriteTokens: number | null;
  estimated: boolean;
  costUsd: string | null;
  costUnknown: string | null;
  attempts: CallAttempt[];
  startedAt: Date;
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
