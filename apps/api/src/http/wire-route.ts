/** Wire whose errors have another form than a problem document. */
export type ClientWire = 'bedrock' | 'openai';

/** Paths of Bedrock's wire, for clients of the AWS SDK. */
export const BEDROCK_WIRE = '/bedrock/';
/** Paths of OpenAI's wire. */
export const OPENAI_WIRE = '/openai/';

/** Returns the wire on which a request came, also for a path that has no route; undefined: none. */
export function wireOf({ url }: { url?: string }): ClientWire | undefined {
  if (url?.startsWith(BEDROCK_WIRE)) return 'bedrock';
  return url?.startsWith(OPENAI_WIRE) ? 'openai' : undefined;
}
