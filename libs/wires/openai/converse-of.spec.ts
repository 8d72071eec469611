import { describe, expect, it } from 'vitest';
import { readChatRequest } from './chat-request.js';
import { converseOf } from './converse-of.js';

const HI = { role: 'user', content: 'Hi' };
const request = (members: object = {}) => ({ model: 'clinical', messages: [HI], ...members });
const converse = (members?: object) => converseOf(readChatRequest(request(members)));
const ofMessages = (...messages: object[]) => converse({ messages });
const turn = (role: string, ...content: object[]) => ({ role, content });
const hi = turn('user', { text: 'Hi' });

/** The field that a refusal names first, and its code. */
function refusalOf(members: object) {
  try {
    converse(members);
  } catch (error) {
    const { code, extensions } = error as { code: string; extensions: { errors: { field: string }[] } };
    return [code, extensions.errors[0]!.field];
  }
  throw new Error('the request was taken');
}

const PDF = 'data:application/pdf;base64,JVBERi0=';
const call = (input: string) => ({ id: 'c1', type: 'function', function: { name: 'f', arguments: input } });
const result = (content: unknown, id = 'c1') => ({ role: 'tool', tool_call_id: id, content });
const toolUse = { toolUse: { toolUseId: 'c1', name: 'f', input: { a: 1 } } };
const aTool = (members: object = {}) => ({ type: 'function', function: { name: 'f', ...members } });
const EMPTY_SCHEMA = { type: 'object', properties: {} };

describe('the messages of OpenAI become those of Converse', () => {
  it('instructions, one block for each part, also after the first message of the user', () => {
    const parts = [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ];
    expect(ofMessages({ role: 'system', content: parts }, HI, { role: 'developer', content: 'c' })).toEqual({
      system: [{ text: 'a' }, { text: 'b' }, { text: 'c' }],
      messages: [hi],
    });
  });

  it.each<[string, object, object]>([
    ['a text', { type: 'text', text: 'a' }, { text: 'a' }],
    [
      'an image',
      { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,/9j/', detail: 'auto' } },
      { image: { format: 'jpeg', source: { bytes: '/9j/' } } },
    ],
    [
      'a file as a data URL',
      { type: 'file', file: { file_data: PDF, filename: 'Befund_2026: "Käse".pdf' } },
      { document: { format: 'pdf', name: 'Befund 2026 K se', source: { bytes: 'JVBERi0=' } } },
    ],
    [
      'a file as base64',
      { type: 'file', file: { file_data: 'YQ==', filename: 'list.CSV' } },
      { document: { format: 'csv', name: 'list', source: { bytes: 'YQ==' } } },
    ],
    [
      'a file without a name',
      { type: 'file', file: { file_data: 'data:text/plain;charset=utf-8;base64,YQ==' } },
      { document: { format: 'txt', name: 'document', source: { bytes: 'YQ==' } } },
    ],
    [
      'audio',
      { type: 'input_audio', input_audio: { data: 'UklG', format: 'wav' } },
      { audio: { format: 'wav', source: { bytes: 'UklG' } } },
    ],
  ])('%s of the user', (_, part, block) => {
    const content = [{ type: 'text', text: 'See' }, part];
    expect(ofMessages({ role: 'user', content }).messages).toEqual([turn('user', { text: 'See' }, block)]);
  });

  it('files of one name, with separate names', () => {
    const file = { type: 'file', file: { file_data: PDF, filename: 'a.pdf' } };
    const { messages } = ofMessages({ role: 'user', content: [{ type: 'text', text: 'See' }, file, file] });
    const [{ content }] = messages as [{ content: { document?: { name: string } }[] }];
    expect(content.map(({ document }) => document?.name)).toEqual([undefined, 'a', 'a (2)']);
  });

  it.each<[string, object, object[]]>([
    ['a text', { content: 'a' }, [{ text: 'a' }]],
    ['a refusal', { content: null, refusal: 'No' }, [{ text: 'No' }]],
    ['parts', { content: [{ type: 'refusal', refusal: 'No' }] }, [{ text: 'No' }]],
    ['the use of a tool', { content: '', tool_calls: [call('{"a":1}')] }, [toolUse]],
    [
      'the use of a tool without input',
      { tool_calls: [call('')] },
      [{ toolUse: { ...toolUse.toolUse, input: {} } }],
    ],
    [
      'reasoning, which comes first',
      {
        content: 'a',
        reasoning_content: 'Hm',
        thinking_blocks: [
          { type: 'thinking', thinking: 'Hm', signature: 's' },
          { type: 'redacted_thinking', data: 'eA==' },
        ],
      },
      [
        { reasoningContent: { reasoningText: { text: 'Hm', signature: 's' } } },
        { reasoningContent: { redactedContent: 'eA==' } },
        { text: 'a' },
      ],
    ],
    [
      'reasoning without a signature',
      { content: 'a', reasoning_content: 'Hm' },
      [{ reasoningContent: { reasoningText: { text: 'Hm' } } }, { text: 'a' }],
    ],
    [
      'what SDKs add to an answer',
      { content: 'a', audio: null, function_call: null, parsed: null, refusal: null, tool_calls: null },
      [{ text: 'a' }],
    ],
  ])('%s of the assistant', (_, members, content) => {
    const { messages } = ofMessages(HI, { role: 'assistant', ...members });
    expect(messages).toEqual([hi, turn('assistant', ...content)]);
  });

  it('results of tools, together with what the user writes after them', () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBO' } };
    const { messages } = ofMessages(
      HI,
      { role: 'assistant', tool_calls: [call('{"a":1}')] },
      result('Rain'),
      result([{ type: 'text', text: 'Sun' }, image], 'c2'),
      HI,
    );
    expect(messages).toEqual([
      hi,
      turn('assistant', toolUse),
      turn(
        'user',
        { toolResult: { toolUseId: 'c1', content: [{ text: 'Rain' }] } },
        {
          toolResult: {
            toolUseId: 'c2',
            content: [{ text: 'Sun' }, { image: { format: 'png', source: { bytes: 'iVBO' } } }],
          },
        },
        { text: 'Hi' },
      ),
    ]);
  });
});

