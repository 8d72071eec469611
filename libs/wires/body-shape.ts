import { isNative, type ModelOperation } from '#libs/platform/bedrock/model-operation.js';
import { claudeDemands } from './claude-demands.js';
import { converseDemands, novaDemands } from './converse-demands.js';
import type { Demands } from './demands.js';
import type { Edit } from './json-edits.js';
import type { JsonObject, ReadBody } from './read-body.js';

/** Form in which a body is written. `openai`: chat completions. `other`: of a family that is not known here. */
export type BodyFamily = 'converse' | 'claude' | 'nova' | 'mistral' | 'openai' | 'other';

/** Form of a body. */
export interface BodyShape {
  family: BodyFamily;
  /** Returns whether models of a provider take it; true where that is not known. */
  isTakenBy(provider: string): boolean;
  demandsOf(body: ReadBody): Demands;
  /** Returns the change that sets the system prompt; undefined: the form has none that is known. */
  systemEdit(text: string): Edit | undefined;
}

/** A form that is not known goes to the first model as it is, and to no other. */
const opaque = (body: ReadBody): Demands => ({
  ...converseDemands(body),
  ...{ needs: [], hasUnknown: true, metadata: undefined },
});

const only = (one: string) => (provider: string) => provider === one;
/** Providers whose models have a separate form; others take that of OpenAI, or may. */
const WITH_OWN_FORM = new Set(['anthropic', 'amazon', 'cohere', 'meta']);

const SHAPES: Record<BodyFamily, BodyShape> = {
  converse: {
    family: 'converse',
    isTakenBy: () => true,
    demandsOf: converseDemands,
    systemEdit: (text) => ({ path: ['system'], value: [{ text }] }),
  },
  claude: {
    family: 'claude',
    isTakenBy: only('anthropic'),
    demandsOf: claudeDemands,
    systemEdit: (text) => ({ path: ['system'], value: text }),
  },
  nova: {
    family: 'nova',
    isTakenBy: only('amazon'),
    demandsOf: novaDemands,
    systemEdit: (text) => ({ path: ['system'], value: [{ text }] }),
  },
  mistral: {
    family: 'mistral',
    isTakenBy: only('mistral'),
    demandsOf: opaque,
    systemEdit: () => undefined,
  },
  openai: {
    family: 'openai',
    isTakenBy: (provider) => !WITH_OWN_FORM.has(provider),
    demandsOf: opaque,
    systemEdit: () => undefined,
  },
  other: { family: 'other', isTakenBy: () => true, demandsOf: opaque, systemEdit: () => undefined },
};

/** Returns the form of the body of a request, by its members. */
export const shapeOf = (operation: ModelOperation, json: JsonObject): BodyShape =>
  SHAPES[isNative(operation) ? nativeFamily(json) : 'converse'];

/** Returns whether a model takes bodies of a family, as `model_invocations` names it. */
export const takesFamily = (family: string, { provider }: { provider: string }): boolean =>
  SHAPES[family as BodyFamily]?.isTakenBy(provider) ?? true;

function nativeFamily(json: JsonObject): BodyFamily {
  if ('anthropic_version' in json) return 'claude';
  if (json.schemaVersion === 'messages-v1' || ('messages' in json && 'inferenceConfig' in json))
    return 'nova';
  if (typeof json.prompt === 'string' && 'max_tokens' in json) return 'mistral';
  return isChatOfOpenAi(json) ? 'openai' : 'other';
}

/**
 * Mistral, Qwen and others take this form, too, and a body does not say whose it is. One of Claude without its version
 * looks alike but for `system`; the parts of Nova have no type.
 */
const isChatOfOpenAi = ({ messages, ...others }: JsonObject): boolean =>
  Array.isArray(messages) &&
  messages.some((message) => hasText(message?.content)) &&
  messages.every((message) => message?.content == null || hasText(message.content)) &&
  !('system' in others);

const hasText = (content: unknown): boolean =>
  typeof content === 'string' ||
  (Array.isArray(content) && content.every((part) => typeof part?.type === 'string'));
