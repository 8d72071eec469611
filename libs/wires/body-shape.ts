import { isNative, type ModelOperation } from '#libs/platform/bedrock/model-operation.js';
import { claudeDemands } from './claude-demands.js';
import { converseDemands, novaDemands } from './converse-demands.js';
import type { Demands } from './demands.js';
import type { Edit } from './json-edits.js';
import type { JsonObject, ReadBody } from './read-body.js';

/** Form in which a body is written. `other`: of a family that is not known here. */
export type BodyFamily = 'converse' | 'claude' | 'nova' | 'mistral' | 'other';

/** Form of a body. */
export interface BodyShape {
  family: BodyFamily;
  /** Provider of the models that take it; undefined: all models do. */
  provider: string | undefined;
  demandsOf(body: ReadBody): Demands;
  /** Returns the change that sets the system prompt; undefined: the form has none that is known. */
  systemEdit(text: string): Edit | undefined;
}

/** A form that is not known goes to the first model as it is, and to no other. */
const opaque = (body: ReadBody): Demands => ({
  ...converseDemands(body),
  ...{ needs: [], hasUnknown: true, metadata: undefined },
});

const SHAPES: Record<BodyFamily, BodyShape> = {
  converse: {
    family: 'converse',
    provider: undefined,
    demandsOf: converseDemands,
    systemEdit: (text) => ({ path: ['system'], value: [{ text }] }),
  },
  claude: {
    family: 'claude',
    provider: 'anthropic',
    demandsOf: claudeDemands,
    systemEdit: (text) => ({ path: ['system'], value: text }),
  },
  nova: {
    family: 'nova',
    provider: 'amazon',
    demandsOf: novaDemands,
    systemEdit: (text) => ({ path: ['system'], value: [{ text }] }),
  },
  mistral: {
    family: 'mistral',
    provider: 'mistral',
    demandsOf: opaque,
    systemEdit: () => undefined,
  },
  other: { family: 'other', provider: undefined, demandsOf: opaque, systemEdit: () => undefined },
};

/** Returns the form of the body of a request, by its members. */
export const shapeOf = (operation: ModelOperation, json: JsonObject): BodyShape =>
  SHAPES[isNative(operation) ? nativeFamily(json) : 'converse'];

/** Returns whether a model takes bodies of a family, as `model_invocations` names it. */
export const takesFamily = (family: string, { provider }: { provider: string }): boolean =>
  [undefined, provider].includes(SHAPES[family as BodyFamily]?.provider);

function nativeFamily(json: JsonObject): BodyFamily {
  if ('anthropic_version' in json) return 'claude';
  if (json.schemaVersion === 'messages-v1' || ('messages' in json && 'inferenceConfig' in json))
    return 'nova';
  return typeof json.prompt === 'string' && 'max_tokens' in json ? 'mistral' : 'other';
}
