import {
  BedrockClient,
  GetFoundationModelCommand,
  GetInferenceProfileCommand,
  ListFoundationModelsCommand,
  paginateListInferenceProfiles,
} from '@aws-sdk/client-bedrock';
import {
  BedrockRuntimeClient,
  type ContentBlock,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamOutput,
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
  type Message,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttp2Handler, NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestEmulator, testEmulator } from '../../../test/support/bedrock-emulator.js';

/** That the emulator is taken for Bedrock by the SDK as it comes, without anything of ours in between. */
const CLAUDE = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const NOVA = 'eu.amazon.nova-lite-v1:0';
const messages = [{ role: 'user' as const, content: [{ text: 'How are you today?' }] }];
const png = Uint8Array.from([137, 80, 78, 71]);
const toolConfig = {
  tools: [
    {
      toolSpec: {
        name: 'get_weather',
        inputSchema: {
          json: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        },
      },
    },
  ],
};
const thinking = { thinking: { type: 'enabled', budget_tokens: 1_024 } };
const weather: Message = {
  role: 'user',
  content: [{ text: 'Ask get_weather' }, { image: { format: 'png', source: { bytes: png } } }],
};
const utf8 = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await testEmulator();
});
afterAll(() => emulator.close());

async function collected<T>(events: AsyncIterable<T> | undefined): Promise<T[]> {
  const all: T[] = [];
  for await (const event of events ?? []) all.push(event);
  return all;
}

