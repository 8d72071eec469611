import { describe, expect, it } from 'vitest';
import { converseOfClaude } from './converse-of-claude.js';

const question = { role: 'user', content: 'Hi' };
const of = (members: object) =>
  // The JSON that is sent: it has no members without a value.
  JSON.parse(
    JSON.stringify(converseOfClaude({ model: 'm', max_tokens: 50, messages: [question], ...members })),
  );
const ofBlock = (block: object, role = 'user') =>
  of({ messages: [{ role, content: [block] }] }).messages[0].content;

const CACHED = { cache_control: { type: 'ephemeral' } };
const TOOL = { name: 'weather', input_schema: { type: 'object' } };
const TOOL_SPEC = { toolSpec: { name: 'weather', inputSchema: { json: { type: 'object' } } } };
const PNG = { type: 'base64', media_type: 'image/png', data: 'iVBO' };
const IMAGE = { image: { format: 'png', source: { bytes: 'iVBO' } } };

it('has the least that a request has', () => {
  expect(of({})).toEqual({
    messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
    inferenceConfig: { maxTokens: 50 },
  });
});

it.each<[string, object, object]>([
  ['a system prompt', { system: 'Be kind' }, { system: [{ text: 'Be kind' }] }],
  [
    'system blocks, each for itself',
    {
      system: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b', ...CACHED },
      ],
    },
    { system: [{ text: 'a' }, { text: 'b' }, { cachePoint: { type: 'default' } }] },
  ],
  [
    'its settings',
    { temperature: 0, top_p: 0.5, stop_sequences: ['x'] },
    { inferenceConfig: { maxTokens: 50, temperature: 0, topP: 0.5, stopSequences: ['x'] } },
  ],
  ['top_k', { top_k: 5 }, { additionalModelRequestFields: { top_k: 5 } }],
  [
    'thinking',
    { thinking: { type: 'enabled', budget_tokens: 2_000 } },
    { additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2_000 } } },
  ],
  ['an effort', { output_config: { effort: 'low' } }, { outputConfig: { effort: 'low' } }],
  [
    'a schema of the answer',
    { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } },
    {
      outputConfig: {
        textFormat: {
          type: 'json_schema',
          structure: { jsonSchema: { name: 'answer', schema: '{"type":"object"}' } },
        },
      },
    },
  ],
  ['tools', { tools: [TOOL] }, { toolConfig: { tools: [TOOL_SPEC] } }],
  [
    'all of a tool',
    {
      tools: [
        {
          type: 'custom',
          ...TOOL,
          description: 'd',
          strict: true,
          cache_control: { type: 'ephemeral', ttl: '1h' },
        },
      ],
    },
    {
      toolConfig: {
        tools: [
          { toolSpec: { ...TOOL_SPEC.toolSpec, description: 'd', strict: true } },
          { cachePoint: { type: 'default', ttl: '1h' } },
        ],
      },
    },
  ],
  [
    'a choice',
    { tools: [TOOL], tool_choice: { type: 'auto' } },
    { toolConfig: { tools: [TOOL_SPEC], toolChoice: { auto: {} } } },
  ],
  [
    'any tool',
    { tools: [TOOL], tool_choice: { type: 'any', disable_parallel_tool_use: false } },
    { toolConfig: { tools: [TOOL_SPEC], toolChoice: { any: {} } } },
  ],
  [
    'one tool',
    { tools: [TOOL], tool_choice: { type: 'tool', name: 'weather' } },
    { toolConfig: { tools: [TOOL_SPEC], toolChoice: { tool: { name: 'weather' } } } },
  ],
])('has %s', (_, members, expected) => {
  expect(of(members)).toMatchObject(expected);
});

it.each<[string, object]>([
  ['thinking that is off', { thinking: { type: 'disabled' } }],
  ['metadata, which says whom the call is for', { metadata: { user_id: 'anna' } }],
  ['betas, which are of Claude', { anthropic_beta: ['a-1'] }],
  ['tools that may not be used', { tools: [TOOL], tool_choice: { type: 'none' } }],
  ['no tools', { tools: [] }],
  ['empty settings of the answer', { output_config: { effort: null } }],
])('goes without %s', (_, members) => {
  expect(of(members)).toEqual(of({}));
});

