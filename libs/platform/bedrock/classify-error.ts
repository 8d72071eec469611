import { BedrockError, type BedrockErrorKind } from './bedrock-error.js';
import type { StoppedBy } from './call-deadline.js';
import { describe, type Signal } from './error-signal.js';

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
    [/on-demand throughput|model identifier is invalid|operation not allowed|end of its life/i, 'model_gone'],
    [/(input|prompt) is too long|too many input tokens|context (window|length)/i, 'input_too_long'],
  ],
  'invalid_request',
);
const notFound = byMessage([[/legacy|use case details/i, 'access_pending']], 'model_gone');
const denied = byMessage(
  [
    [/marketplace|use case details/i, 'access_pending'],
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
  const signal = describe(error);
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

/**
 * Classifies a failed connection. The SDK names all of them TimeoutError, a reset included: only code and text differ.
 */
function kindOfConnection(signal: Signal, { inStream }: FailedCall): BedrockErrorKind | undefined {
  if (signal.name === 'AbortError') return 'cancelled';
  if (signal.status !== undefined) return undefined;
  if (inStream) return 'stream_broken';
  return /requestTimeout|socket timed out/.test(signal.message) ? 'not_ready' : 'unavailable';
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
