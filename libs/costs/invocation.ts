import type { Standing } from '#libs/catalogue/model-role.js';
import type { Usage } from '#libs/platform/bedrock/converse-request.js';
import type { CallCost } from './call-cost.js';

/**
 * `refused`: by the model or its content filter. `guardrail_intervened`: a guardrail stopped the prompt or changed the
 * response. In both cases the caller has the response, and no other model was called.
 */
export type CallOutcome = 'answered' | 'refused' | 'guardrail_intervened' | 'failed' | 'cancelled';

/** Way on which a call comes: the API of this service, or that of a provider. */
export type Wire = 'chat' | 'bedrock' | 'anthropic' | 'openai';

/** Model that was called, or skipped, for a call. */
export interface CallAttempt {
  modelId: string;
  outcome: CallOutcome | 'skipped';
  errorKind: string | null;
  ms: number;
  /** Absent: Bedrock bills nothing of it. */
  billed?: Bill;
  /** Parameters that the call went without, because the model refuses them. */
  leftOut?: string[];
  /** Parameters that the call had with another value than the caller's. */
  adapted?: string[];
  /** Forms of the request that a skipped model does not take. */
  lacks?: string[];
}

/** Tokens of one attempt, and what they cost. */
export interface Bill extends Usage, CallCost {
  /** True: Bedrock sent no usage, and the tokens are our estimate. */
  estimated: boolean;
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
  /** Owner of the call. */
  userId: string;
  actor: string;
  onBehalfOf: string | null;
  /** Owner of the service key that called; null: a user with its own token. */
  keyOwner: string | null;
  /** Model that answered; if none did, the last one that was called. */
  modelId: string;
  /** Control of the use case, by the catalogue that selected the model; null: no model was called. */
  control: Standing['control'] | null;
  /** Role of the model in the use case, by the same catalogue. */
  modelRole: Standing['role'] | null;
  outcome: CallOutcome;
  errorKind: string | null;
  stopReason: string | null;
  /** Usage of the last attempt, as are the fields below; null: unknown. */
  usage: Usage | null;
  estimated: Bill['estimated'];
  costUsd: Bill['costUsd'];
  costUnknown?: Bill['costUnknown'];
  priceVersion: Bill['priceVersion'];
  /** In the order of the calls. */
  attempts: CallAttempt[];
  latencyMs: number;
  /** Null: no text came, or it was not streamed. */
  firstTextMs: number | null;
  streamed: boolean;
  /** Way on which the call came. */
  wire: Wire;
  /** Form of the body, such as `converse` or `claude`; null: a chat. */
  bodyFamily: string | null;
  /** Names of the capabilities that the request has, with those that a call can go without. */
  forms: string[];
  /** False: it named a model, or its conversation had a pin by hand, so that a switch of its use case changes nothing. */
  follows: boolean;
  startedAt: Date;
}

/** Returns the call as an erasure of its person leaves it: see `migrations/data-rules.ts`. */
export const withPseudonym = (call: Invocation, pseudonym: string): Invocation => ({
  ...call,
  userId: pseudonym,
  actor: call.actor.startsWith('user:') ? `user:${pseudonym}` : call.actor,
  onBehalfOf: call.onBehalfOf === null ? null : pseudonym,
  requestId: 'erased',
});
