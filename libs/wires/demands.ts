import type { Capability } from '#libs/catalogue/capabilities.js';
import { neededForms, type Tuning } from '#libs/inference/request-form.js';
import { tokensOf } from '#libs/inference/token-estimate.js';
import type { Message } from '#libs/platform/bedrock/converse-request.js';

/** Parsed body of a request, of any shape: Bedrock itself refuses what it does not take. */
export type ConverseJson = Record<string, unknown>;

/** Reason for passing over a fallback: the catalogue does not say yet which models take such a request. */
export type BeyondText = 'tools_not_supported' | 'content_not_supported';

/** Everything that decides which models may get a request, and what of it. */
export interface Demands {
  /** Undefined: nothing but text. */
  beyondText: BeyondText | undefined;
  /** Forms that a model may be known to refuse. */
  needs: Capability[];
  tuning: Partial<Record<Tuning, number>>;
  maxTokens: number | undefined;
  hasGuardrail: boolean;
  /** Estimated tokens of the prompt. */
  inputTokens: number;
}

/** Members that every model takes. */
const PLAIN = new Set(['messages', 'system', 'inferenceConfig', 'guardrailConfig', 'requestMetadata']);
const PLAIN_TUNING = new Set(['maxTokens', 'temperature', 'topP', 'stopSequences']);
/** Characters that stand for the bytes of one image or document: about 1,600 tokens. */
const CHARACTERS_OF_MEDIA = 6_400;

/** Reads what a request demands, in one pass over its parsed body. */
export function demandsOf(request: ConverseJson): Demands {
  const messages = listIn(request.messages).map(objectIn);
  const blocks = messages.flatMap(({ content }) => listIn(content).map(objectIn));
  const tuning = objectIn(request.inferenceConfig);
  return {
    beyondText: beyondText(request, blocks),
    needs: neededForms(messages.map(({ role }) => ({ role, text: '' }) as Message)),
    tuning: { temperature: numberIn(tuning.temperature), topP: numberIn(tuning.topP) },
    maxTokens: numberIn(tuning.maxTokens),
    hasGuardrail: request.guardrailConfig != null,
    inputTokens: tokensOf(charactersIn(request)),
  };
}

function beyondText(request: ConverseJson, blocks: ConverseJson[]): BeyondText | undefined {
  const usesTools = blocks.some((block) => 'toolUse' in block || 'toolResult' in block);
  if (usesTools || 'toolConfig' in request) return 'tools_not_supported';
  const all = [...blocks, ...listIn(request.system).map(objectIn)];
  const isPlain =
    Object.keys(request).every((name) => PLAIN.has(name)) &&
    Object.keys(objectIn(request.inferenceConfig)).every((name) => PLAIN_TUNING.has(name)) &&
    all.every((block) => Object.keys(block).join() === 'text');
  return isPlain ? undefined : 'content_not_supported';
}

/** Counts the characters of all texts. Walks with an own stack: a body may be nested deeply. */
function charactersIn({ requestMetadata: _, ...request }: ConverseJson): number {
  let characters = 0;
  const left: [name: string, value: unknown][] = Object.entries(request);
  for (let next = left.pop(); next; next = left.pop()) {
    const [name, value] = next;
    if (name === 'bytes') characters += CHARACTERS_OF_MEDIA;
    else if (typeof value === 'string') characters += value.length;
    else for (const member of Object.entries(value ?? {})) left.push(member);
  }
  return characters;
}

const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const objectIn = (value: unknown): ConverseJson =>
  typeof value === 'object' && value !== null ? (value as ConverseJson) : {};
const numberIn = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
