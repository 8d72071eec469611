/** Forms of a request that a model may answer with 400; `refused-forms.ts` has the words of each. */
export const REFUSED_FORMS = [
  'temperature',
  'topP',
  'topK',
  'temperatureWithTopP',
  'assistantPrefill',
  'guardrail',
  'image',
  'document',
  'video',
  'audio',
  's3Location',
  'citations',
  'tools',
  'streamedTools',
  'strictTools',
  'toolChoiceAny',
  'toolChoiceTool',
  'cachePoint',
  'cachePointInTools',
  'cachePointAfterReasoning',
  'moreThanFourCachePoints',
  'oneHourCache',
  'signedReasoning',
  'unsignedReasoning',
  'redactedReasoning',
  'reasoning',
  /** Signature that this emulator did not make. */
  'foreignSignature',
  'thinking',
  'thinkingEnabled',
  'thinkingAdaptive',
  'thinkingDisabled',
  'thinkingWithForcedTool',
  'thinkingWithTemperature',
  'thinkingBudgetAboveMaxTokens',
  'turnWithoutThinking',
  'reasoningConfig',
  'tuningAtHighEffort',
  'reasoningEffort',
  'structuredOutput',
  'effort',
  'serviceTier',
  'optimizedLatency',
] as const;

export type RefusedForm = (typeof REFUSED_FORMS)[number];

/**
 * Forms that families of models refuse, from AWS's feature tables, model cards and the errors that public issues quote.
 * A form that no source decides is taken. Images, video and audio follow from the input modalities of a model.
 */
const NOVA: RefusedForm[] = [
  'cachePointInTools',
  'oneHourCache',
  'signedReasoning',
  'redactedReasoning',
  'citations',
  'thinking',
  'reasoningEffort',
];
export const NOVA_1: RefusedForm[] = [...NOVA, 'reasoning', 'reasoningConfig'];
export const NOVA_MICRO: RefusedForm[] = [...NOVA_1, 'document', 's3Location'];
export const NOVA_2: RefusedForm[] = [...NOVA, 'tuningAtHighEffort'];

const CLAUDE: RefusedForm[] = [
  's3Location',
  'unsignedReasoning',
  'cachePointAfterReasoning',
  'moreThanFourCachePoints',
  'thinkingWithForcedTool',
  'thinkingWithTemperature',
  'thinkingBudgetAboveMaxTokens',
  'turnWithoutThinking',
  'reasoningConfig',
  'reasoningEffort',
];
/** Claude before 4.5: the thinking of those that think is `enabled`. */
export const CLAUDE_4: RefusedForm[] = [...CLAUDE, 'thinkingAdaptive'];
export const CLAUDE_4_5: RefusedForm[] = [...CLAUDE_4, 'temperatureWithTopP'];
export const CLAUDE_4_6: RefusedForm[] = [...CLAUDE, 'temperatureWithTopP', 'assistantPrefill'];
/** Claude Opus 4.7 and later models. */
export const CLAUDE_4_7: RefusedForm[] = [
  ...CLAUDE,
  'temperature',
  'topP',
  'topK',
  'assistantPrefill',
  'thinkingEnabled',
];
export const CLAUDE_3: RefusedForm[] = [...CLAUDE_4, 'thinking', 'cachePoint'];

const WITHOUT_CACHE: RefusedForm[] = [
  's3Location',
  'cachePoint',
  'signedReasoning',
  'redactedReasoning',
  'citations',
  'thinking',
  'reasoningConfig',
];
export const PIXTRAL: RefusedForm[] = [...WITHOUT_CACHE, 'reasoning', 'reasoningEffort'];
export const OPEN_WEIGHTS: RefusedForm[] = [...WITHOUT_CACHE, 'document'];
/** Llama 3.2 1B and 3B. */
export const SMALL_LLAMA: RefusedForm[] = [...OPEN_WEIGHTS, 'reasoning', 'reasoningEffort', 'tools'];
