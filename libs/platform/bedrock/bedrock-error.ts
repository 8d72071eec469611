/** What a failure of Bedrock means for us; `bedrock-policy.ts` says what to do with each kind. */
export type BedrockErrorKind =
  /** Too many requests, for this model or this account. */
  | 'throttled'
  /** Bedrock or the way to it is down: 503, 500, a reset, no connection. */
  | 'unavailable'
  /** The model does not answer in time: loading, timed out, failed on this request, our own deadline. */
  | 'not_ready'
  /** A stream that died, stalled, or ended without saying that it is complete. */
  | 'stream_broken'
  /** An answer that came to its end and cannot be used: empty, or not of the form that it should have. */
  | 'unusable_answer'
  | 'input_too_long'
  | 'invalid_request'
  /** A guardrail or a content filter has stopped the answer. */
  | 'refused'
  /** Ended, unknown here, or not invokable by this id. */
  | 'model_gone'
  /** Somebody must first do something in the account: a form, a subscription, using a legacy model. */
  | 'access_pending'
  /** A policy forbids it, ours or the organisation's. */
  | 'access_denied'
  /** Missing, bad or expired: no model will work. */
  | 'bad_credentials'
  /** The caller went away. */
  | 'cancelled';

export interface BedrockErrorDetails {
  kind: BedrockErrorKind;
  /** As AWS or the SDK calls it, e.g. `ThrottlingException`; for our own findings a name of ours. */
  awsName: string;
  /** HTTP status; none for an exception within a stream and for a connection that failed. */
  status?: number;
  retryAfterMs?: number;
  /** Null for calls that are about no single model. */
  modelId: string | null;
  /** The destination region that a policy forbids, when the message names one. */
  blockedRegion?: string;
  /** True: the caller has had text of this answer already, so that a retry must tell it to drop that. */
  textShown: boolean;
  /** True: the model was at work when the call ended, so that Bedrock bills what it has read and written. */
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
