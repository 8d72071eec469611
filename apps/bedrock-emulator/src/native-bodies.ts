import { z } from 'zod';
import { invalid } from './aws-error.js';
import type { CannedResponse } from './canned-response.js';
import { parseClaude } from './claude-body.js';
import { claudeEvents, claudeMessage } from './claude-messages.js';
import { converseAnswer, converseEvents } from './converse.js';
import { type ConverseRequest, parsed } from './converse-request.js';
import { parseConverse } from './converse-rules.js';
import { chunk, type StreamEvent } from './event-frames.js';
import { mistralAnswer, mistralEvents, parseMistral } from './mistral-body.js';
import type { EmulatedModel } from './models.js';

/** Format of InvokeModel for a family of models, whose body is the model's own and not Bedrock's. */
export interface NativeFormat {
  /** Reads a body in the words of Converse. @throws AwsError for a body of another family */
  request(body: unknown): ConverseRequest;
  answer(answer: CannedResponse, modelId: string, latencyMs: number): unknown;
  events(answer: CannedResponse, modelId: string, latencyMs: () => number): Iterable<StreamEvent>;
}

/** @throws AwsError for a family that is not emulated */
export function nativeFormatOf({ id }: EmulatedModel): NativeFormat {
  if (id.startsWith('amazon.nova')) return NOVA;
  if (id.startsWith('anthropic.')) return CLAUDE;
  if (id.startsWith('mistral.')) return MISTRAL;
  throw invalid(
    'The emulator knows the native bodies of Nova, Claude and Mistral only: use Converse for this model.',
  );
}

const CLAUDE: NativeFormat = { request: parseClaude, answer: claudeMessage, events: claudeEvents };
const MISTRAL: NativeFormat = { request: parseMistral, answer: mistralAnswer, events: mistralEvents };

/** Converse without its envelope, and with other names of some parameters. */
const NovaBody = z.strictObject({
  schemaVersion: z.literal('messages-v1').optional(),
  messages: z.unknown(),
  system: z.unknown().optional(),
  inferenceConfig: z
    .looseObject({
      max_new_tokens: z.unknown().optional(),
      top_p: z.unknown().optional(),
      stop_sequences: z.unknown().optional(),
    })
    .default({}),
  toolConfig: z.unknown().optional(),
  reasoningConfig: z.unknown().optional(),
});

const NOVA: NativeFormat = {
  request(raw) {
    const { inferenceConfig, reasoningConfig, ...body } = parsed(NovaBody, raw);
    const { max_new_tokens: maxTokens, top_p: topP, stop_sequences: stopSequences } = inferenceConfig;
    return parseConverse({
      ...body,
      inferenceConfig: { maxTokens, topP, stopSequences, ...inferenceConfig },
      additionalModelRequestFields: { reasoningConfig },
    });
  },
  answer: (answer, _, latencyMs) => {
    const { metrics, ...body } = converseAnswer(answer, latencyMs);
    return body;
  },
  *events(answer, _, latencyMs) {
    for (const { type, payload } of converseEvents(answer, latencyMs)) yield chunk(type, { [type]: payload });
  },
};