describe('the parameters of OpenAI become those of Converse', () => {
  const tools = [aTool()];
  const toolSpec = { name: 'f', inputSchema: { json: EMPTY_SCHEMA } };
  const schema = { type: 'object', properties: { a: { enum: [null, 1] } } };
  it.each<[string, object, object]>([
    [
      'max_completion_tokens',
      { max_completion_tokens: 9, max_tokens: 8 },
      { inferenceConfig: { maxTokens: 9 } },
    ],
    ['max_tokens', { max_tokens: 8 }, { inferenceConfig: { maxTokens: 8 } }],
    [
      'temperature and top_p, also zero',
      { temperature: 0, top_p: 0 },
      { inferenceConfig: { temperature: 0, topP: 0 } },
    ],
    ['stop', { stop: 'x' }, { inferenceConfig: { stopSequences: ['x'] } }],
    ['several stops', { stop: ['x', 'y'] }, { inferenceConfig: { stopSequences: ['x', 'y'] } }],
    ['tools', { tools }, { toolConfig: { tools: [{ toolSpec }] } }],
    [
      'strict tools with a schema',
      { tools: [aTool({ description: 'd', parameters: schema, strict: true })] },
      {
        toolConfig: {
          tools: [{ toolSpec: { name: 'f', description: 'd', inputSchema: { json: schema }, strict: true } }],
        },
      },
    ],
    ['no tools', { tools: [], tool_choice: 'auto', parallel_tool_calls: false }, {}],
    [
      'tool_choice auto',
      { tools, tool_choice: 'auto' },
      { toolConfig: { tools: [{ toolSpec }], toolChoice: { auto: {} } } },
    ],
    [
      'tool_choice required',
      { tools, tool_choice: 'required' },
      { toolConfig: { tools: [{ toolSpec }], toolChoice: { any: {} } } },
    ],
    [
      'tool_choice by name',
      { tools, tool_choice: { type: 'function', function: { name: 'f' } } },
      { toolConfig: { tools: [{ toolSpec }], toolChoice: { tool: { name: 'f' } } } },
    ],
    ['tool_choice none', { tools, tool_choice: 'none' }, {}],
    ['response_format text', { response_format: { type: 'text' } }, {}],
    [
      'response_format json_schema',
      { response_format: { type: 'json_schema', json_schema: { name: 'n', schema, strict: true } } },
      {
        outputConfig: {
          textFormat: {
            type: 'json_schema',
            structure: { jsonSchema: { name: 'n', schema: JSON.stringify(schema) } },
          },
        },
      },
    ],
    ['service_tier auto', { service_tier: 'auto' }, {}],
    ['service_tier', { service_tier: 'flex' }, { serviceTier: { type: 'flex' } }],
    ['metadata', { metadata: { team: 'A 1' } }, { requestMetadata: { team: 'A 1' } }],
    ['users', { user: 'u', safety_identifier: 's', prompt_cache_key: 'k' }, {}],
    ['what is for the answer', { stream: true, stream_options: { include_usage: true } }, {}],
    [
      'what asks for nothing',
      {
        ...{ n: 1, logprobs: false, logit_bias: {}, seed: null, frequency_penalty: 0, presence_penalty: 0 },
        ...{ modalities: ['text'], store: false, audio: null, metadata: {} },
      },
      {},
    ],
  ])('%s', (_, members, expected) => {
    expect(converse(members)).toEqual({ messages: [hi], ...expected });
  });

  it('tool_choice none with tools in the history, which models want to know', () => {
    const messages = [HI, { role: 'assistant', tool_calls: [call('{}')] }, result('Rain')];
    expect(converse({ tools, tool_choice: 'none', messages }).toolConfig).toEqual({ tools: [{ toolSpec }] });
  });
});

