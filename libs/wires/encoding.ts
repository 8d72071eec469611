import type { Model } from '#libs/catalogue/catalogue.js';
import { optionsIn } from '#libs/platform/bedrock/answer-marks.js';
import { tierOf } from '#libs/platform/bedrock/converse-request.js';
import type { ModelOperation } from '#libs/platform/bedrock/model-operation.js';
import type { SentNotification } from '#libs/switching/switch.js';
import { type BodyShape, shapeOf } from './body-shape.js';
import type { Demands } from './demands.js';
import { type ReadBody, readBody } from './read-body.js';

/** A request as Bedrock takes it. */
export interface Encoding {
  operation: ModelOperation;
  body: Buffer;
  /** Headers for the model, of the native operations. */
  headers: Record<string, string>;
  shape: BodyShape;
  demands: Demands;
}

interface Sent {
  operation: ModelOperation;
  body: Buffer;
  headers?: Record<string, string>;
  /** Parsed body; absent: it is parsed. */
  read?: ReadBody;
}

const GUARDRAIL_HEADER = 'x-amzn-bedrock-guardrailidentifier';

/** Reads what a request demands. @throws InvalidInputError if its body is no JSON object */
export function encodingOf({ operation, body, headers = {}, read = readBody(body) }: Sent): Encoding {
  const shape = shapeOf(operation, read.json);
  const demands = shape.demandsOf(read);
  const tier = demands.tier ?? tierOf(optionsIn(headers));
  const needs = [
    ...demands.needs,
    ...(headers[GUARDRAIL_HEADER] === undefined ? [] : ['guardrail' as const]),
  ];
  return { operation, body, headers, shape, demands: { ...demands, needs, tier } };
}

/** Returns whether a model takes the form of a body. */
export const takesBody = ({ shape }: Encoding, { provider }: Pick<Model, 'provider'>): boolean =>
  shape.isTakenBy(provider);

/** Writes the answer of one attempt in the form of the wire on which the call came. */
export interface AnswerWriter {
  whole(bytes: Buffer): Buffer;
  /** @param bytes whole frames of a stream, with content */
  frames(bytes: Buffer): Buffer;
  /** @param tail the frames that complete a stream */
  end(tail: Buffer): Buffer;
}

/** Facts about an answer: its model, and how it was reached. */
export interface AnswerFacts {
  /** Id of the model. */
  model: string;
  useCase: string;
  /** Id of the recorded call. */
  invocationId: string;
  /** Number of calls of models until this answer. */
  attempts: number;
  /** Absent: the call switched no conversation. */
  notification?: SentNotification;
}

/** Attempt whose answer is written. */
export interface WrittenAnswer {
  model: Model;
  operation: ModelOperation;
  facts: AnswerFacts;
}
