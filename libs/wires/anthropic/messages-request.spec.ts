import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { countTokensOf, readMessages } from './messages-request.js';

const messages = [{ role: 'user', content: 'Hi' }];
const body = (members: object) =>
  Buffer.from(JSON.stringify({ model: 'clinical', max_tokens: 50, messages, ...members }));
const read = (members: object, betas?: string) => readMessages(body(members), betas);
const claudeOf = (members: object, betas?: string) =>
  JSON.parse(read(members, betas).encoding.body.toString('utf8'));

describe('a request for Claude', () => {
  it('keeps the bytes of the client, without the model and with the version of Bedrock', () => {
    const sent = Buffer.from(
      '{ "model":"clinical", "max_tokens": 5e1,"stream":true, "messages":[ {"role":"user","content":"K\\u00e4se?"} ], "top_p":1.0 }',
    );
    const { modelId, isStreamed, encoding } = readMessages(sent, undefined);
    expect([modelId, isStreamed]).toEqual(['clinical', true]);
    expect(encoding.body.toString()).toBe(
      '{ "max_tokens": 5e1, "messages":[ {"role":"user","content":"K\\u00e4se?"} ], "top_p":1.0 ,"anthropic_version":"bedrock-2023-05-31"}',
    );
    expect(encoding).toMatchObject({
      operation: 'invoke-with-response-stream',
      shape: { family: 'claude' },
      demands: { maxTokens: 50, hasUnknown: false },
    });
  });

  it('is whole unless it asks for a stream', () => {
    for (const members of [{}, { stream: false }])
      expect(read(members)).toMatchObject({ isStreamed: false, encoding: { operation: 'invoke' } });
  });

  it('has the betas of its header and of its body', () => {
    expect(claudeOf({}, undefined)).not.toHaveProperty('anthropic_beta');
    expect(claudeOf({}, ' a-1, b-2 ,').anthropic_beta).toEqual(['a-1', 'b-2']);
    expect(claudeOf({ anthropic_beta: ['c-3', 'a-1'] }, 'a-1,b-2').anthropic_beta).toEqual([
      'c-3',
      'a-1',
      'b-2',
    ]);
  });

  it('has the version of Bedrock, whatever the client sends', () => {
    expect(claudeOf({ anthropic_version: '2023-06-01' }).anthropic_version).toBe('bedrock-2023-05-31');
  });

  it('keeps what this release does not know, for the model that is asked first', () => {
    expect(claudeOf({ speed: 'fast' }).speed).toBe('fast');
    expect(read({ speed: 'fast' }).encoding.demands.hasUnknown).toBe(true);
  });

  it('names its user', () => {
    expect(read({ metadata: { user_id: 'anna' } }).userId).toBe('anna');
    for (const metadata of [undefined, null, {}, { user_id: null }, { user_id: '' }])
      expect(read({ metadata }).userId).toBeUndefined();
  });
});

describe('a request for other models', () => {
  it('goes to a fallback of another family only if that has a place for all of it', () => {
    expect(read({}).encoding.demands.hasOwnFields).toBe(false);
    const own = read({ tools: [{ type: 'bash_20250124', name: 'bash' }] });
    expect(own.encoding.demands.hasOwnFields).toBe(true);
    expect(own.alternative).toThrow('tools.0.type: is taken by models of Claude only');
  });

  it('is made once, in the form of Converse', () => {
    const { alternative } = read({ stream: true });
    expect(alternative()).toMatchObject({ operation: 'converse-stream', shape: { family: 'converse' } });
    expect(alternative()).toBe(alternative());
    expect(read({}).alternative()).toMatchObject({ operation: 'converse' });
  });
});

describe('what no model of Bedrock takes', () => {
  const content = (block: object) => ({ messages: [{ role: 'user', content: [block] }] });
  it.each<[string, object, string]>([
    ['a container', { container: 'c-1' }, 'container'],
    ['MCP servers', { mcp_servers: [{ type: 'url' }] }, 'mcp_servers'],
    ['a search on the web', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }, 'tools.0.type'],
    ['a fetch from the web', { tools: [{ name: 'a' }, { type: 'web_fetch_20250910' }] }, 'tools.1.type'],
    ['code that Anthropic runs', { tools: [{ type: 'code_execution_20250825' }] }, 'tools.0.type'],
    ['tools of an MCP server', { tools: [{ type: 'mcp_toolset' }] }, 'tools.0.type'],
    [
      'an image by its URL',
      content({ type: 'image', source: { type: 'url', url: 'https://x' } }),
      'messages.0.content.0.source',
    ],
    [
      'a document by the id of a file',
      content({ type: 'document', source: { type: 'file', file_id: 'f' } }),
      'messages.0.content.0.source',
    ],
    [
      'an image by its URL in a result',
      content({ type: 'tool_result', content: [{ type: 'image', source: { type: 'url' } }] }),
      'messages.0.content.0.content.0.source',
    ],
    ['a file in a container', content({ type: 'container_upload' }), 'messages.0.content.0.type'],
    ['a use of a tool of a server', content({ type: 'server_tool_use' }), 'messages.0.content.0.type'],
    ['a result of a search', content({ type: 'web_search_tool_result' }), 'messages.0.content.0.type'],
  ])('is refused by its name: %s', (_, members, field) => {
    const refusal = expect.objectContaining({
      extensions: { errors: [{ field, message: expect.any(String) }] },
    });
    expect(() => read(members)).toThrow(refusal);
    expect(() => countTokensOf(body(members), undefined)).toThrow(refusal);
  });

  it('leaves tools that the client runs to Claude', () => {
    const tools = [
      { type: 'bash_20250124', name: 'bash' },
      { type: 'custom', name: 'web_search' },
    ];
    expect(claudeOf({ tools }).tools).toEqual(tools);
  });
});

it.each<[string, object, string]>([
  ['no model', { model: undefined }, 'model'],
  ['an empty model', { model: '' }, 'model'],
  ['a model that is no text', { model: 5 }, 'model'],
  ['a stream that is no boolean', { stream: 'yes' }, 'stream'],
  ['a user that is no text', { metadata: { user_id: 5 } }, 'metadata.user_id'],
])('refuses %s', (_, members, field) => {
  expect(() => read(members)).toThrow(`${field}: `);
});

it('refuses what is no JSON object', () => {
  for (const text of ['', '[]', '{"model":', '"x"'])
    expect(() => readMessages(Buffer.from(text), undefined)).toThrow(InvalidInputError);
});

describe('a count of tokens', () => {
  const countedOf = (members: object) => {
    const { input } = JSON.parse(countTokensOf(body(members), 'a-1').body.toString());
    return JSON.parse(Buffer.from(input.invokeModel.body, 'base64').toString());
  };

  it('has the body of a call', () => {
    expect(countTokensOf(body({ metadata: { user_id: 'anna' } }), undefined)).toMatchObject({
      ...{ modelId: 'clinical', userId: 'anna' },
    });
    const versions = { anthropic_version: 'bedrock-2023-05-31', anthropic_beta: ['a-1'] };
    expect(countedOf({})).toEqual({ max_tokens: 50, messages, ...versions });
  });

  it('has a limit of tokens above that of its thinking, where the client sends none', () => {
    expect(countedOf({ max_tokens: undefined }).max_tokens).toBe(1);
    const thinking = { type: 'enabled', budget_tokens: 2_000 };
    expect(countedOf({ max_tokens: undefined, thinking }).max_tokens).toBe(2_001);
  });
});
