import { type AwsError, invalid } from './aws-error.js';
import {
  blocksOf,
  type ContentBlock,
  type ConverseRequest,
  cachePointsOf,
  malformed,
  type PlacedBlock,
  toolsOf,
} from './converse-request.js';
import type { RefusedForm } from './model-forms.js';
import { type EmulatedModel, MAX_STOP_SEQUENCES, type Modality } from './models.js';
import { isOwnSignature } from './reasoning.js';

/** A request, and whether its answer is to be streamed. */
export interface RequestForm {
  request: ConverseRequest;
  streamed: boolean;
}

/** Returns the refusal of a request that has the form; undefined: it does not have it. */
type Refuses = (form: RequestForm) => AwsError | undefined;

/** Says it as Bedrock says what the model has answered. */
const fromModel = (message: string) => invalid(`The model returned the following errors: ${message}`);
const extraneous = (field: string) =>
  invalid(
    `The model returned the following errors: ${malformed([], `extraneous key [${field}] is not permitted`).message}`,
  );
const unsupportedField = (path: string) =>
  invalid(`This model doesn't support the ${path} field. Remove ${path} and try again.`);
const unsupportedBlock = (kind: string) =>
  invalid(
    `This model doesn't support the ${kind} content block that you provided. Update the content block and try again.`,
  );

const when =
  (applies: (request: ConverseRequest) => unknown, refusal: () => AwsError): Refuses =>
  ({ request }) =>
    applies(request) ? refusal() : undefined;

const whenBlock =
  (applies: (block: ContentBlock) => unknown, refusal: (place: PlacedBlock) => AwsError): Refuses =>
  ({ request }) => {
    const found = blocksOf(request).find(({ block }) => applies(block));
    return found && refusal(found);
  };

const tuning = ({ inferenceConfig }: ConverseRequest) => inferenceConfig;
const fields = ({ additionalModelRequestFields }: ConverseRequest) => additionalModelRequestFields;
const thinkingOf = (request: ConverseRequest) => {
  const { thinking } = fields(request);
  return thinking?.type === 'disabled' ? undefined : thinking;
};
const mediaOf = ({ image, document, video, audio }: ContentBlock) => image ?? document ?? video ?? audio;
const kindOf = ({ image, document, video }: ContentBlock) =>
  (image && 'image') ?? (document && 'document') ?? (video && 'video') ?? 'audio';
const isForced = ({ toolConfig }: ConverseRequest) =>
  toolConfig?.toolChoice?.any !== undefined || toolConfig?.toolChoice?.tool !== undefined;
const pathOf = ([message, block]: PlacedBlock['at']) => `messages.${message}.content.${block}`;

const UNCACHEABLE =
  'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.';