describe('a block', () => {
  it.each<[string, object, object[]]>([
    ['text', { type: 'text', text: 'a', citations: null }, [{ text: 'a' }]],
    ['an image', { type: 'image', source: PNG }, [IMAGE]],
    [
      'a use of a tool',
      { type: 'tool_use', id: 't-1', name: 'weather', input: { city: 'Bonn' } },
      [{ toolUse: { toolUseId: 't-1', name: 'weather', input: { city: 'Bonn' } } }],
    ],
    [
      'a result',
      { type: 'tool_result', tool_use_id: 't-1', content: 'Rain' },
      [{ toolResult: { toolUseId: 't-1', content: [{ text: 'Rain' }] } }],
    ],
    [
      'a result without content',
      { type: 'tool_result', tool_use_id: 't-1' },
      [{ toolResult: { toolUseId: 't-1', content: [] } }],
    ],
    [
      'a failed result with an image, cached',
      {
        type: 'tool_result',
        tool_use_id: 't-1',
        is_error: true,
        content: [{ type: 'image', source: PNG, ...CACHED }],
      },
      [
        { toolResult: { toolUseId: 't-1', content: [IMAGE], status: 'error' } },
        { cachePoint: { type: 'default' } },
      ],
    ],
    [
      'thinking',
      { type: 'thinking', thinking: 'Hm', signature: 's' },
      [{ reasoningContent: { reasoningText: { text: 'Hm', signature: 's' } } }],
    ],
    [
      'thinking without a signature',
      { type: 'thinking', thinking: 'Hm' },
      [{ reasoningContent: { reasoningText: { text: 'Hm' } } }],
    ],
    [
      'redacted thinking',
      { type: 'redacted_thinking', data: 'AA==' },
      [{ reasoningContent: { redactedContent: 'AA==' } }],
    ],
    [
      'a cached text',
      { type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '5m' } },
      [{ text: 'a' }, { cachePoint: { type: 'default' } }],
    ],
  ])('of %s', (_, block, expected) => {
    expect(ofBlock(block)).toEqual(expected);
  });

  it('of a document has a name that Converse takes, and no other has', () => {
    const pdf = { type: 'base64', media_type: 'application/pdf', data: 'JVBE' };
    const text = { type: 'text', media_type: 'text/plain', data: 'Käse' };
    const content = [
      { type: 'document', source: pdf, title: 'Bericht/für  Anna.pdf' },
      { type: 'document', source: pdf },
      { type: 'document', source: text, title: 'document', citations: { enabled: false } },
    ];
    expect(of({ messages: [{ role: 'user', content }] }).messages[0].content).toEqual([
      { document: { format: 'pdf', name: 'Bericht f r Anna pdf', source: { bytes: 'JVBE' } } },
      { document: { format: 'pdf', name: 'document', source: { bytes: 'JVBE' } } },
      { document: { format: 'txt', name: 'document (2)', source: { bytes: 'S8Okc2U=' } } },
    ]);
  });
});

it('keeps the tools that earlier turns used, where none may be used now', () => {
  const messages = [
    question,
    { role: 'assistant', content: [{ type: 'tool_use', id: 't-1', name: 'weather', input: {} }] },
  ];
  expect(of({ messages, tools: [TOOL], tool_choice: { type: 'none' } }).toolConfig).toEqual({
    tools: [TOOL_SPEC],
  });
});

const ofClaude = (field: string) => `${field}: is taken by models of Claude only`;
const inMessage = (block: object) => ({ messages: [{ role: 'user', content: [block] }] });
it.each<[string, object, string]>([
  ['an unknown member', { speed: 'fast' }, ofClaude('speed')],
  ['a service tier', { service_tier: 'auto' }, ofClaude('service_tier')],
  ['a cache control of the request', CACHED, ofClaude('cache_control')],
  [
    'one tool at a time',
    { tools: [TOOL], tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
    ofClaude('tool_choice.disable_parallel_tool_use'),
  ],
  [
    'a tool of Anthropic',
    { tools: [{ type: 'bash_20250124', name: 'bash', input_schema: {} }] },
    ofClaude('tools.0.type'),
  ],
  ['a setting of a tool', { tools: [{ ...TOOL, defer_loading: true }] }, ofClaude('tools.0.defer_loading')],
  ['a search result', inMessage({ type: 'search_result' }), ofClaude('messages.0.content.0.type')],
  [
    'citations',
    inMessage({
      type: 'document',
      source: { type: 'text', media_type: 'text/plain', data: '' },
      citations: { enabled: true },
    }),
    ofClaude('messages.0.content.0.citations.enabled'),
  ],
  [
    'a context of a document',
    inMessage({
      type: 'document',
      source: { type: 'text', media_type: 'text/plain', data: '' },
      context: 'c',
    }),
    ofClaude('messages.0.content.0.context'),
  ],
  [
    'a document of blocks',
    inMessage({ type: 'document', source: { type: 'content', content: 'a' } }),
    ofClaude('messages.0.content.0.source.type'),
  ],
  [
    'a tool reference in a result',
    inMessage({ type: 'tool_result', tool_use_id: 't', content: [{ type: 'tool_reference' }] }),
    ofClaude('messages.0.content.0.content.0.type'),
  ],
  [
    'another image',
    inMessage({ type: 'image', source: { ...PNG, media_type: 'image/tiff' } }),
    'messages.0.content.0.source.media_type: ',
  ],
  ['another role', { messages: [{ role: 'system', content: 'a' }] }, 'messages.0.role: '],
  ['no limit of tokens', { max_tokens: undefined }, 'max_tokens: '],
  ['no messages', { messages: undefined }, 'messages: '],
])('refuses %s by its name', (_, members, expected) => {
  expect(() => of(members)).toThrow(expected);
});

it('never repeats a text of the request in its refusal', () => {
  const secret = 'a secret text';
  for (const members of [
    { messages: [{ role: secret, content: secret }] },
    inMessage({ type: 'image', source: { type: secret, data: secret } }),
    { temperature: secret, tools: [{ type: secret, name: secret }] },
  ])
    expect(() => of(members)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(secret) }),
    );
});