describe('what Converse has not', () => {
  it.each<[string, unknown]>([
    ['n', 2],
    ['logprobs', true],
    ['top_logprobs', 3],
    ['logit_bias', { 50256: -100 }],
    ['seed', 1],
    ['frequency_penalty', 0.5],
    ['presence_penalty', -1],
    ['modalities', ['text', 'audio']],
    ['audio', { voice: 'alloy' }],
    ['web_search_options', {}],
    ['prediction', { type: 'content', content: 'a' }],
    ['store', true],
    ['functions', []],
    ['verbosity', 'low'],
    ['top_k', 4],
  ])('is refused by its name: %s', (name, value) => {
    expect(refusalOf({ [name]: value })).toEqual(['unsupported_parameter', name]);
  });

  it.each<[string, object, string]>([
    ['temperature', { temperature: 1.1 }, 'temperature'],
    ['response_format', { response_format: { type: 'json_object' } }, 'response_format.type'],
    ['reasoning_effort', { reasoning_effort: 'xhigh' }, 'reasoning_effort'],
    ['tool_choice', { tools: [aTool()], tool_choice: { type: 'allowed_tools' } }, 'tool_choice'],
    ['a choice without tools', { tool_choice: 'required' }, 'tool_choice'],
    ['a tool of another type', { tools: [{ type: 'custom', custom: {} }] }, 'tools[0].type'],
    ['a name of a tool', { tools: [aTool({ name: 'a b' })] }, 'tools[0].function.name'],
    ['a long value of metadata', { metadata: { a: 'x'.repeat(257) } }, 'metadata.a'],
    ['a character of metadata', { metadata: { a: 'ä' } }, 'metadata.a'],
    [
      'pairs of metadata',
      { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`k${at}`, 'v'])) },
      'metadata',
    ],
    ['no messages', { messages: [] }, 'messages'],
  ])('is refused where it is: %s', (_, members, field) => {
    const [code, named] = refusalOf(members) as [string, string];
    expect(['invalid_request', 'unsupported_parameter']).toContain(code);
    expect(named).toBe(field);
  });

  const user = (...content: object[]) => ({ role: 'user', content });
  const image = (url: string, more: object = {}) => ({ type: 'image_url', image_url: { url, ...more } });
  const file = (members: object) => ({ type: 'file', file: members });
  it.each<[string, object, string]>([
    ['a URL', user(image('https://example.com/a.png')), 'content[0].image_url.url'],
    ['an image of another type', user(image('data:image/bmp;base64,Qk0=')), 'content[0].image_url.url'],
    ['a document as an image', user(image(PDF)), 'content[0].image_url.url'],
    [
      'a reduced image',
      user(image('data:image/png;base64,iVBO', { detail: 'low' })),
      'content[0].image_url.detail',
    ],
    ['a stored file', user(file({ file_id: 'file-1' })), 'content[0].file.file_id'],
    [
      'a file of another type',
      user(file({ file_data: 'data:a/b;base64,YQ==' })),
      'content[0].file.file_data',
    ],
    [
      'a file without a type',
      user(file({ file_data: 'YQ==', filename: 'a.exe' })),
      'content[0].file.file_data',
    ],
    ['a file without a text', user(file({ file_data: PDF })), 'content'],
    ['another part', user({ type: 'video_url' }), 'content[0].type'],
    ['an empty message', user({ type: 'text', text: '' }), 'content'],
    ['no content', { role: 'assistant' }, 'content'],
    ['a name', { role: 'user', content: 'a', name: 'Anna' }, 'name'],
    ['another role', { role: 'function', content: 'a' }, 'role'],
    [
      'arguments that are no JSON',
      { role: 'assistant', tool_calls: [call('{')] },
      'tool_calls[0].function.arguments',
    ],
    [
      'arguments that are a list',
      { role: 'assistant', tool_calls: [call('[]')] },
      'tool_calls[0].function.arguments',
    ],
  ])('is refused in a message where it is: %s', (_, message, field) => {
    expect(refusalOf({ messages: [HI, message] })[1]).toBe(`messages[1].${field}`);
  });

  it('is an instruction after another message, where the settings are strict', () => {
    const instruction = { role: 'developer', content: 'c' };
    const strict = (...messages: object[]) => readChatRequest(request({ messages }), true);
    expect(() => strict(instruction, HI, { role: 'assistant', content: 'a' }, instruction)).toThrow(
      /messages\[3\].role/,
    );
    expect(strict(instruction, instruction, HI).messages).toHaveLength(3);
    expect(strict(instruction).messages).toHaveLength(1);
  });

  it('is named in at most twenty places', () => {
    const messages = Array.from({ length: 50 }, () => ({ role: 'user', content: 5 }));
    expect(() => converse({ messages })).toThrow(/messages\[19\]/);
    expect(() => converse({ messages })).not.toThrow(/messages\[20\]/);
  });
});
