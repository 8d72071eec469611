import type { Model } from '#libs/catalogue/catalogue.js';

/**
 * Feature of Converse, the members of a request that has it, and a model that refuses it; absent: one that refuses every
 * form of the request.
 */
export type ConverseFeature = [feature: string, request: object, refusing?: Partial<Model>];

const refusing = (...refusedForms: Model['refusedForms']) => ({ refusedForms });

const TEXT = { text: 'Hi' };
const user = (...content: object[]) => ({ role: 'user', content });
const assistant = (...content: object[]) => ({ role: 'assistant', content });
/** A request whose message has another block beside its text. */
const beside = (...blocks: object[]) => ({ messages: [user(TEXT, ...blocks)] });
/** A request with an earlier turn. */
const after = (...turn: object[]) => ({ messages: [user(TEXT), assistant(...turn), user(TEXT)] });
const bytes = { bytes: 'AAAA' };
const s3 = { s3Location: { uri: 's3://bucket/key' } };

const SPEC = { name: 'f', inputSchema: { json: { type: 'object' } } };
const TOOLS = { tools: [{ toolSpec: SPEC }] };
const USE = { toolUse: { toolUseId: 't1', name: 'f', input: {} } };
const results = (content: object[], status?: string) => ({
  messages: [user(TEXT), assistant(USE), user({ toolResult: { toolUseId: 't1', content, status } })],
  toolConfig: TOOLS,
});
const signed = { reasoningContent: { reasoningText: { text: 'a', signature: 's' } } };
const cachePoint = (more: object = {}) => ({ cachePoint: { type: 'default', ...more } });
const fields = (more: object) => ({ additionalModelRequestFields: more });
const inference = (more: object) => ({ inferenceConfig: more });

/** Every feature of a request of Converse. */
export const CONVERSE_FEATURES: ConverseFeature[] = [
  ['text', {}],
  ['system prompt, in several blocks', { system: [TEXT, TEXT] }],
  ['tools', { toolConfig: TOOLS }],
  ['tool choice `auto`', { toolConfig: { ...TOOLS, toolChoice: { auto: {} } } }],
  ['tool choice `any`', { toolConfig: { ...TOOLS, toolChoice: { any: {} } } }, refusing('toolChoiceAny')],
  [
    'tool choice by name',
    { toolConfig: { ...TOOLS, toolChoice: { tool: { name: 'f' } } } },
    refusing('toolChoiceTool'),
  ],
  [
    'strict tools',
    { toolConfig: { tools: [{ toolSpec: { ...SPEC, strict: true } }] } },
    refusing('strictTools'),
  ],
  ['system tools', { toolConfig: { tools: [{ systemTool: { name: 'nova_grounding' } }] } }],
  ['tool results: text, JSON', results([TEXT, { json: { a: 1 } }])],
  ['tool results: the status `error`', results([TEXT], 'error')],
  ['tool results: an image', results([{ image: { format: 'png', source: bytes } }]), refusing('image')],
  [
    'tool results: a document',
    results([{ document: { format: 'pdf', name: 'd', source: bytes } }]),
    refusing('document'),
  ],
  ['tool uses and results without `toolConfig`', { ...results([TEXT]), toolConfig: undefined }],
  ['images', beside({ image: { format: 'png', source: bytes } })],
  ['documents', beside({ document: { format: 'pdf', name: 'd', source: bytes } })],
  ['videos', beside({ video: { format: 'mp4', source: bytes } })],
  ['audio', beside({ audio: { format: 'mp3', source: bytes } })],
  ['images in Amazon S3', beside({ image: { format: 'png', source: s3 } }), refusing('s3Location')],
  ['signed reasoning of earlier turns', after(signed, TEXT)],
  ['redacted reasoning of earlier turns', after({ reasoningContent: { redactedContent: 'AAAA' } }, TEXT)],
  [
    'reasoning of earlier turns without a signature',
    after({ reasoningContent: { reasoningText: { text: 'a' } } }, TEXT),
  ],
  ['reasoning as the only content of a turn', after(signed)],
  ['`thinking` with a budget', fields({ thinking: { type: 'enabled', budget_tokens: 2_000 } })],
  ['adaptive `thinking`', fields({ thinking: { type: 'adaptive' } })],
  ['`outputConfig.effort`', { outputConfig: { effort: 'low' } }],
  ['`reasoningConfig`, `reasoning_effort`', fields({ reasoning_effort: 'low' })],
  ['cache points in the system prompt', { system: [TEXT, cachePoint()] }],
  ['cache points in messages', beside(cachePoint())],
  [
    'cache points in tools',
    { toolConfig: { tools: [...TOOLS.tools, cachePoint()] } },
    refusing('cachePointInTools'),
  ],
  ['cache points of one hour', { system: [TEXT, cachePoint({ ttl: '1h' })] }, refusing('cacheOneHour')],
  [
    'citations of a document',
    beside({ document: { format: 'pdf', name: 'd', source: bytes, citations: { enabled: true } } }),
    refusing('citations'),
  ],
  ['search results', beside({ searchResult: { source: 's', title: 't', content: [TEXT] } })],
  ['citations of earlier turns', after({ citationsContent: { content: [TEXT], citations: [] } })],
  ['`guardContent`', beside({ guardContent: { text: TEXT } })],
  [
    '`guardrailConfig`, with a trace',
    { guardrailConfig: { guardrailIdentifier: 'g', guardrailVersion: '1', trace: 'enabled' } },
  ],
  ['`requestMetadata`', { requestMetadata: { team: 'a' } }],
  ['`promptVariables`', { promptVariables: { name: TEXT } }],
  ['`additionalModelResponseFieldPaths`', { additionalModelResponseFieldPaths: ['/stop_sequence'] }],
  ['`performanceConfig`', { performanceConfig: { latency: 'optimized' } }],
  ['`serviceTier`', { serviceTier: { type: 'flex' } }],
  [
    'output by a JSON schema',
    {
      outputConfig: {
        textFormat: { type: 'json_schema', structure: { jsonSchema: { name: 'a', schema: '{}' } } },
      },
    },
  ],
  ['`temperature`, also 0', inference({ temperature: 0 })],
  ['`topP`', inference({ topP: 0.5 })],
  ['`temperature` with `topP`', inference({ temperature: 0, topP: 0.5 }), refusing('temperatureWithTopP')],
  ['`top_k`', fields({ top_k: 4 })],
  ['other `additionalModelRequestFields`', fields({ seed: 1 })],
  ['up to four stop sequences', inference({ stopSequences: ['a', 'b'] })],
  ['more than four stop sequences', inference({ stopSequences: ['a', 'b', 'c', 'd', 'e'] })],
  ['`maxTokens` above the limit of the model', inference({ maxTokens: 9_000 }), { maxTokens: 8_000 }],
  [
    '`maxTokens`, of a model that writes less than 4,096',
    inference({ maxTokens: 9_000 }),
    { maxTokens: 4_000 },
  ],
  ['no `maxTokens`', inference({})],
  ['a last message of the assistant', { messages: [user(TEXT), assistant(TEXT)] }],
  ['messages of one role in a row', { messages: [user(TEXT), user(TEXT)] }],
  ['members that this release does not know', { newMember: 1 }],
  ['blocks that this release does not know', beside({ newBlock: {} })],
];
