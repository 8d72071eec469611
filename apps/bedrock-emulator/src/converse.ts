import {
  type AnswerBlock,
  type CannedResponse,
  type Citation,
  deltasOf,
  inputDeltasOf,
} from './canned-response.js';
import type { StreamEvent } from './event-frames.js';

const usageOf = ({ input, outputTokens }: CannedResponse) => ({
  inputTokens: input.inputTokens,
  outputTokens,
  totalTokens: input.inputTokens + input.cacheRead + input.cacheWrite + outputTokens,
  cacheReadInputTokens: input.cacheRead,
  cacheWriteInputTokens: input.cacheWrite,
  ...(input.written && { cacheDetails: input.written }),
});

const processingOf = ({ serviceTier, performanceConfig }: CannedResponse) => ({
  ...(serviceTier && { serviceTier }),
  ...(performanceConfig && { performanceConfig }),
});

export const converseAnswer = (answer: CannedResponse, latencyMs: number) => ({
  output: { message: { role: 'assistant', content: answer.blocks.map(contentBlock) } },
  stopReason: answer.stopReason,
  usage: usageOf(answer),
  metrics: { latencyMs },
  ...processingOf(answer),
});

function contentBlock(block: AnswerBlock): object {
  if (block.kind === 'toolUse') {
    const { kind, ...toolUse } = block;
    return { toolUse };
  }
  if (block.kind === 'redacted') return { reasoningContent: { redactedContent: block.data } };
  const { kind, text } = block;
  if (kind === 'reasoning')
    return { reasoningContent: { reasoningText: { text, ...signatureIn(block.signature) } } };
  if (!block.citation) return { text };
  return { citationsContent: { content: [{ text }], citations: [citationOf(block.citation)] } };
}

const signatureIn = (signature: string | undefined) => (signature === undefined ? {} : { signature });

function citationOf({ title, index, isSearchResult, quote }: Citation) {
  const range = { start: 0, end: quote.length };
  const location = isSearchResult
    ? { searchResultLocation: { searchResultIndex: index, ...range } }
    : { documentChar: { documentIndex: index, ...range } };
  return { title, sourceContent: [{ text: quote }], location };
}

/**
 * Yields the events of a response. Only the block of a tool use has a start event: others begin with their first piece.
 * The last event is made when it is due, because it contains the duration of the stream.
 */
export function* converseEvents(answer: CannedResponse, latencyMs: () => number): Generator<StreamEvent> {
  yield { type: 'messageStart', payload: { role: 'assistant' } };
  for (const [contentBlockIndex, block] of answer.blocks.entries()) {
    if (block.kind === 'toolUse') {
      const { toolUseId, name } = block;
      yield {
        type: 'contentBlockStart',
        payload: { contentBlockIndex, start: { toolUse: { toolUseId, name } } },
      };
    }
    for (const delta of blockDeltas(block))
      yield { type: 'contentBlockDelta', payload: { contentBlockIndex, delta } };
    yield { type: 'contentBlockStop', payload: { contentBlockIndex } };
  }
  yield { type: 'messageStop', payload: { stopReason: answer.stopReason } };
  yield {
    type: 'metadata',
    payload: { usage: usageOf(answer), metrics: { latencyMs: latencyMs() }, ...processingOf(answer) },
  };
}

function blockDeltas(block: AnswerBlock): object[] {
  switch (block.kind) {
    case 'toolUse':
      return inputDeltasOf(block.input).map((input) => ({ toolUse: { input } }));
    case 'redacted':
      return [{ reasoningContent: { redactedContent: block.data } }];
    case 'reasoning':
      return [
        ...deltasOf(block.text).map((text) => ({ text })),
        ...(block.signature === undefined ? [] : [{ signature: block.signature }]),
      ].map((reasoningContent) => ({ reasoningContent }));
    case 'text':
      return [
        ...deltasOf(block.text).map((text) => ({ text })),
        ...(block.citation ? [{ citation: citationOf(block.citation) }] : []),
      ];
  }
}
