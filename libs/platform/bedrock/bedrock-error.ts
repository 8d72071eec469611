/** Limit that stopped a call, `caller` if its caller disconnected. */
export type StoppedBy = 'caller' | 'deadline' | 'first_text' | 'idle';

/** Kind of a failure of Bedrock; `failure-policy.ts` defines the reaction to each kind. */
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
  /** A content filter stopped the response. */
  | 'refused'
  /** Ended, unknown here, or not invokable by this id. */
  | 'model_gone'
  /** An action in the account is missing: a form, a subscription, access to a legacy model. */
  | 'access_pending'
  /** A policy forbids it, ours or the organisation's. */
  | 'access_denied'
  /** Missing, invalid or expired: no model will work. */
  | 'bad_credentials'
  /** The guardrail of the use case does not exist, may not be applied, or is not taken by the model. */
  | 'guardrail_unavailable'
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

export interface FailedCall {
  modelId: string | null;
  /** Our own limit that ended the call, if any. */
  stoppedBy: StoppedBy | undefined;
  /** True after the first event of the stream. */
  inStream: boolean;
  textShown: boolean;
  /** True: the model was running. */
  begun: boolean;
}

type Rule = BedrockErrorKind | ((message: string) => BedrockErrorKind);
type Pattern = [RegExp, BedrockErrorKind];

const byMessage =
  (patterns: Pattern[], otherwise: BedrockErrorKind) =>
  (message: string): BedrockErrorKind =>
    patterns.find(([pattern]) => pattern.test(message))?.[1] ?? otherwise;

const validation = byMessage(
  [
    [/guardrail/i, 'guardrail_unavailable'],
    [/on-demand throughput|model identifier is invalid|operation not allowed|end of its life/i, 'model_gone'],
    [/(input|prompt) is too long|too many input tokens|context (window|length)/i, 'input_too_long'],
  ],
  'invalid_request',
);
const notFound = byMessage(
  [
    [/guardrail/i, 'guardrail_unavailable'],
    [/legacy|use case details/i, 'access_pending'],
  ],
  'model_gone',
);
const denied = byMessage(
  [
    [/guardrail/i, 'guardrail_unavailable'],
    [/marketplace|use case details/i, 'access_pending'],
    // A cache point for a model without a cache: the request is wrong, and no right is missing.
    [/prompt caching/i, 'invalid_request'],
    [/security token|api key|token has expired/i, 'bad_credentials'],
  ],
  'access_denied',
);

/** Rules by the lower-case name without its ending: within a stream AWS writes `throttlingException`. */
const NAMES: Record<string, Rule> = {
  throttling: 'throttled',
  toomanyrequests: 'throttled',
  servicequotaexceeded: 'throttled',
  serviceunavailable: 'unavailable',
  internalserver: 'unavailable',
  internalfailure: 'unavailable',
  modelnotready: 'not_ready',
  modeltimeout: 'not_ready',
  model: 'not_ready',
  modelstream: 'stream_broken',
  validation: validation,
  resourcenotfound: notFound,
  accessdenied: denied,
  unrecognizedclient: 'bad_credentials',
  invalidclienttokenid: 'bad_credentials',
  expiredtoken: 'bad_credentials',
  invalidsignature: 'bad_credentials',
  signaturedoesnotmatch: 'bad_credentials',
  incompletesignature: 'bad_credentials',
  missingauthenticationtoken: 'bad_credentials',
  credentialsprovider: 'bad_credentials',
  tokenprovider: 'bad_credentials',
};

const STATUSES: Record<number, Rule> = {
  401: 'bad_credentials',
  403: denied,
  404: notFound,
  408: 'not_ready',
  424: 'not_ready',
  429: 'throttled',
};

/** Converts any error of the SDK to a BedrockError. */
export function classifyError(error: unknown, call: FailedCall): BedrockError {
  if (error instanceof BedrockError) return error;
  const signal = signalOf(error);
  const kind =
    kindOfOwnStop(call) ?? kindOfName(signal) ?? kindOfConnection(signal, call) ?? kindOfStatus(signal, call);
  const { modelId, textShown, begun } = call;
  return new BedrockError(
    `${signal.name}: ${signal.message}`,
    {
      kind,
      awsName: signal.name,
      modelId,
      textShown,
      begun,
      ...(signal.status === undefined ? {} : { status: signal.status }),
      ...(signal.retryAfterMs === undefined ? {} : { retryAfterMs: signal.retryAfterMs }),
      ...(kind === 'access_denied' ? blockedRegion(signal.message) : {}),
    },
    { cause: error },
  );
}

