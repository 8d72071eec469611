/** HTTP statuses of the errors that Bedrock documents; other errors must set a status. */
const STATUSES: Record<string, number> = {
  ValidationException: 400,
  ConflictException: 400,
  ServiceQuotaExceededException: 400,
  AccessDeniedException: 403,
  MissingAuthenticationTokenException: 403,
  UnrecognizedClientException: 403,
  InvalidSignatureException: 403,
  ExpiredTokenException: 403,
  ResourceNotFoundException: 404,
  UnknownOperationException: 404,
  ModelTimeoutException: 408,
  ModelErrorException: 424,
  ModelStreamErrorException: 424,
  ThrottlingException: 429,
  ModelNotReadyException: 429,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
};

const MESSAGES: Record<string, string> = {
  ThrottlingException: 'Too many requests, please wait before trying again.',
  ModelNotReadyException: 'The model is not ready to serve inference requests yet. Please try again.',
  ModelTimeoutException: 'The model took too long to respond.',
  ModelErrorException: 'The model failed while it processed the request.',
  ModelStreamErrorException: 'The model failed while it streamed the answer.',
  InternalServerException: 'The system encountered an unexpected error during processing. Try again.',
  ServiceUnavailableException: 'Bedrock is unable to process your request.',
};

export interface AwsErrorDetails {
  message?: string;
  /** HTTP status; by default the documented one of this name, else 500. */
  status?: number;
  retryAfterSeconds?: number;
}

/** Error in Bedrock's form: status, `x-amzn-errortype`, and a message in JSON. */
export class AwsError extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(
    override readonly name: string,
    details: AwsErrorDetails = {},
  ) {
    super(details.message ?? MESSAGES[name] ?? `${name} was asked for.`);
    this.status = details.status ?? STATUSES[name] ?? 500;
    const { retryAfterSeconds } = details;
    this.headers = {
      'x-amzn-errortype': name,
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    };
  }
}

export const invalid = (message: string): AwsError => new AwsError('ValidationException', { message });