describe.each(['1.1', '2'] as const)('over HTTP/%s', (version) => {
  let runtime: BedrockRuntimeClient;
  let control: BedrockClient;
  beforeAll(() => {
    emulator.reset();
    const options = {
      endpoint: emulator.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
      maxAttempts: 1,
      requestHandler: version === '2' ? new NodeHttp2Handler() : new NodeHttpHandler(),
    };
    runtime = new BedrockRuntimeClient(options);
    control = new BedrockClient(options);
  });
  afterAll(() => {
    const versions = emulator.calls().calls.map(({ httpVersion }) => httpVersion);
    expect(new Set(versions)).toEqual(new Set([version]));
    runtime.destroy();
    control.destroy();
  });

  it('converses, whole and in a stream', async () => {
    const whole = await runtime.send(new ConverseCommand({ modelId: NOVA, messages }));
    const text = whole.output?.message?.content?.[0]?.text;
    expect(text).toContain('You wrote: How are you today?');
    const { stream } = await runtime.send(new ConverseStreamCommand({ modelId: NOVA, messages }));
    const events: ConverseStreamOutput[] = await collected(stream);
    const types = events.map((event) => Object.keys(event)[0]);
    expect(types.slice(0, 3)).toEqual(['messageStart', 'contentBlockDelta', 'contentBlockDelta']);
    expect(types.slice(-3)).toEqual(['contentBlockStop', 'messageStop', 'metadata']);
    expect(events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('')).toBe(text);
    expect(events.at(-1)?.metadata?.usage).toEqual(whole.usage);
  });

  it('uses a tool, and answers with its result, with the reasoning of the turn', async () => {
    const loop = { modelId: CLAUDE, toolConfig, additionalModelRequestFields: thinking };
    const first = await runtime.send(new ConverseCommand({ ...loop, messages: [weather] }));
    expect(first.stopReason).toBe('tool_use');
    const turn = first.output!.message!;
    const [reasoning, use] = turn.content!;
    expect(reasoning?.reasoningContent?.reasoningText?.signature).toBeTruthy();
    expect(use?.toolUse).toMatchObject({ name: 'get_weather', input: { city: 'city' } });
    const toolResult = { toolUseId: use!.toolUse!.toolUseId, content: [{ json: { degrees: 7 } }] };
    const history: Message[] = [weather, turn, { role: 'user', content: [{ toolResult }] }];
    const second = await runtime.send(new ConverseCommand({ ...loop, messages: history }));
    expect(second.output?.message?.content?.at(-1)?.text).toContain('get_weather returned: {"degrees":7}');
    const unsigned = turn.content!.filter((block: ContentBlock) => !block.reasoningContent);
    history[1] = { ...turn, content: unsigned };
    await expect(runtime.send(new ConverseCommand({ ...loop, messages: history }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('thinking'),
    });
  });

  it('streams the use of a tool after its reasoning', async () => {
    const { stream } = await runtime.send(
      new ConverseStreamCommand({
        ...{ modelId: CLAUDE, toolConfig, messages: [weather] },
        additionalModelRequestFields: thinking,
      }),
    );
    const events: ConverseStreamOutput[] = await collected(stream);
    const deltas = events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta ?? []);
    const signature = deltas.find(({ reasoningContent }) => reasoningContent?.signature !== undefined);
    expect(signature).toBeDefined();
    expect(events.find(({ contentBlockStart }) => contentBlockStart)).toMatchObject({
      contentBlockStart: { contentBlockIndex: 1, start: { toolUse: { name: 'get_weather' } } },
    });
    const input = deltas.map(({ toolUse }) => toolUse?.input ?? '').join('');
    expect(JSON.parse(input)).toEqual({ city: 'city' });
    expect(events.at(-2)?.messageStop?.stopReason).toBe('tool_use');
  });

  it('counts what is cached, by time to live', async () => {
    const cached = async () => {
      const { usage } = await runtime.send(
        new ConverseCommand({
          ...{ modelId: CLAUDE, messages },
          system: [
            { text: `Be kind, over HTTP/${version}.` },
            { cachePoint: { type: 'default', ttl: '1h' } },
          ],
        }),
      );
      return usage;
    };
    const written = await cached();
    expect(written?.cacheDetails).toEqual([{ ttl: '1h', inputTokens: written?.cacheWriteInputTokens }]);
    expect((await cached())?.cacheReadInputTokens).toBe(written?.cacheWriteInputTokens);
  });

  it('refuses what a model does not take', async () => {
    const reasoningContent = { reasoningText: { text: 'Well', signature: 'c2ln' } };
    const history: Message[] = [
      ...messages,
      { role: 'assistant', content: [{ reasoningContent }, { text: 'Fine' }] },
      ...messages,
    ];
    await expect(
      runtime.send(new ConverseCommand({ modelId: NOVA, messages: history })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "This model doesn't support the reasoningContent.reasoningText.signature field. Remove reasoningContent.reasoningText.signature and try again.",
    });
  });

  it('invokes Nova and Claude with their own bodies', async () => {
    const nova = await runtime.send(
      new InvokeModelCommand({ modelId: NOVA, body: JSON.stringify({ messages }) }),
    );
    expect(JSON.parse(utf8(nova.body))).toMatchObject({
      output: { message: { role: 'assistant', content: [{ text: expect.stringContaining('You wrote') }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
    });
    const body = JSON.stringify({
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 4,
      messages: [{ role: 'user', content: 'Hello' }],
    });
    const claude = await runtime.send(new InvokeModelCommand({ modelId: CLAUDE, body }));
    expect(JSON.parse(utf8(claude.body))).toMatchObject({
      type: 'message',
      content: [{ type: 'text', text: 'This is eu.anthr' }],
      stop_reason: 'max_tokens',
      usage: { output_tokens: 4 },
    });
  });

  it.each([
    [NOVA, JSON.stringify({ messages }), ['messageStart', 'contentBlockDelta'], 'metadata'],
    [
      CLAUDE,
      JSON.stringify({
        anthropic_version: 'bedrock-2023-05-31',
        max_tokens: 400,
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
      }),
      ['message_start', 'content_block_start'],
      'message_stop',
    ],
  ])('streams the own events of %s', async (modelId, body, first, last) => {
    const answer = await runtime.send(new InvokeModelWithResponseStreamCommand({ modelId, body }));
    const events = (await collected(answer.body)).map((event) => JSON.parse(utf8(event.chunk?.bytes)));
    const types = events.map((event) => event.type ?? Object.keys(event)[0]);
    expect(types.slice(0, 2)).toEqual(first);
    expect(types.length).toBeGreaterThan(6);
    expect(types.at(-1)).toBe(last);
  });

  it('counts tokens of either kind of request', async () => {
    const converse = await runtime.send(
      new CountTokensCommand({ modelId: CLAUDE, input: { converse: { messages } } }),
    );
    expect(converse.inputTokens).toBe(5);
    const body = Buffer.from(
      JSON.stringify({
        anthropic_version: 'bedrock-2023-05-31',
        max_tokens: 4,
        messages: [{ role: 'user', content: 'How are you today?' }],
      }),
    );
    const native = await runtime.send(
      new CountTokensCommand({ modelId: CLAUDE, input: { invokeModel: { body } } }),
    );
    expect(native.inputTokens).toBe(5);
  });

  it('lists and describes models and profiles, page by page', async () => {
    const { modelSummaries = [] } = await control.send(
      new ListFoundationModelsCommand({ byProvider: 'amazon' }),
    );
    expect(modelSummaries.map(({ modelName }) => modelName)).toContain('Nova Lite');
    const { modelDetails } = await control.send(
      new GetFoundationModelCommand({ modelIdentifier: 'anthropic.claude-sonnet-4-5-20250929-v1:0' }),
    );
    expect(modelDetails?.modelLifecycle?.endOfLifeTime).toEqual(new Date('2027-04-08'));
    const pages = await collected(paginateListInferenceProfiles({ client: control }, { maxResults: 5 }));
    expect(pages.length).toBeGreaterThan(2);
    const ids = pages.flatMap((page) =>
      page.inferenceProfileSummaries?.map((profile) => profile.inferenceProfileId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    const profile = await control.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: NOVA }));
    expect(profile.models?.length).toBe(4);
    const byArn = new ConverseCommand({ modelId: profile.inferenceProfileArn, messages });
    expect((await runtime.send(byArn)).stopReason).toBe('end_turn');
  });

  it('gives errors the names that the SDK knows', async () => {
    await expect(
      runtime.send(new ConverseCommand({ modelId: 'amazon.nova-lite-v1:0', messages })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('on-demand throughput isn’t supported'),
      $metadata: { httpStatusCode: 400 },
    });
    emulator.setFaults([{ kind: 'exception', name: 'ThrottlingException', afterEvents: 3 }]);
    const { stream } = await runtime.send(new ConverseStreamCommand({ modelId: NOVA, messages }));
    await expect(collected(stream)).rejects.toMatchObject({ name: 'ThrottlingException' });
    emulator.setFaults([]);
  });
});

it('serves the runtime client as it comes, which speaks HTTP/2', async () => {
  emulator.reset();
  const client = new BedrockRuntimeClient({
    endpoint: emulator.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  await client.send(new ConverseCommand({ modelId: NOVA, messages }));
  expect(emulator.calls().calls).toMatchObject([{ httpVersion: '2', auth: 'sigv4', outcome: 'ok' }]);
  client.destroy();
});

it('shows why our own client speaks HTTP/1.1: over HTTP/2 a cut stream seems to end well', async () => {
  const readCutStream = async (requestHandler: NodeHttpHandler | NodeHttp2Handler) => {
    emulator.setFaults([{ kind: 'cut', afterEvents: 4 }]);
    const client = new BedrockRuntimeClient({
      endpoint: emulator.url,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
      requestHandler,
    });
    const { stream } = await client.send(new ConverseStreamCommand({ modelId: NOVA, messages }));
    return collected(stream).finally(() => client.destroy());
  };
  expect((await readCutStream(new NodeHttp2Handler())).length).toBe(4);
  await expect(readCutStream(new NodeHttpHandler())).rejects.toMatchObject({ code: 'ECONNRESET' });
});
