import { createHash } from 'node:crypto';
import type { ConverseRequest } from './converse-request.js';
import type { EmulatedModel } from './models.js';

interface ReasoningText {
  text: string;
  signature?: string | undefined;
}

const signatureOf = (text: string): string =>
  createHash('sha256').update(`emulated reasoning: ${text}`).digest('base64');

/** Finds whether this emulator signed the text: every Claude takes the signature of every other. */
export const isOwnSignature = ({ text, signature }: ReasoningText): boolean =>
  signature === signatureOf(text);

/** Returns the reasoning of a model that is asked to think, signed where its family signs; undefined: it is not. */
export function reasoningOf(
  model: EmulatedModel,
  { additionalModelRequestFields: fields }: ConverseRequest,
  about: string,
): ReasoningText | undefined {
  const { thinking, reasoningConfig, reasoning_effort: effort } = fields;
  const thinks =
    (thinking && thinking.type !== 'disabled') || reasoningConfig?.type === 'enabled' || effort !== undefined;
  if (!thinks) return undefined;
  return signedFor(model, `The emulator pretends to think about this: ${about}`);
}

/** Adds a signature where the family of the model signs. */
export const signedFor = ({ refuses }: EmulatedModel, text: string): ReasoningText =>
  refuses?.includes('signedReasoning') ? { text } : { text, signature: signatureOf(text) };
