import { UnansweredError } from '#libs/inference/inference.errors.js';
import { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import { withPayload } from '#libs/platform/bedrock/event-stream-encoder.js';

const MAX_MESSAGE = 1_000;

/** Returns what a model does not accept in a request, which its client must repair; undefined: it said nothing of it. */
export function refusalOf(error: UnansweredError): string | undefined {
  const cause = causeOf(error);
  if (cause?.awsName !== 'ValidationException') return undefined;
  return withoutResources(cause.message.replace(/^\w+: /, '')).slice(0, MAX_MESSAGE);
}

/** Exceptions of streams that every SDK knows. */
const STREAM_EXCEPTIONS = new Set([
  'InternalServerException',
  'ModelStreamErrorException',
  'ModelTimeoutException',
  'ServiceUnavailableException',
  'ThrottlingException',
  'ValidationException',
]);

/**
 * Returns the exception of Bedrock that ended a stream, as it arrived, but without resources of the account; undefined: it
 * ended in another way.
 */
export function exceptionOf(error: unknown): Buffer | undefined {
  const cause = error instanceof UnansweredError ? causeOf(error) : undefined;
  if (!cause?.frame || !STREAM_EXCEPTIONS.has(cause.awsName)) return undefined;
  const isClean = withoutResources(cause.message) === cause.message;
  return isClean
    ? cause.frame
    : withPayload(cause.frame, (payload) => Buffer.from(withoutResources(payload.toString('utf8'))));
}

/** Removes ARNs and numbers of accounts. */
const withoutResources = (message: string): string =>
  message.replace(/arn:[\w-]+:[^\s"',;)]*/g, '[arn]').replace(/\b\d{12}\b/g, '[account]');

/** Returns the failure of the last model; undefined: it has none. */
export const causeOf = ({ cause }: UnansweredError): BedrockError | undefined =>
  cause instanceof BedrockError ? cause : undefined;
