import type { CallAttempt, CallOutcome } from '#libs/costs/invocation.js';
import type { BedrockError, BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import { POLICIES } from '#libs/platform/bedrock/failure-policy.js';
import { AppError, type ErrorKind } from '#libs/platform/errors/app-error.js';
import { UnavailableError } from '#libs/platform/errors/errors.js';

interface ClientMessage {
  code: string;
  /** Our own text: that of AWS may quote the request, and name accounts and roles. */
  detail: string;
  /** Seconds. */
  retryAfter?: number;
}

const BUSY: ClientMessage = {
  code: 'model_unavailable',
  detail: 'No model could answer right now: try again shortly',
  retryAfter: 5,
};
const FOR_OPERATORS: ClientMessage = {
  code: 'model_unavailable',
  detail: 'No model could answer right now, and an operator must act: see the log of the service',
  retryAfter: 60,
};

const CLIENT_MESSAGES: Record<BedrockErrorKind, ClientMessage> = {
  throttled: BUSY,
  unavailable: BUSY,
  not_ready: BUSY,
  stream_broken: BUSY,
  unusable_answer: BUSY,
  model_gone: FOR_OPERATORS,
  access_pending: FOR_OPERATORS,
  access_denied: FOR_OPERATORS,
  bad_credentials: FOR_OPERATORS,
  guardrail_unavailable: FOR_OPERATORS,
  input_too_long: {
    code: 'input_too_long',
    detail: 'The conversation is too long for every model of its use case: shorten it',
  },
  invalid_request: {
    code: 'request_not_accepted',
    detail: 'The model does not accept a request of this form: check messages, system, temperature and topP',
  },
  refused: { code: 'refused', detail: 'The model refused to answer: change the messages' },
  cancelled: { code: 'cancelled', detail: 'The client closed the connection before the answer was complete' },
};

/** Thrown when the last model failed, too. */
export class UnansweredError extends AppError {
  readonly kind: ErrorKind;
  readonly code: string;
  /** Kind of the last failure. */
  readonly failure: BedrockErrorKind;
  override readonly retryAfter: number | undefined = undefined;
  override readonly extensions: { attempts: CallAttempt[] };
  constructor(cause: BedrockError, attempts: CallAttempt[]) {
    const { code, detail, retryAfter } = CLIENT_MESSAGES[cause.kind];
    super(detail, { cause });
    this.kind = POLICIES[cause.kind].answer ?? 'unavailable';
    this.code = code;
    this.failure = cause.kind;
    this.extensions = { attempts };
    const asked = cause.retryAfterMs === undefined ? undefined : Math.ceil(cause.retryAfterMs / 1000);
    if (retryAfter !== undefined) this.retryAfter = Math.max(1, asked ?? retryAfter);
  }
}

/** Thrown when every model that could answer does not take the request: a retry does not help. */
export class CapabilityNotAvailableError extends UnansweredError {
  override readonly code = 'capability_not_available';
  constructor(cause: BedrockError, attempts: CallAttempt[]) {
    super(cause, attempts);
    const lacking = attempts.map(({ modelId, lacks, errorKind }) =>
      lacks ? `${modelId} does not take ${lacks.join(', ')}` : `${modelId} is passed over (${errorKind})`,
    );
    this.message = `No model of the use case takes this request: ${lacking.join('; ')}`;
  }
}

/** Thrown when the breakers of all models that could answer are open. */
export class NoModelReadyError extends UnavailableError {
  override readonly extensions: { attempts: CallAttempt[] };
  constructor(
    attempts: CallAttempt[],
    override readonly retryAfter: number,
  ) {
    super(BUSY.code, BUSY.detail);
    this.extensions = { attempts };
  }
}

/** Recorded outcome of a call without a response. */
export interface CallFailure {
  outcome: CallOutcome;
  kind: string;
}

export function callFailureOf(error: unknown): CallFailure {
  if (!(error instanceof UnansweredError)) return { outcome: 'failed', kind: 'unavailable' };
  return { outcome: error.failure === 'cancelled' ? 'cancelled' : 'failed', kind: error.failure };
}

/** Thrown when this instance has as many calls in progress as it can handle. */
export class TooManyModelCallsError extends UnavailableError {
  override readonly retryAfter = 2;
  constructor() {
    super(
      'too_many_model_calls',
      'This instance has reached its limit of concurrent model calls: try again after Retry-After.',
    );
  }
}
