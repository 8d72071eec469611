import type { ScriptedBlock } from './answer-script.js';
import type { AnswerBlock, ModelAnswer, ModelQuery } from './canned-response.js';
import type { AnswerFault } from './faults.js';
import { signedFor } from './reasoning.js';
import { toolUseIdFor } from './tool-use.js';

/** Returns the answer that a test has set. */
export function scriptedAnswer(query: ModelQuery, { content, stopReason }: AnswerFault): ModelAnswer {
  const usesTool = content.some((block) => 'toolUse' in block);
  return {
    blocks: content.map((block, at) => blockFor(query, block, at)),
    stopReason: stopReason ?? (usesTool ? 'tool_use' : 'end_turn'),
  };
}

function blockFor({ model, request }: ModelQuery, block: ScriptedBlock, at: number): AnswerBlock {
  if ('text' in block) return { kind: 'text', ...block };
  if ('redacted' in block) return { kind: 'redacted', data: block.redacted };
  if ('reasoning' in block)
    return { kind: 'reasoning', ...signedFor(model, block.reasoning.text), ...block.reasoning };
  const { name, input = {}, toolUseId = toolUseIdFor(request, `${name} ${at}`) } = block.toolUse;
  return { kind: 'toolUse', toolUseId, name, input };
}
