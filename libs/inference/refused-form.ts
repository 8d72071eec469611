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
  [/extraneous key \[cachePoint\]|does(n't| not) support (prompt )?caching/i, 'cachePoint'],
  [/assistant message prefill|conversation must end with a user message/i, 'assistantPrefill'],
  [/`?temperature`? and `?top_?p`? cannot both/i, 'temperatureWithTopP'],
  [/`?temperature`? (is deprecated|is not supported)/i, 'temperature'],
  [/`?top_?p`? (is deprecated|is not supported)/i, 'topP'],
  [/`?top_?k`? (is deprecated|is not supported)|extraneous key \[top_k\]/i, 'topK'],
  [/support (the )?toolConfig\.toolChoice\.any/i, 'toolChoiceAny'],
  [/support (the )?toolConfig\.toolChoice\.tool/i, 'toolChoiceTool'],
  [/does(n't| not) support (tool use|tools|the toolConfig)/i, 'tools'],
  [/does(n't| not) support (the )?image/i, 'image'],
  [/does(n't| not) support (the )?document/i, 'document'],
  [/does(n't| not) support (the )?video/i, 'video'],
  [/does(n't| not) support (the )?audio/i, 'audio'],
  [/does(n't| not) support (the )?(citations|search ?result)/i, 'citations'],
  [/support the reasoning(Content|Text)|reasoningText\.signature field/i, 'signedReasoning'],
  [/signature: field required/i, 'unsignedReasoning'],
  [/thinking\.type\.enabled|thinking.{0,40}budget_tokens.{0,40}not supported/i, 'thinkingBudget'],
  [/adaptive thinking is not supported/i, 'adaptiveThinking'],
  [/too many stop sequences|stop_?sequences.{0,60}(at most|maximum)/i, 'manyStopSequences'],
  [/service ?tier.{0,40}not supported|does(n't| not) support.{0,20}service ?tier/i, 'serviceTier'],
  [/does(n't| not) support.{0,20}(latency|performance)/i, 'performanceConfig'],
  [/does(n't| not) support.{0,20}(outputConfig|structured output)/i, 'structuredOutput'],
];

/** A model refuses the signature of another model, and takes its own. */
const INVALID_SIGNATURE = /invalid `?signature`? in `?thinking`?/i;

/** Returns the form that a refusal of a request is about; undefined: no known form. */
export function refusedFormIn(message: string): RefusedForm | undefined {
  if (INVALID_SIGNATURE.test(message)) return { form: 'signedReasoning', isGeneral: false };
  const form = REFUSALS.find(([words]) => words.test(message))?.[1];
  return form && { form, isGeneral: true };
}
