/** Kind of a failure of Bedrock; `bedrock-policy.ts` defines the reaction to each kind. */
export type BedrockErrorKind =
  /** Too many requests, for this model or this account. */
  | 'throttled'
  /** Bedrock or the network is down: 503, 500, a reset, no connection. */
  | 'unavailable'
  /** The model does not answer in time: loading, timed out, failed on this request, our own deadline. */
  | 'not_ready'
  /** A stream that broke, stalled, or ended without its completion event. */
  | 'stream_broken'
  /** A complete response that cannot be used: empty, or in the wrong form. */
  | 'unusable_answer'
  | 'input_too_long'
  | 'invalid_request'
  /** A guardrail or a content filter stopped the response. */
  | 'refused'
  /** Ended, unknown here, or not invokable by this id. */
  | 'model_gone'
  /** An action in the account is missing: a form, a subscription, access to a legacy model. */
  | 'access_pending'
  /** A policy forbids it, ours or the organisation's. */
  | 'access_denied'
  /** Missing, invalid or expired: no model will work. */
  | 'bad_credentials'
  /** The caller disconnected. */
  | 'cancelled';

export interface BedrockErrorDetails {
  kind: BedrockErrorKind;
  /** Name by AWS or the SDK, e.g. `ThrottlingException`; for our own findings our name. */
  awsName: string;
  /** HTTP status; none for an exception within a stream and for a connection that failed. */
  status?: number;
  retryAfterMs?: number;
  /** Null for calls that concern no single model. */
  modelId: string | null;
  /** The destination region that a policy forbids, when the message names one. */
  blockedRegion?: string;
  /** True: the caller has received text of this response, and must drop it on a retry. */
  textShown: boolean;
  /** True: the model was running when the call ended, so that Bedrock bills its tokens. */
  begun?: boolean;
}

/**
 * A failed call, classified once. Its message comes from AWS and may name accounts and roles: for logs, not for
 * callers.
 */
export class BedrockError extends Error implements BedrockErrorDetails {
  override readonly name = 'BedrockError';
  declare readonly kind: BedrockErrorKind;
  declare readonly awsName: string;
  declare readonly status?: number;
  declare readonly retryAfterMs?: number;
  declare readonly modelId: string | null;
  declare readonly blockedRegion?: string;
  declare readonly textShown: boolean;
  declare readonly begun?: boolean;

  constructor(message: string, details: BedrockErrorDetails, options?: ErrorOptions) {
    super(message, options);
    Object.assign(this, details);
  }
}
