/** Wire whose errors have another form than a problem document. */
export type ClientWire = 'bedrock' | 'openai' | 'anthropic';

/** Paths of Bedrock's wire, for clients of the AWS SDK. */
export const BEDROCK_WIRE = '/bedrock/';
/** Paths of OpenAI's wire. */
export const OPENAI_WIRE = '/openai/';

/** Paths of Anthropic's wire. */
export const ANTHROPIC_WIRE = '/anthropic/';

/** Returns the wire on which a request came, also for a path that has no route; undefined: none. */
export function wireOf({ url }: { url?: string }): ClientWire | undefined {
  if (url?.startsWith(BEDROCK_WIRE)) return 'bedrock';
  if (url?.startsWith(OPENAI_WIRE)) return 'openai';
  return url?.startsWith(ANTHROPIC_WIRE) ? 'anthropic' : undefined;
}
