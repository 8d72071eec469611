import { z } from 'zod';
import { invalid } from './aws-error.js';
import { type CannedResponse, deltasOf, type ModelQuery } from './canned-response.js';
import { converseAnswer, converseEvents } from './converse.js';
import { allowedMaxTokens, converseQuery, parseConverse, parsed } from './converse-body.js';
import type { StreamEvent } from './event-frames.js';
import type { EmulatedModel } from './models.js';
import { assertFormTaken } from './refused-forms.js';

/** Format of InvokeModel for a family of models, whose body is the model's own and not Bedrock's. */
export interface NativeFormat {
  question(modelId: string, model: EmulatedModel, body: unknown): ModelQuery;
  answer(answer: CannedResponse, modelId: string, latencyMs: number): unknown;
  events(answer: CannedResponse, modelId: string, latencyMs: () => number): Iterable<StreamEvent>;
}

/** @throws AwsError for a family that is not emulated */
export function nativeFormatOf({ id }: EmulatedModel): NativeFormat {
  if (id.startsWith('amazon.nova')) return NOVA;
  if (id.startsWith('anthropic.')) return CLAUDE;
  throw invalid('The emulator knows the native bodies of Nova and Claude only: use Converse for this model.');
}

/** InvokeModel wraps each event of the model's own protocol into a chunk of base64. */
const chunk = (event: unknown, beginsText = false): StreamEvent => ({
  type: 'chunk',
  payload: { bytes: Buffer.from(JSON.stringify(event), 'utf8').toString('base64') },
  beginsText,
});

const NOVA: NativeFormat = {
  question: (modelId, model, body) => converseQuery(modelId, model, parseConverse(body)),
  answer: (answer, _, latencyMs) => {
    const { metrics, ...body } = converseAnswer(answer, latencyMs);
    return body;
  },
  *events(answer, _, latencyMs) {
    for (const { type, payload, beginsText } of converseEvents(answer, latencyMs))
      yield chunk({ [type]: payload }, beginsText);
  },
};

const Content = z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]);
const ClaudeBody = z.looseObject({
  anthropic_version: z.literal('bedrock-2023-05-31'),
  max_tokens: z.number().int().min(1),
  system: Content.default(''),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().min(0).max(1).optional(),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']), content: Content })).min(1),
});
const textOf = (content: z.output<typeof Content>): string =>
  typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join('\n');

const claudeMessage = (modelId: string, answer: CannedResponse) => ({
  id: 'msg_bdrk_emulator',
  type: 'message',
  role: 'assistant',
  model: modelId,
  stop_sequence: null,
  usage: { input_tokens: answer.inputTokens, output_tokens: answer.outputTokens },
});

/** Claude calls a refusal by another name than Converse does. */
const claudeStop = ({ stopReason }: CannedResponse): string =>
  stopReason === 'content_filtered' ? 'refusal' : stopReason;

const CLAUDE: NativeFormat = {
  question(modelId, model, raw) {
    const body = parsed(ClaudeBody, raw);
    const roles = body.messages.map(({ role }) => role);
    assertFormTaken(model, { temperature: body.temperature, topP: body.top_p, roles });
    const texts = body.messages.map(({ content }) => textOf(content));
    return {
      modelId,
      prompt: [textOf(body.system), ...texts].join('\n'),
      lastUserText: textOf(body.messages.findLast(({ role }) => role === 'user')?.content ?? ''),
      maxTokens: allowedMaxTokens(body.max_tokens, model),
    };
  },
  answer: (answer, modelId) => ({
    ...claudeMessage(modelId, answer),
    content: [{ type: 'text', text: answer.text }],
    stop_reason: claudeStop(answer),
  }),
  *events(answer, modelId, latencyMs) {
    const { inputTokens, outputTokens } = answer;
    const begun = {
      ...claudeMessage(modelId, { ...answer, outputTokens: 1 }),
      content: [],
      stop_reason: null,
    };
    yield chunk({ type: 'message_start', message: begun });
    yield chunk({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } });
    let first = true;
    for (const text of deltasOf(answer.text)) {
      yield chunk({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }, first);
      first = false;
    }
    yield chunk({ type: 'content_block_stop', index: 0 });
    const delta = { stop_reason: claudeStop(answer), stop_sequence: null };
    yield chunk({ type: 'message_delta', delta, usage: { output_tokens: outputTokens } });
    const metrics = {
      inputTokenCount: inputTokens,
      outputTokenCount: outputTokens,
      invocationLatency: latencyMs(),
    };
    yield chunk({ type: 'message_stop', 'amazon-bedrock-invocationMetrics': metrics });
  },
};
