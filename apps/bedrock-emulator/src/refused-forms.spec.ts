import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { REFUSED_FORMS, type RefusedForm } from './model-forms.js';
import { type Emulator, startEmulator } from './start-emulator.js';
import { answerOf, assistant, post, toolResult, toolUse, user, WEATHER } from './testing/requests.js';

const MICRO = 'eu.amazon.nova-micro-v1:0';
const NOVA = 'eu.amazon.nova-lite-v1:0';
const NOVA_2 = 'eu.amazon.nova-2-lite-v1:0';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const OPUS = 'eu.anthropic.claude-opus-4-7';
const PIXTRAL = 'eu.mistral.pixtral-large-2502-v1:0';
const GPT = 'openai.gpt-oss-120b-1:0';
const NEW = 'acme.model-v1';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

async function send(modelId: string, body: object, action = 'converse') {
  const response = await post(emulator, modelId, action, body);
  if (response.status === 200) return '200';
  return `${response.status} ${((await response.json()) as { message: string }).message}`;
}

const ask = (...content: (string | object)[]) => ({ messages: [user('Hi', ...content)] });
const withFields = (additionalModelRequestFields: object, more: object = {}) => ({
  ...ask(),
  additionalModelRequestFields,
  ...more,
});
const withTools = (toolConfig: object = {}, tool: object = {}) => ({
  ...ask(),
  toolConfig: { tools: [{ toolSpec: { ...WEATHER.toolSpec, ...tool } }], ...toolConfig },
});
const media = (format: string, source: object = { bytes: 'AA==' }) => ({ format, name: 'a', source });
const reasoned = (reasoningContent: object, ...more: object[]) => ({
  messages: [user('Hi'), assistant({ reasoningContent }, ...more, 'Hello'), user('And?')],
});
const text = { text: 'Well', signature: 'c2lnbmVk' };
const cachePoint = { cachePoint: { type: 'default' } };
const thinking = (type: string, more: object = {}) => ({ thinking: { type, ...more } });
const BUDGET = { budget_tokens: 1_024 };
const loop = (...before: object[]) => ({
  messages: [user('Hi'), assistant(...before, toolUse('a')), user(toolResult('a', { text: 'Rain' }))],
  toolConfig: { tools: [WEATHER] },
});

