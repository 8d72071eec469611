import { z } from 'zod';
import type { ModelOperation } from '#libs/platform/bedrock/model-operation.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { numberIn, objectIn } from '../demands.js';
import { type Encoding, encodingOf } from '../encoding.js';
import { withEdits } from '../json-edits.js';
import { type JsonObject, type ReadBody, readBody, readWhole } from '../read-body.js';
import { converseOfClaude } from './converse-of-claude.js';
import { fieldErrorsOf } from './field-errors.js';
import { notServed } from './served-fields.js';

const VERSION = 'bedrock-2023-05-31';

/** Members that this service reads itself; a model validates the others. */
const Envelope = z.looseObject({
  model: z.string().min(1).max(2_048),
  stream: z.boolean().optional(),
  metadata: z.looseObject({ user_id: z.string().nullish() }).nullish(),
});

/** Request of Anthropic's Messages API, as models of Amazon Bedrock take it. */
export interface MessagesRequest {
  /** Use case, assistant, `auto`, or a model. */
  modelId: string;
  /** Of the metadata; undefined: it names none. */
  userId: string | undefined;
  isStreamed: boolean;
  /** For models of Claude. */
  encoding: Encoding;
  /** Returns the request for other models. @throws InvalidInputError that names what only Claude takes */
  alternative: () => Encoding;
}

/**
 * Reads a request of the Messages API.
 * @param betas header `anthropic-beta`: names with commas
 * @throws InvalidInputError that names the fields
 */
export function readMessages(body: Buffer, betas: string | undefined): MessagesRequest {
  const read = readBody(body);
  const { model, stream = false, metadata } = envelopeOf(read.json);
  const alternative = once(() =>
    encodingOf({
      operation: stream ? 'converse-stream' : 'converse',
      body: Buffer.from(JSON.stringify(converseOfClaude(readWhole(body)))),
    }),
  );
  const operation = stream ? 'invoke-with-response-stream' : 'invoke';
  return {
    modelId: model,
    userId: metadata?.user_id || undefined,
    isStreamed: stream,
    encoding: claudeEncoding({ operation, body, read }, betas, alternative),
    alternative,
  };
}

/**
 * Returns the body of CountTokens for a request of the Messages API.
 * @throws InvalidInputError that names the fields
 */
export function countTokensOf(
  body: Buffer,
  betas: string | undefined,
): Pick<MessagesRequest, 'modelId' | 'userId'> & { body: Buffer } {
  const { json } = readBody(body);
  const { model, metadata } = envelopeOf(json);
  // Claude's body needs a limit above its thinking, which nothing is counted of.
  const budget = numberIn(objectIn(json.thinking).budget_tokens) ?? 0;
  const limit = json.max_tokens === undefined ? [{ path: ['max_tokens'] as const, value: budget + 1 }] : [];
  // Nothing is counted of the metadata: the person in it stays here.
  const counted = withEdits(claudeBodyOf(body, json, betas), [...limit, { path: ['metadata'] }]);
  return {
    modelId: model,
    userId: metadata?.user_id || undefined,
    body: Buffer.from(JSON.stringify({ input: { invokeModel: { body: counted.toString('base64') } } })),
  };
}

function envelopeOf(json: JsonObject): z.output<typeof Envelope> {
  const envelope = Envelope.safeParse(json);
  const errors = envelope.success ? notServed(json) : fieldErrorsOf(envelope.error);
  if (!envelope.success || errors.length > 0) throw new InvalidInputError(errors);
  return envelope.data;
}

interface Sent {
  operation: ModelOperation;
  body: Buffer;
  read: ReadBody;
}

function claudeEncoding(
  { operation, body, read }: Sent,
  betas: string | undefined,
  alternative: () => Encoding,
): Encoding {
  const { model: _, stream: __, ...json } = read.json;
  const encoding = encodingOf({
    operation,
    body: claudeBodyOf(body, read.json, betas),
    read: { ...read, json: { ...json, anthropic_version: VERSION } },
  });
  const demands = {
    ...encoding.demands,
    /** Asked only for a fallback of another family: the other form of the request is made then. */
    get hasOwnFields() {
      return !succeeds(alternative);
    },
  };
  return { ...encoding, demands };
}

/** Changes as few bytes as a model of Claude on Amazon Bedrock needs. */
function claudeBodyOf(body: Buffer, json: JsonObject, betas: string | undefined): Buffer {
  const own = Array.isArray(json.anthropic_beta) ? json.anthropic_beta : [];
  const named = (betas ?? '').split(',').map((beta) => beta.trim());
  const all = [...new Set([...own, ...named.filter((beta) => beta !== '')])];
  return withEdits(body, [
    { path: ['model'] },
    { path: ['stream'] },
    { path: ['anthropic_version'], value: VERSION },
    ...(all.length > 0 ? [{ path: ['anthropic_beta'] as const, value: all }] : []),
  ]);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function succeeds(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if (error instanceof InvalidInputError) return false;
    throw error;
  }
}
