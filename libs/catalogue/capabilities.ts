import { z } from 'zod';

/** Source of a price or a capability that an operator has set. */
export const BY_OPERATOR = 'set by an operator';

const Fact = z
  .object({
    supported: z.boolean(),
    source: z.string().min(1).max(128),
    readOn: z.iso.date().meta({ description: 'Date on which the source had this value' }),
  })
  .meta({ id: 'CapabilityFact' });

/** Each form of a request: what a model that takes it does, and the form in words. */
const FORMS = {
  temperature: ['The model takes a temperature', 'temperature'],
  topP: ['The model takes topP', 'topP'],
  temperatureWithTopP: ['The model takes both in one request', 'temperature together with topP'],
  topK: ['The model takes a top-k setting', 'top k'],
  manyStopSequences: ['The model takes more than four stop sequences', 'more than four stop sequences'],
  assistantPrefill: [
    'The last message may be from the assistant, and the model continues it',
    'a last message of the assistant',
  ],
  repeatedRoles: ['The model takes consecutive messages of one role', 'messages of one role in a row'],
  guardrail: ['The model takes a guardrail', 'a guardrail'],
  tools: ['The model takes tools, their uses and their results', 'tools'],
  toolChoiceAny: ['A request may demand that the model uses a tool', 'tool choice any'],
  toolChoiceTool: ['A request may name the tool that the model must use', 'tool choice by name'],
  strictTools: ['The model keeps exactly to the schema of a tool', 'strict tools'],
  structuredOutput: ['The model answers by a JSON schema', 'output by a JSON schema'],
  image: ['The model takes images', 'images'],
  document: ['The model takes documents', 'documents'],
  video: ['The model takes videos', 'videos'],
  audio: ['The model takes audio', 'audio'],
  s3Location: ['The model takes content by its location in Amazon S3', 'content in Amazon S3'],
  citations: ['The model takes search results and citations', 'citations'],
  cachePoint: ['The system prompt and messages may have cache points', 'cache points'],
  cachePointInTools: ['The tools may have cache points', 'cache points in tools'],
  cacheOneHour: ['A cache point may last one hour', 'cache points of one hour'],
  signedReasoning: ['The model takes the signed reasoning of earlier turns', 'signed reasoning'],
  unsignedReasoning: ['The model takes reasoning without a signature', 'unsigned reasoning'],
  thinkingBudget: ['The model takes `thinking` with a budget of tokens', 'thinking with a budget'],
  adaptiveThinking: ['The model takes adaptive `thinking`', 'adaptive thinking'],
  serviceTier: ['The model takes a service tier', 'a service tier'],
  performanceConfig: ['The model takes a performance configuration', 'a performance configuration'],
  countTokens: ['The model counts tokens', 'counting tokens'],
} as const satisfies Record<string, [takes: string, inWords: string]>;
export type Capability = keyof typeof FORMS;
const NAMES = Object.keys(FORMS) as Capability[];

const forEachForm = <T>(schemaOf: (name: Capability) => T): Record<Capability, T> =>
  Object.fromEntries(NAMES.map((name) => [name, schemaOf(name)])) as Record<Capability, T>;

/** Forms of a request that a model takes or refuses, each with its source. One that is absent is not known. */
export const Capabilities = z
  .object(forEachForm((name) => Fact.optional().meta({ description: FORMS[name][0] })))
  .meta({ id: 'ModelCapabilities' });
export type Capabilities = z.infer<typeof Capabilities>;

/** Statements of an operator about a model. */
export const StatedCapabilities = z
  .strictObject(forEachForm(() => z.boolean().nullable()))
  .partial()
  .meta({
    id: 'StatedCapabilities',
    description:
      'true: the model takes the form. false: it refuses the form. null: remove the value of the operator; the next import of facts adds that of public sources',
  });
export type StatedCapabilities = z.infer<typeof StatedCapabilities>;

/** Adds what an operator states, which no import of facts replaces. */
export function withStated(capabilities: Capabilities, stated: StatedCapabilities, at: Date): Capabilities {
  const result: Capabilities = { ...capabilities };
  for (const [name, supported] of Object.entries(stated) as [Capability, boolean | null | undefined][]) {
    if (supported === undefined || (supported === result[name]?.supported && isStated(result[name])))
      continue;
    if (supported !== null)
      result[name] = { supported, source: BY_OPERATOR, readOn: at.toISOString().slice(0, 10) };
    else if (isStated(result[name])) delete result[name];
  }
  return result;
}

/** Adds what an operator states, and removes everything else that an operator has stated. */
export function replaceStated(
  capabilities: Capabilities,
  stated: StatedCapabilities,
  at: Date,
): Capabilities {
  const removed = Object.keys(statedIn(capabilities)).map((name) => [name, null]);
  return withStated(capabilities, { ...Object.fromEntries(removed), ...stated }, at);
}

/** Returns the values that an operator has stated. */
export const statedIn = (capabilities: Capabilities): StatedCapabilities =>
  Object.fromEntries(
    Object.entries(capabilities)
      .filter(([, fact]) => isStated(fact))
      .map(([name, { supported }]) => [name, supported]),
  );

const isStated = (fact: { source: string } | undefined) => fact?.source === BY_OPERATOR;

/** Forms that one model is known to take or to refuse. */
export interface KnownForms {
  capabilities: Capabilities;
  refusedForms: Capability[];
}

/** False: it is known that the model refuses this. */
export const takes = ({ capabilities, refusedForms }: KnownForms, form: Capability): boolean =>
  capabilities[form]?.supported !== false && !refusedForms.includes(form);

/** True: it is known that the model takes this. */
export const isKnownToTake = ({ capabilities, refusedForms }: KnownForms, form: Capability): boolean =>
  capabilities[form]?.supported === true && !refusedForms.includes(form);

export const isCapability = (name: string): name is Capability => Object.hasOwn(FORMS, name);

/** Returns a form in words. */
export const inWords = (form: Capability): string => FORMS[form][1];

/** Forms that a request of text alone may have. */
const TEXT_FORMS = [
  ...([
    'temperature',
    'topP',
    'temperatureWithTopP',
    'assistantPrefill',
    'repeatedRoles',
    'guardrail',
  ] as const),
];

/** Returns the forms of text that a model refuses, in words; undefined: none is known. */
export function refusedTextForms(model: KnownForms): string | undefined {
  const refused = TEXT_FORMS.filter((name) => !takes(model, name));
  return refused.length === 0 ? undefined : `it does not take ${refused.map(inWords).join(', ')}`;
}