const FORMS: Record<RefusedForm, Refuses> = {
  temperature: when(
    (request) => tuning(request).temperature !== undefined,
    () => fromModel('`temperature` is deprecated for this model.'),
  ),
  topP: when(
    (request) => tuning(request).topP !== undefined,
    () => fromModel('`top_p` is deprecated for this model.'),
  ),
  topK: when(
    (request) => fields(request).top_k !== undefined,
    () => fromModel('`top_k` is deprecated for this model.'),
  ),
  temperatureWithTopP: when(
    (request) => tuning(request).temperature !== undefined && tuning(request).topP !== undefined,
    () =>
      fromModel('`temperature` and `top_p` cannot both be specified for this model. Please use only one.'),
  ),
  assistantPrefill: when(
    ({ messages }) => messages.at(-1)?.role === 'assistant',
    () =>
      fromModel(
        'This model does not support assistant message prefill. The conversation must end with a user message.',
      ),
  ),
  guardrail: when(
    ({ guardrailConfig }) => guardrailConfig,
    () => fromModel('The model does not support guardrails.'),
  ),
  image: whenBlock(
    ({ image }) => image,
    () => unsupportedBlock('image'),
  ),
  document: whenBlock(
    ({ document }) => document,
    () => invalid("This model doesn't support documents."),
  ),
  video: whenBlock(
    ({ video }) => video,
    () => unsupportedBlock('video'),
  ),
  audio: whenBlock(
    ({ audio }) => audio,
    () => unsupportedBlock('audio'),
  ),
  s3Location: whenBlock(
    (block) => mediaOf(block)?.source.s3Location,
    ({ block, at }) => invalid(`${pathOf(at)}.${kindOf(block)}.source.type: Field required`),
  ),
  citations: whenBlock(
    ({ document, searchResult }) => searchResult ?? document?.citations?.enabled,
    ({ block }) =>
      block.searchResult ? unsupportedBlock('searchResult') : unsupportedField('document.citations'),
  ),
  tools: when(
    ({ toolConfig }) => toolConfig,
    () => invalid("This model doesn't support tool use."),
  ),
  streamedTools: ({ request, streamed }) =>
    streamed && request.toolConfig
      ? invalid("This model doesn't support tool use in streaming mode.")
      : undefined,
  strictTools: when(
    (request) => toolsOf(request).some(({ strict }) => strict),
    () => unsupportedField('toolConfig.tools.toolSpec.strict'),
  ),
  toolChoiceAny: when(
    ({ toolConfig }) => toolConfig?.toolChoice?.any,
    () => unsupportedField('toolConfig.toolChoice.any'),
  ),
  toolChoiceTool: when(
    ({ toolConfig }) => toolConfig?.toolChoice?.tool,
    () => unsupportedField('toolConfig.toolChoice.tool'),
  ),
  cachePoint: when(
    (request) => cachePointsOf(request).length > 0,
    () => invalid(UNCACHEABLE),
  ),
  cachePointInTools: ({ request }) => {
    const at = request.toolConfig?.tools.findIndex(({ cachePoint }) => cachePoint) ?? -1;
    return at < 0
      ? undefined
      : fromModel(
          malformed(['toolConfig', 'tools', at], 'extraneous key [cachePoint] is not permitted').message,
        );
  },
  cachePointAfterReasoning: ({ request }) => {
    const found = blocksOf(request).find(
      ({ block, at: [message, index] }) =>
        block.cachePoint && request.messages[message]?.content[index - 1]?.reasoningContent,
    );
    if (!found) return undefined;
    const [message, index] = found.at;
    return fromModel(
      `${pathOf([message, index - 1])}.thinking.cache_control: Extra inputs are not permitted`,
    );
  },
  moreThanFourCachePoints: ({ request }) => {
    const { length } = cachePointsOf(request);
    return length > 4
      ? fromModel(`A maximum of 4 blocks with cache_control may be provided. Found ${length}.`)
      : undefined;
  },
  oneHourCache: when(
    (request) => cachePointsOf(request).some(({ ttl }) => ttl === '1h'),
    () => unsupportedField('cachePoint.ttl'),
  ),
  signedReasoning: whenBlock(
    ({ reasoningContent }) => reasoningContent?.reasoningText?.signature,
    () => unsupportedField('reasoningContent.reasoningText.signature'),
  ),
  unsignedReasoning: whenBlock(
    ({ reasoningContent }) => reasoningContent?.reasoningText && !reasoningContent.reasoningText.signature,
    ({ at }) => fromModel(`${pathOf(at)}.thinking.signature: Field required`),
  ),
  redactedReasoning: whenBlock(
    ({ reasoningContent }) => reasoningContent?.redactedContent,
    () => unsupportedField('reasoningContent.redactedContent'),
  ),
  reasoning: whenBlock(
    ({ reasoningContent }) => reasoningContent,
    () => unsupportedField('reasoningContent'),
  ),
  foreignSignature: whenBlock(
    ({ reasoningContent }) =>
      reasoningContent?.reasoningText && !isOwnSignature(reasoningContent.reasoningText),
    ({ at }) => fromModel(`${pathOf(at)}: Invalid \`signature\` in \`thinking\` block`),
  ),
  thinking: when(
    (request) => fields(request).thinking,
    () => extraneous('thinking'),
  ),
  thinkingEnabled: when(
    (request) => thinkingOf(request)?.type === 'enabled',
    () =>
      fromModel(
        '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
      ),
  ),
  thinkingAdaptive: when(
    (request) => thinkingOf(request)?.type === 'adaptive',
    () =>
      fromModel(
        "thinking: Input tag 'adaptive' found using 'type' does not match any of the expected tags: 'disabled', 'enabled'",
      ),
  ),
  thinkingDisabled: when(
    (request) => fields(request).thinking?.type === 'disabled',
    () => fromModel('"thinking.type.disabled" is not supported for this model.'),
  ),
  thinkingWithForcedTool: when(
    (request) => thinkingOf(request) && isForced(request),
    () => fromModel('Thinking may not be enabled when tool_choice forces tool use.'),
  ),
  thinkingWithTemperature: when(
    (request) => thinkingOf(request) && ![undefined, 1].includes(tuning(request).temperature),
    () => fromModel('`temperature` may only be set to 1 when thinking is enabled.'),
  ),
  thinkingBudgetAboveMaxTokens: when(
    (request) =>
      (thinkingOf(request)?.budget_tokens ?? 0) >= (tuning(request).maxTokens ?? Number.POSITIVE_INFINITY),
    () => fromModel('`max_tokens` must be greater than `thinking.budget_tokens`.'),
  ),
  turnWithoutThinking: ({ request }) => {
    if (thinkingOf(request)?.type !== 'enabled') return undefined;
    const at = openTurn(request);
    const first = request.messages[at]?.content[0];
    if (!first || first.reasoningContent) return undefined;
    return fromModel(
      `${pathOf([at, 0])}.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first.toolUse ? 'tool_use' : 'text'}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks). We recommend you include thinking blocks from previous turns. To avoid this requirement, disable \`thinking\`.`,
    );
  },
  reasoningConfig: when(
    (request) => fields(request).reasoningConfig,
    () => extraneous('reasoningConfig'),
  ),
  tuningAtHighEffort: when(
    (request) =>
      fields(request).reasoningConfig?.maxReasoningEffort === 'high' &&
      (tuning(request).temperature ?? tuning(request).topP) !== undefined,
    () => fromModel('temperature and topP must be unset when maxReasoningEffort is high.'),
  ),
  reasoningEffort: when(
    (request) => fields(request).reasoning_effort,
    () => extraneous('reasoning_effort'),
  ),
  structuredOutput: when(
    ({ outputConfig }) => outputConfig?.textFormat,
    () => unsupportedField('outputConfig.textFormat'),
  ),
  effort: when(
    ({ outputConfig }) => outputConfig?.effort,
    () => unsupportedField('outputConfig.effort'),
  ),
  serviceTier: when(
    ({ serviceTier }) => serviceTier && serviceTier.type !== 'default',
    () => unsupportedField('serviceTier'),
  ),
  optimizedLatency: when(
    ({ performanceConfig }) => performanceConfig?.latency === 'optimized',
    () => unsupportedField('performanceConfig.latency'),
  ),
};

