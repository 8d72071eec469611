import { z } from 'zod';
import { invalid } from './aws-error.js';
import { type ConverseRequest, parsed } from './converse-request.js';
import { parseConverse } from './converse-rules.js';
import type { EmulatedModel } from './models.js';
import { nativeFormatOf } from './native-bodies.js';
import { promptOf } from './prompt.js';

const Body = z.looseObject({
  input: z.looseObject({
    converse: z.unknown().optional(),
    invokeModel: z.looseObject({ body: z.base64() }).optional(),
  }),
});
type Input = z.output<typeof Body>['input'];

/** Answers CountTokens for the models that count. @throws AwsError */
export function countTokens(model: EmulatedModel, body: unknown): { inputTokens: number } {
  if (!model.countsTokens) throw invalid("The provided model doesn't support counting tokens.");
  return { inputTokens: promptOf(requestIn(model, parsed(Body, body).input)).tokens };
}

function requestIn(model: EmulatedModel, { converse, invokeModel }: Input): ConverseRequest {
  if ((converse === undefined) === (invokeModel === undefined))
    throw invalid('Either converse or invokeModel is required, and not both.');
  if (!invokeModel) return parseConverse(converse);
  return nativeFormatOf(model).request(jsonOf(Buffer.from(invokeModel.body, 'base64')));
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw invalid('The request body is not valid JSON.');
  }
}
