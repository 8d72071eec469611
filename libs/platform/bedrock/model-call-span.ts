import { type Span, SpanKind } from '@opentelemetry/api';
import { markFailed, startSpan, withSpan } from '../telemetry/spans.js';
import type { ConverseAnswer, ConverseRequest } from './converse-request.js';

/** Parameters of a call that its span has. */
export type ObservedRequest = Pick<ConverseRequest, 'modelId' | 'temperature'> & {
  maxTokens?: number | undefined;
};

/** Makes a call of a model within its span. */
export async function observedCall<Answer extends Pick<ConverseAnswer, 'usage' | 'stopReason'>>(
  request: ObservedRequest,
  call: () => Promise<Answer>,
): Promise<Answer> {
  const span = startModelCall(request);
  try {
    const answer = await withSpan(span, call);
    answeredBy(span, request.modelId, answer);
    return answer;
  } catch (error) {
    markFailed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/**
 * Starts the span of one call of a model, by OpenTelemetry's conventions for generative AI, without any text of the
 * chat.
 */
const startModelCall = ({ modelId, maxTokens, temperature }: ObservedRequest): Span =>
  startSpan({
    name: `chat ${modelId}`,
    kind: SpanKind.CLIENT,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'aws.bedrock',
      'gen_ai.request.model': modelId,
      ...(maxTokens !== undefined && { 'gen_ai.request.max_tokens': maxTokens }),
      ...(temperature !== undefined && { 'gen_ai.request.temperature': temperature }),
    },
  });

/** Sets the requested model as the responding one, because Bedrock does not repeat it. */
function answeredBy(
  span: Span,
  modelId: string,
  { usage, stopReason }: Pick<ConverseAnswer, 'usage' | 'stopReason'>,
): void {
  span.setAttributes({
    'gen_ai.response.model': modelId,
    'gen_ai.response.finish_reasons': [stopReason],
    ...(usage && {
      // The conventions count what came from the cache as input, too.
      'gen_ai.usage.input_tokens': usage.input + usage.cacheRead + usage.cacheWrite,
      'gen_ai.usage.output_tokens': usage.output,
      'gen_ai.usage.cache_read.input_tokens': usage.cacheRead,
      'gen_ai.usage.cache_creation.input_tokens': usage.cacheWrite,
    }),
  });
}