/** Returns the index of the message of the assistant that its model is to continue; -1: there is none. */
function openTurn({ messages }: ConverseRequest): number {
  const last = messages.at(-1);
  if (last?.role === 'assistant') return messages.length - 1;
  return last?.content.some(({ toolResult }) => toolResult) ? messages.length - 2 : -1;
}

const OF_MODALITIES: [Modality, RefusedForm][] = [
  ['IMAGE', 'image'],
  ['VIDEO', 'video'],
  ['SPEECH', 'audio'],
];

/** Refuses what the model itself refuses, whichever way it is sent. @throws AwsError */
export function assertFormTaken(model: EmulatedModel, form: RequestForm): void {
  const missing = OF_MODALITIES.filter(([modality]) => !model.input.includes(modality)).map(
    ([, name]) => name,
  );
  for (const name of [...missing, ...(model.refuses ?? [])]) {
    const refusal = FORMS[name](form);
    if (refusal) throw refusal;
  }
  const count = tuning(form.request).stopSequences?.length ?? 0;
  const { maxStopSequences = MAX_STOP_SEQUENCES } = model;
  if (count > maxStopSequences)
    throw malformed(
      ['inferenceConfig', 'stopSequences'],
      `expected maximum item count: ${maxStopSequences}, found: ${count}`,
    );
}
