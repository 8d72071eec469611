import {
  type AnswerBlock,
  type CannedResponse,
  type Citation,
  deltasOf,
  inputDeltasOf,
} from './canned-response.js';
import { chunk, type StreamEvent } from './event-frames.js';
import type { CacheTtl } from './prompt.js';

function usageOf({ input }: CannedResponse, outputTokens: number) {
  const writtenFor = (wanted: CacheTtl) => input.written?.find(({ ttl }) => ttl === wanted)?.inputTokens ?? 0;
  return {
    input_tokens: input.inputTokens,
    cache_creation_input_tokens: input.cacheWrite,
    cache_read_input_tokens: input.cacheRead,
    cache_creation: {
      ephemeral_5m_input_tokens: writtenFor('5m'),
      ephemeral_1h_input_tokens: writtenFor('1h'),
    },
    output_tokens: outputTokens,
  };
}

const messageOf = (modelId: string, answer: CannedResponse, outputTokens: number) => ({
  id: 'msg_bdrk_emulator',
  type: 'message',
  role: 'assistant',
  model: modelId,
  usage: usageOf(answer, outputTokens),
});

/** Claude calls a refusal by another name than Converse does. */
const endOf = ({ stopReason, stopSequence }: CannedResponse) => ({
  stop_reason: stopReason === 'content_filtered' ? 'refusal' : stopReason,
  stop_sequence: stopSequence ?? null,
});

/** Returns an answer of the Messages API. */
export const claudeMessage = (answer: CannedResponse, modelId: string) => ({
  ...messageOf(modelId, answer, answer.outputTokens),
  content: answer.blocks.map(contentBlock),
  ...endOf(answer),
});

function contentBlock(block: AnswerBlock): object {
  switch (block.kind) {
    case 'toolUse':
      return { type: 'tool_use', id: block.toolUseId, name: block.name, input: block.input };
    case 'redacted':
      return { type: 'redacted_thinking', data: block.data };
    case 'reasoning':
      return { type: 'thinking', thinking: block.text, signature: block.signature ?? '' };
    case 'text': {
      const { text, citation } = block;
      return { type: 'text', text, ...(citation && { citations: [citationOf(citation)] }) };
    }
  }
}

const citationOf = ({ title, index, isSearchResult, quote }: Citation) =>
  isSearchResult
    ? {
        type: 'search_result_location',
        ...{ cited_text: quote, search_result_index: index, title },
        ...{ start_block_index: 0, end_block_index: 1 },
      }
    : {
        type: 'char_location',
        ...{ cited_text: quote, document_index: index, document_title: title },
        ...{ start_char_index: 0, end_char_index: quote.length },
      };

/** Yields the events of the Messages API; Bedrock adds its metrics to the last one. */
export function* claudeEvents(
  answer: CannedResponse,
  modelId: string,
  latencyMs: () => number,
): Generator<StreamEvent> {
  for (const event of messageEvents(answer, modelId, latencyMs)) yield chunk(event.type, event);
}

function* messageEvents(answer: CannedResponse, modelId: string, latencyMs: () => number) {
  const started = { ...messageOf(modelId, answer, 1), content: [], stop_reason: null, stop_sequence: null };
  yield { type: 'message_start', message: started };
  for (const [index, block] of answer.blocks.entries()) {
    yield { type: 'content_block_start', index, content_block: emptyBlock(block) };
    for (const delta of blockDeltas(block)) yield { type: 'content_block_delta', index, delta };
    yield { type: 'content_block_stop', index };
  }
  const { input, outputTokens } = answer;
  yield { type: 'message_delta', delta: endOf(answer), usage: { output_tokens: outputTokens } };
  const metrics = {
    inputTokenCount: input.inputTokens,
    outputTokenCount: outputTokens,
    invocationLatency: latencyMs(),
    cacheReadInputTokenCount: input.cacheRead,
    cacheWriteInputTokenCount: input.cacheWrite,
  };
  yield { type: 'message_stop', 'amazon-bedrock-invocationMetrics': metrics };
}

function emptyBlock(block: AnswerBlock): object {
  switch (block.kind) {
    case 'toolUse':
      return { ...contentBlock(block), input: {} };
    case 'redacted':
      return contentBlock(block);
    case 'reasoning':
      return { type: 'thinking', thinking: '', signature: '' };
    case 'text':
      return { type: 'text', text: '', ...(block.citation && { citations: [] }) };
  }
}

function blockDeltas(block: AnswerBlock): object[] {
  switch (block.kind) {
    case 'toolUse':
      return inputDeltasOf(block.input).map((json) => ({ type: 'input_json_delta', partial_json: json }));
    case 'redacted':
      return [];
    case 'reasoning':
      return [
        ...deltasOf(block.text).map((thinking) => ({ type: 'thinking_delta', thinking })),
        { type: 'signature_delta', signature: block.signature ?? '' },
      ];
    case 'text':
      return [
        ...deltasOf(block.text).map((text) => ({ type: 'text_delta', text })),
        ...(block.citation ? [{ type: 'citations_delta', citation: citationOf(block.citation) }] : []),
      ];
  }
}
