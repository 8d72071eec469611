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
const s3 = { s3Location: { uri: 's3://bucket/key', bucketOwner: '111122223333' } };
const pdf = (source: object, more: object = {}) => ({
  document: { format: 'pdf', name: 'd', source, ...more },
});
const found = { source: 's', title: 't', content: [TEXT] };

const SPEC = { name: 'f', description: 'd', inputSchema: { json: { type: 'object' } } };
const TOOLS = { tools: [{ toolSpec: SPEC }] };
const USE = { toolUse: { toolUseId: 't1', name: 'f', input: {} } };
const results = (content: object[], status?: string) => ({
  messages: [user(TEXT), assistant(USE), user({ toolResult: { toolUseId: 't1', content, status } })],
  toolConfig: TOOLS,
});
const TOOL = { type: 'mcp', name: 'f', serverName: 's' };
const signed = { reasoningContent: { reasoningText: { text: 'a', signature: 's' } } };
const cachePoint = (more: object = {}) => ({ cachePoint: { type: 'default', ...more } });
const fields = (more: object) => ({ additionalModelRequestFields: more });
const inference = (more: object) => ({ inferenceConfig: more });

/** Citations of every kind of place. */
const CITATIONS = [
  { web: { url: 'https://example.org', domain: 'example.org' } },
  { documentChar: { documentIndex: 0, start: 0, end: 1 } },
  { documentPage: { documentIndex: 0, start: 0, end: 1 } },
  { documentChunk: { documentIndex: 0, start: 0, end: 1 } },
  { searchResultLocation: { searchResultIndex: 0, start: 0, end: 1 } },
].map((location) => ({ title: 't', source: 's', sourceContent: [TEXT], location }));

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
  ['tool results: a document', results([pdf(bytes)]), refusing('document')],
  ['tool results: a video', results([{ video: { format: 'mp4', source: bytes } }]), refusing('video')],
  ['tool results: search results', results([{ searchResult: found }]), refusing('citations')],
  [
    'uses and results of a server tool in earlier turns',
    {
      ...after(
        { toolUse: { ...USE.toolUse, type: 'server_tool_use' } },
        { toolResult: { toolUseId: 't1', content: [TEXT], type: 'nova_grounding_result' } },
      ),
      toolConfig: TOOLS,
    },
  ],
  [
    'tools that a message adds or removes',
    {
      ...beside({ toolAddition: { tool: TOOL } }, { toolRemoval: { tool: TOOL } }),
      toolConfig: TOOLS,
    },
  ],
  ['tool uses and results without `toolConfig`', { ...results([TEXT]), toolConfig: undefined }],
  ['images', beside({ image: { format: 'png', source: bytes } })],
  ['documents', beside(pdf(bytes))],
  [
    'documents as text or as blocks, with a context',
    beside(pdf({ text: 'Hi' }, { context: 'c' }), pdf({ content: [TEXT] })),
  ],
  ['videos', beside({ video: { format: 'mp4', source: bytes } })],
  ['audio', beside({ audio: { format: 'mp3', source: bytes } })],
  ['images in Amazon S3', beside({ image: { format: 'png', source: s3 } }), refusing('s3Location')],
  [
    'documents, videos and audio in Amazon S3',
    beside(pdf(s3), { video: { format: 'mp4', source: s3 } }, { audio: { format: 'mp3', source: s3 } }),
    refusing('s3Location'),
  ],
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
  ['citations of a document', beside(pdf(bytes, { citations: { enabled: true } })), refusing('citations')],
  ['search results', beside({ searchResult: { ...found, citations: { enabled: true } } })],
  ['citations of earlier turns', after({ citationsContent: { content: [TEXT], citations: CITATIONS } })],
  ['`guardContent`', beside({ guardContent: { text: { ...TEXT, qualifiers: ['query'] } } })],
  ['`guardContent`: an image', beside({ guardContent: { image: { format: 'png', source: bytes } } })],
  ['`guardContent` in the system prompt', { system: [{ guardContent: { text: TEXT } }] }],
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
        textFormat: {
          type: 'json_schema',
          structure: { jsonSchema: { name: 'a', description: 'd', schema: '{}' } },
        },
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

const stopReason = (reason: string): AnswerFeature => [
  `stop reason \`${reason}\``,
  `"stopReason":"${reason}"`,
];

/** Feature of an answer, and a text that an answer with it has; '': a whole answer has none. In a stream it may be another. */
export type AnswerFeature = [feature: string, text: string, inStream?: string];

/** Every feature of an answer of Converse. */
export const ANSWER_FEATURES: AnswerFeature[] = [
  ['text', '"text":'],
  ['use of a tool', '"toolUse":{"toolUseId"'],
  ['reasoning with its signature', '"signature":'],
  ['redacted reasoning', '"redactedContent":'],
  ['citations', '"citationsContent":', '"citation":'],
  ['begin and end of each block', '', 'contentBlockStop'],
  stopReason('end_turn'),
  stopReason('tool_use'),
  stopReason('max_tokens'),
  stopReason('stop_sequence'),
  stopReason('guardrail_intervened'),
  stopReason('content_filtered'),
  stopReason('model_context_window_exceeded'),
  stopReason('malformed_model_output'),
  stopReason('malformed_tool_use'),
  ['trace of a guardrail', '"trace":{"guardrail"'],
  ['usage: reads from a cache', '"cacheReadInputTokens":'],
  ['usage: writes to a cache, by time to live', '"cacheDetails":[{"inputTokens":7,"ttl":"1h"}]'],
  ['`additionalModelResponseFields`', '"additionalModelResponseFields":'],
  ['`performanceConfig` and `serviceTier`', '"serviceTier":{"type":'],
  ['members that this release does not know', '"newMember":'],
];
