import type { UnansweredError } from '#libs/inference/inference.errors.js';
import { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';

const MAX_MESSAGE = 1_000;

/** Returns what a model does not accept in a request, which its client must repair; undefined: it said nothing of it. */
export function refusalOf(error: UnansweredError): string | undefined {
  const cause = causeOf(error);
  if (cause?.awsName !== 'ValidationException') return undefined;
  return withoutResources(cause.message.replace(/^\w+: /, '')).slice(0, MAX_MESSAGE);
}

/** Removes ARNs and numbers of accounts. */
const withoutResources = (message: string): string =>
  message.replace(/arn:[\w-]+:[^\s"',;)]*/g, '[arn]').replace(/\b\d{12}\b/g, '[account]');

/** Returns the failure of the last model; undefined: it has none. */
export const causeOf = ({ cause }: UnansweredError): BedrockError | undefined =>
  cause instanceof BedrockError ? cause : undefined;
