import type { Usage } from '#libs/platform/bedrock/converse-request.js';

export type CallOutcome = 'answered' | 'refused' | 'failed' | 'cancelled';

/** One model that was asked, or passed over, for a call. */
export interface CallAttempt {
  modelId: string;
  outcome: CallOutcome | 'skipped';
  errorKind: string | null;
  ms: number;
  /** Absent: Bedrock bills nothing of it. */
  billed?: Bill;
  /** Parameters that the call went without, because the model refuses them. */
  leftOut?: string[];
}

/** Tokens of one attempt, and what they cost. */
export interface Bill extends Usage {
  /** True: Bedrock did not say, and the tokens are our estimate. */
  estimated: boolean;
  /** USD as a decimal string, see `costOfCall`; null: not known. */
  costUsd: string | null;
  /** Which row of the price history `costUsd` comes from. */
  priceVersion: number | null;
}

/** One call of a chat: a row of `model_invocations`. It never holds any text of a prompt or an answer. */
export interface Invocation {
  /** A UUID; a call that is recorded again under it, with the same `startedAt`, is recorded once. */
  id: string;
  requestId: string;
  conversationId: string | null;
  useCase: string;
  /** Whose call it is. */
  userId: string;
  actor: string;
  onBehalfOf: string | null;
  /** Which answered; if none did, the last that was tried. */
  modelId: string;
  outcome: CallOutcome;
  errorKind: string | null;
  stopReason: string | null;
  /** Of the last attempt, as what follows; null: nobody knows. */
  usage: Usage | null;
  estimated: Bill['estimated'];
  costUsd: Bill['costUsd'];
  priceVersion: Bill['priceVersion'];
  /** In the order they were tried. */
  attempts: CallAttempt[];
  latencyMs: number;
  /** Null: no text came, or it was not streamed. */
  firstTextMs: number | null;
  streamed: boolean;
  startedAt: Date;
}
