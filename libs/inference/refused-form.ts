import type { Capability } from '#libs/catalogue/capabilities.js';

/** Form of a request that a model has refused. */
export interface RefusedForm {
  form: Capability;
  /** False: the model refuses only what this one request has of it. */
  isGeneral: boolean;
}

/** Words of Bedrock and of model providers for a form that a model does not take. The first that fits applies. */
const REFUSALS: [words: RegExp, form: Capability][] = [
  [/tools.{0,40}extraneous key \[cachePoint\]/i, 'cachePointInTools'],
  [/extraneous key \[cachePoint\]|(n't| not) (support|allow) (prompt )?caching/i, 'cachePoint'],
  [/support the cachePoint\.ttl/i, 'cacheOneHour'],
  [/assistant message prefill|conversation must end with a user message/i, 'assistantPrefill'],
  [/`?temperature`? and `?top_?p`? cannot both/i, 'temperatureWithTopP'],
  [/`?temperature`? is (deprecated|not supported)/i, 'temperature'],
  [/`?top_?p`? is (deprecated|not supported)/i, 'topP'],
  [/`?top_?k`? is (deprecated|not supported)|extraneous key \[top_?k\]/i, 'topK'],
  [/support the toolConfig\.toolChoice\.any/i, 'toolChoiceAny'],
  [/support the toolConfig\.toolChoice\.tool/i, 'toolChoiceTool'],
  [/support the toolConfig\.tools\.toolSpec\.strict/i, 'strictTools'],
  [/(n't| not) support (tool use|tools|the toolConfig field)/i, 'tools'],
  [/(n't| not) support (the )?image/i, 'image'],
  [/(n't| not) support (the )?(document\.citations|citations|search ?result)/i, 'citations'],
  [/(n't| not) support (the )?document/i, 'document'],
  [/(n't| not) support (the )?video/i, 'video'],
  [/(n't| not) support (the )?audio/i, 'audio'],
  [/source\.type: Field required/i, 's3Location'],
  [/signature: Field required/i, 'unsignedReasoning'],
  [/support the reasoning(Content|Text)/i, 'signedReasoning'],
  [/thinking\.type\.enabled|extraneous key \[thinking\]/i, 'thinkingBudget'],
  [/input tag 'adaptive'|adaptive thinking is not supported/i, 'adaptiveThinking'],
  [/too many stop sequences|stop_?sequences.{0,60}(at most|maximum)/i, 'manyStopSequences'],
  [/(n't| not) support the service ?tier/i, 'serviceTier'],
  [/(n't| not) support the performanceConfig/i, 'performanceConfig'],
  [/(n't| not) support (the outputConfig|structured output)/i, 'structuredOutput'],
];

/** A model refuses the signature of another model, and takes its own. */
const INVALID_SIGNATURE = /invalid `?signature`? in `?thinking`?/i;

/** Returns the form that a refusal of a request is about; undefined: no known form. */
export function refusedFormIn(message: string): RefusedForm | undefined {
  if (INVALID_SIGNATURE.test(message)) return { form: 'signedReasoning', isGeneral: false };
  const form = REFUSALS.find(([words]) => words.test(message))?.[1];
  return form && { form, isGeneral: true };
}
