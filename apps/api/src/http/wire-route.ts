/** Paths of Bedrock's wire, for clients of the AWS SDK. Their errors have AWS's form. */
export const BEDROCK_WIRE = '/bedrock/';

/** Returns whether a request came over Bedrock's wire, also for a path that has no route. */
export const isBedrockWire = ({ url }: { url?: string }): boolean => url?.startsWith(BEDROCK_WIRE) === true;