/** A request of each form, and the words of its refusal. */
const EXAMPLES: Record<RefusedForm, [request: object, words: RegExp]> = {
  temperature: [
    { ...ask(), inferenceConfig: { temperature: 0 } },
    /`temperature` is deprecated for this model/,
  ],
  topP: [{ ...ask(), inferenceConfig: { topP: 0.9 } }, /`top_p` is deprecated/],
  topK: [withFields({ top_k: 5 }), /`top_k` is deprecated/],
  temperatureWithTopP: [
    { ...ask(), inferenceConfig: { temperature: 0.5, topP: 0.9 } },
    /cannot both be specified/,
  ],
  assistantPrefill: [
    { messages: [user('Hi'), assistant('{')] },
    /does not support assistant message prefill/,
  ],
  guardrail: [
    { ...ask(), guardrailConfig: { guardrailIdentifier: 'emulated0001', guardrailVersion: '1' } },
    /does not support guardrails/,
  ],
  image: [ask({ image: media('png') }), /doesn't support the image content block/],
  document: [ask({ document: media('pdf') }), /doesn't support documents/],
  video: [ask({ video: media('mp4') }), /doesn't support the video content block/],
  audio: [ask({ audio: media('mp3') }), /doesn't support the audio content block/],
  s3Location: [
    ask({ document: media('pdf', { s3Location: { uri: 's3://a/b' } }) }),
    /messages\.0\.content\.1\.document\.source\.type: Field required/,
  ],
  citations: [
    ask({ searchResult: { source: 'a', title: 'b', content: [{ text: 'c' }] } }),
    /doesn't support the searchResult content block/,
  ],
  tools: [withTools(), /This model doesn't support tool use\./],
  streamedTools: [withTools(), /doesn't support tool use in streaming mode/],
  strictTools: [
    withTools({}, { strict: true }),
    /doesn't support the toolConfig\.tools\.toolSpec\.strict field/,
  ],
  toolChoiceAny: [
    withTools({ toolChoice: { any: {} } }),
    /doesn't support the toolConfig\.toolChoice\.any field/,
  ],
  toolChoiceTool: [
    withTools({ toolChoice: { tool: { name: 'get_weather' } } }),
    /doesn't support the toolConfig\.toolChoice\.tool field/,
  ],
  cachePoint: [{ ...ask(), system: [{ text: 'Be kind' }, cachePoint] }, /did not allow prompt caching/],
  cachePointInTools: [
    withTools({ tools: [WEATHER, cachePoint] }),
    /Malformed input request: #\/toolConfig\/tools\/1: extraneous key \[cachePoint\] is not permitted/,
  ],
  cachePointAfterReasoning: [
    reasoned({ reasoningText: text }, cachePoint),
    /messages\.1\.content\.0\.thinking\.cache_control: Extra inputs are not permitted/,
  ],
  moreThanFourCachePoints: [ask(...Array(5).fill(cachePoint)), /maximum of 4 blocks .* Found 5/],
  oneHourCache: [
    ask({ cachePoint: { type: 'default', ttl: '1h' } }),
    /doesn't support the cachePoint\.ttl field/,
  ],
  signedReasoning: [
    reasoned({ reasoningText: text }),
    /doesn't support the reasoningContent\.reasoningText\.signature field/,
  ],
  unsignedReasoning: [
    reasoned({ reasoningText: { text: 'Well' } }),
    /messages\.1\.content\.0\.thinking\.signature: Field required/,
  ],
  redactedReasoning: [
    reasoned({ redactedContent: 'AA==' }),
    /doesn't support the reasoningContent\.redactedContent field/,
  ],
  reasoning: [reasoned({ reasoningText: text }), /doesn't support the reasoningContent field/],
  foreignSignature: [
    reasoned({ reasoningText: text }),
    /messages\.1\.content\.0: Invalid `signature` in `thinking` block/,
  ],
  thinking: [withFields(thinking('disabled')), /#: extraneous key \[thinking\] is not permitted/],
  thinkingEnabled: [withFields(thinking('enabled', BUDGET)), /"thinking\.type\.enabled" is not supported/],
  thinkingAdaptive: [withFields(thinking('adaptive')), /Input tag 'adaptive' found using 'type'/],
  thinkingDisabled: [withFields(thinking('disabled')), /"thinking\.type\.disabled" is not supported/],
  thinkingWithForcedTool: [
    { ...withTools({ toolChoice: { any: {} } }), additionalModelRequestFields: thinking('adaptive') },
    /Thinking may not be enabled when tool_choice forces tool use/,
  ],
  thinkingWithTemperature: [
    withFields(thinking('adaptive'), { inferenceConfig: { temperature: 0.5 } }),
    /`temperature` may only be set to 1 when thinking is enabled/,
  ],
  thinkingBudgetAboveMaxTokens: [
    withFields(thinking('enabled', BUDGET), { inferenceConfig: { maxTokens: 1_024 } }),
    /`max_tokens` must be greater than `thinking\.budget_tokens`/,
  ],
  turnWithoutThinking: [
    { ...loop(), additionalModelRequestFields: thinking('enabled', BUDGET) },
    /messages\.1\.content\.0\.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`/,
  ],
  reasoningConfig: [
    withFields({ reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } }),
    /extraneous key \[reasoningConfig\]/,
  ],
  tuningAtHighEffort: [
    withFields(
      { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' } },
      { inferenceConfig: { topP: 0.9 } },
    ),
    /must be unset when maxReasoningEffort is high/,
  ],
  reasoningEffort: [withFields({ reasoning_effort: 'low' }), /extraneous key \[reasoning_effort\]/],
  structuredOutput: [
    {
      ...ask(),
      outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: '{}' } } } },
    },
    /doesn't support the outputConfig\.textFormat field/,
  ],
  effort: [{ ...ask(), outputConfig: { effort: 'low' } }, /doesn't support the outputConfig\.effort field/],
  serviceTier: [{ ...ask(), serviceTier: { type: 'flex' } }, /doesn't support the serviceTier field/],
  optimizedLatency: [
    { ...ask(), performanceConfig: { latency: 'optimized' } },
    /doesn't support the performanceConfig\.latency field/,
  ],
};

describe('a model that refuses a form of a request', () => {
  it.each(REFUSED_FORMS)('%s, takes no other for it', async (form) => {
    const [request, words] = EXAMPLES[form];
    const input = ['TEXT', 'IMAGE', 'VIDEO', 'SPEECH'] as const;
    emulator.putModel(NEW, { input: [...input], refuses: [form] });
    const refusal = await send(NEW, request, 'converse-stream');
    expect(refusal).toMatch(/^400 /);
    expect(refusal).toMatch(words);
    expect(await send(NEW, request)).toBe(form === 'streamedTools' ? '200' : refusal);
    expect(await send(NEW, ask(), 'converse-stream')).toBe('200');
    emulator.putModel(NEW, { refuses: REFUSED_FORMS.filter((other) => !overlaps(form, other)) });
    expect(await send(NEW, request, 'converse-stream')).toBe('200');
  });

  /** Finds forms of which the example of the first is an example, too. */
  const overlaps = (form: RefusedForm, other: RefusedForm) =>
    OVERLAPS.some((forms) => forms.includes(form) && forms.includes(other)) || form === other;
  const OVERLAPS: RefusedForm[][] = [
    ['temperature', 'topP', 'temperatureWithTopP', 'thinkingWithTemperature'],
    ['document', 's3Location'],
    ['thinking', 'thinkingDisabled'],
    ['reasoningConfig', 'tuningAtHighEffort', 'topP'],
    ['tools', 'streamedTools'],
    ['tools', 'streamedTools', 'strictTools'],
    ['tools', 'streamedTools', 'toolChoiceAny', 'thinkingWithForcedTool'],
    ['tools', 'streamedTools', 'toolChoiceTool'],
    ['tools', 'streamedTools', 'cachePoint', 'cachePointInTools'],
    ['tools', 'streamedTools', 'turnWithoutThinking'],
    ['cachePoint', 'moreThanFourCachePoints'],
    ['cachePoint', 'oneHourCache'],
    ['cachePoint', 'cachePointAfterReasoning', 'reasoning', 'signedReasoning', 'foreignSignature'],
    ['reasoning', 'unsignedReasoning', 'foreignSignature'],
    ['reasoning', 'redactedReasoning'],
    ['thinking', 'thinkingAdaptive', 'thinkingWithForcedTool'],
    ['thinking', 'thinkingAdaptive', 'thinkingWithTemperature'],
    ['thinking', 'thinkingEnabled', 'thinkingBudgetAboveMaxTokens', 'turnWithoutThinking'],
  ];

  it('refuses it in a native body, too', async () => {
    const body = {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Hi' }],
    };
    expect(await send(OPUS, { ...body, temperature: 0.5 }, 'invoke')).toMatch(/^400 .*deprecated/);
    expect(await send(HAIKU, { ...body, temperature: 0.5, top_p: 0.5 }, 'invoke')).toMatch(/^400 .*both/);
    expect(await send(OPUS, body, 'invoke')).toBe('200');
  });
});

/** Models that take the example of a form; the others refuse it. */
const MODELS = { MICRO, NOVA, NOVA_2, HAIKU, SONNET, OPUS, PIXTRAL, GPT };
const CLAUDES = ['HAIKU', 'SONNET', 'OPUS'];
const NOVAS = ['MICRO', 'NOVA', 'NOVA_2'];
const ALL = Object.keys(MODELS);
const TAKEN: [form: RefusedForm, models: string[]][] = [
  ['image', ['NOVA', 'NOVA_2', ...CLAUDES, 'PIXTRAL']],
  ['document', ['NOVA', 'NOVA_2', ...CLAUDES, 'PIXTRAL']],
  ['video', ['NOVA', 'NOVA_2']],
  ['audio', []],
  ['s3Location', ['NOVA', 'NOVA_2']],
  ['tools', ALL],
  ['toolChoiceAny', ALL],
  ['toolChoiceTool', ALL],
  ['cachePoint', [...NOVAS, ...CLAUDES]],
  ['oneHourCache', CLAUDES],
  ['cachePointInTools', CLAUDES],
  ['signedReasoning', CLAUDES],
  ['unsignedReasoning', ['NOVA_2', 'GPT']],
  ['redactedReasoning', CLAUDES],
  ['thinkingEnabled', ['HAIKU', 'SONNET']],
  ['thinkingAdaptive', ['SONNET', 'OPUS']],
  ['thinkingWithForcedTool', []],
  ['reasoningConfig', ['NOVA_2']],
  ['tuningAtHighEffort', []],
  ['thinkingDisabled', CLAUDES],
  ['reasoningEffort', ['GPT']],
  ['temperature', ALL.filter((name) => name !== 'OPUS')],
  ['temperatureWithTopP', [...NOVAS, 'PIXTRAL', 'GPT']],
  ['assistantPrefill', ALL.filter((name) => !['SONNET', 'OPUS'].includes(name))],
  ['turnWithoutThinking', []],
  ['citations', CLAUDES],
  ['guardrail', ALL],
];

describe('the models of the region', () => {
  it.each(TAKEN)('take %s: %j', async (form, models) => {
    const [request] = EXAMPLES[form];
    const taken = await Promise.all(
      Object.entries(MODELS).map(async ([name, id]) => ((await send(id, request)) === '200' ? [name] : [])),
    );
    expect(taken.flat().toSorted()).toEqual(models.toSorted());
  });

  it('have a largest number of stop sequences', async () => {
    const five = { ...ask(), inferenceConfig: { stopSequences: ['1', '2', '3', '4', '5'] } };
    expect(await send(NOVA, five)).toMatch(
      /^400 Malformed input request: #\/inferenceConfig\/stopSequences: expected maximum item count: 4, found: 5/,
    );
    expect(await send(HAIKU, five)).toBe('200');
    expect(await send(NOVA_2, five)).toBe('200');
    const inferenceConfig = { stopSequences: Array(2_501).fill('1') };
    expect(await send(HAIKU, { ...ask(), inferenceConfig })).toMatch(/expected maximum item count: 2500/);
  });

  it('find what a tool returned, too', async () => {
    const image = { image: media('png') };
    const { status } = await answerOf(emulator, MICRO, 'converse', {
      messages: [user('Hi'), assistant(toolUse('a')), user(toolResult('a', image))],
      toolConfig: { tools: [WEATHER] },
    });
    expect(status).toBe(400);
  });

  it('continue a turn that begins with its thinking, of every Claude', async () => {
    const asked = { ...ask(), additionalModelRequestFields: thinking('enabled', BUDGET) };
    const { body } = await answerOf(emulator, HAIKU, 'converse', asked);
    const [own] = body.output.message.content;
    const next = { ...loop(own), additionalModelRequestFields: thinking('enabled', BUDGET) };
    emulator.putModel(SONNET, { refuses: ['foreignSignature', 'unsignedReasoning', 'turnWithoutThinking'] });
    expect(await send(SONNET, next)).toBe('200');
    own.reasoningContent.reasoningText.text += '!';
    expect(await send(SONNET, next)).toMatch(/Invalid `signature`/);
  });
});