const apply = (rule: Rule, message: string): BedrockErrorKind =>
  typeof rule === 'function' ? rule(message) : rule;

function kindOfOwnStop({ stoppedBy, textShown }: FailedCall): BedrockErrorKind | undefined {
  if (stoppedBy === undefined) return undefined;
  if (stoppedBy === 'caller') return 'cancelled';
  return stoppedBy === 'idle' && textShown ? 'stream_broken' : 'not_ready';
}

function kindOfName({ name, message }: Signal): BedrockErrorKind | undefined {
  const rule = NAMES[name.toLowerCase().replace(/(exception|error)+$/, '')];
  return rule && apply(rule, message);
}

/** Classifies a failed connection. A handler of the SDK names all of them TimeoutError: only code and text differ. */
function kindOfConnection(signal: Signal, { inStream }: FailedCall): BedrockErrorKind | undefined {
  if (signal.name === 'AbortError') return 'cancelled';
  if (signal.status !== undefined) return undefined;
  if (inStream) return 'stream_broken';
  return /requestTimeout|socket timed out|(Headers|Body) Timeout/.test(signal.message)
    ? 'not_ready'
    : 'unavailable';
}

function kindOfStatus({ status = 500, message }: Signal, { inStream }: FailedCall): BedrockErrorKind {
  const rule = STATUSES[status];
  if (rule) return apply(rule, message);
  if (status >= 500) return inStream ? 'stream_broken' : 'unavailable';
  return validation(message);
}

/** `... on resource: arn:aws:bedrock:eu-west-3::foundation-model/...`: a profile fails as a whole where one region is forbidden. */
function blockedRegion(message: string): { blockedRegion?: string } {
  const region = /arn:aws[\w-]*:bedrock:([a-z0-9-]+)::foundation-model\//.exec(message)?.[1];
  return region === undefined ? {} : { blockedRegion: region };
}

/** Facts that an error of the SDK carries, from any stage of a call. */
interface Signal {
  name: string;
  message: string;
  status?: number;
  retryAfterMs?: number;
}

interface SdkError {
  name?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { statusCode?: number; headers?: Record<string, string | undefined> };
}

function signalOf(error: unknown): Signal {
  if (typeof error !== 'object' || error === null) return { name: 'Unknown', message: String(error) };
  const { name = 'Error', message = '', $metadata, $response } = error as SdkError;
  return {
    name,
    message: plainText(message),
    status: failureStatus($metadata?.httpStatusCode ?? $response?.statusCode),
    retryAfterMs: millisecondsOf($response?.headers?.['retry-after']),
  };
}

/** A stream that breaks began with 200, which is not the status of the failure. */
const failureStatus = (status: number | undefined): number | undefined =>
  status !== undefined && status >= 300 ? status : undefined;

/** Extracts the message of an exception that the SDK does not know and therefore leaves as JSON. */
function plainText(message: string): string {
  if (!message.startsWith('{')) return message;
  try {
    const body: { message?: unknown; Message?: unknown } = JSON.parse(message);
    return String(body.message ?? body.Message ?? message);
  } catch {
    return message;
  }
}

/** Parses Retry-After, a number of seconds or a date. */
function millisecondsOf(retryAfter: string | undefined): number | undefined {
  if (!retryAfter) return undefined;
  const seconds = Number(retryAfter);
  const ms = Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** Error pages of proxies may be long. */
const MAX_CHARACTERS = 10_000;

interface Refusal {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** Returns AWS's refusal as the error that the SDK would throw. */
export function refusalOf({ statusCode, headers, body }: Refusal): Error {
  const message = body.slice(0, MAX_CHARACTERS);
  const error = awsError(headers['x-amzn-errortype'] ?? codeIn(message), message);
  return Object.assign(error, {
    $metadata: { httpStatusCode: statusCode },
    $response: { statusCode, headers },
  });
}

/** @param type e.g. `ThrottlingException:http://…`, `com.amazon#ThrottlingException`; within a stream `throttlingException` */
export function awsError(type: string, message: string): Error {
  const name = type.replace(/[,:].*$/, '').replace(/^.*#/, '');
  return Object.assign(new Error(message), { name: name.charAt(0).toUpperCase() + name.slice(1) });
}

function codeIn(body: string): string {
  try {
    const { code, __type } = JSON.parse(body) as { code?: unknown; __type?: unknown };
    return String(code ?? __type ?? 'Unknown');
  } catch {
    return 'Unknown';
  }
}
