import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  ChatBedrockConverse,
  ChatOpenAI,
  createAmazonBedrock,
  createAnthropic,
  createOpenAI,
  generateText,
  jsonSchema,
  stepCountIs,
  streamText,
  tool,
} from '../../tools/wire-frameworks.js';
import { ChatSystem } from '../support/chat-system.js';
import { SERVICE_KEY } from '../support/test-env.js';

/** That frameworks other than the SDKs speak over the wires: only their base URL and their key are ours. */
const PROMPT = 'How are you today?';
const ASKS_WEATHER = 'Ask get_weather';
const REGION = 'eu-central-1';
const parameters = {
  type: 'object' as const,
  properties: { city: { type: 'string' as const } },
  required: ['city'],
};

let chats: ChatSystem;
beforeAll(async () => {
  chats = await ChatSystem.start();
  // LangChain has no setting for an endpoint without TLS. The service has its own, and reads this no more.
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', `${chats.url}/bedrock`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await chats.close();
});

/** Wires on which calls have come, the newest first. */
const wires = async () =>
  (await chats.rows('SELECT wire, streamed FROM model_invocations ORDER BY started_at DESC LIMIT 2')).map(
    ({ wire, streamed }) => `${wire}${streamed ? ', streamed' : ''}`,
  );

describe.each(['bedrock', 'openai'])('LangChain on the wire %s', (wire) => {
  const chat = () =>
    wire === 'openai'
      ? new ChatOpenAI({
          ...{ model: 'clinical', apiKey: SERVICE_KEY, maxRetries: 0 },
          configuration: { baseURL: `${chats.url}/openai/v1` },
        })
      : new ChatBedrockConverse({
          ...{ model: 'clinical', region: REGION, bedrockBearerToken: SERVICE_KEY, maxRetries: 0 },
        });
  const weather = {
    type: 'function' as const,
    function: { name: 'get_weather', description: 'Weather', parameters },
  };

  it('gets an answer with its usage', async () => {
    const answer = await chat().invoke(PROMPT);
    expect(answer.text).toContain(`You wrote: ${PROMPT}`);
    expect(answer.usage_metadata).toMatchObject({ input_tokens: 5, output_tokens: expect.any(Number) });
    expect((await wires())[0]).toBe(wire);
  });

  it('reads a stream to its end', async () => {
    let text = '';
    const usages: unknown[] = [];
    for await (const chunk of await chat().stream(PROMPT)) {
      text += chunk.text;
      if (chunk.usage_metadata) usages.push(chunk.usage_metadata);
    }
    expect(text).toContain(`You wrote: ${PROMPT}`);
    expect(usages).toEqual([expect.objectContaining({ input_tokens: 5 })]);
    expect((await wires())[0]).toBe(`${wire}, streamed`);
  });

  it('runs a tool in a stream, and continues with its result', async () => {
    const client = chat().bindTools([weather]);
    const question = { role: 'user', content: ASKS_WEATHER };
    const chunks = [];
    for await (const chunk of await client.stream([question])) chunks.push(chunk);
    const turn = chunks.reduce((whole, chunk) => whole.concat(chunk));
    expect(turn.tool_calls).toMatchObject([{ name: 'get_weather', args: { city: 'city' } }]);
    const result = { role: 'tool', content: 'Rain', tool_call_id: turn.tool_calls![0]!.id! };
    expect((await client.invoke([question, turn, result])).text).toContain('get_weather returned: Rain');
    expect(await wires()).toEqual([wire, `${wire}, streamed`]);
  });
});

describe.each(['bedrock', 'anthropic', 'openai'] as const)('the AI SDK on the wire %s', (wire) => {
  const models = {
    bedrock: () =>
      createAmazonBedrock({ region: REGION, apiKey: SERVICE_KEY, baseURL: `${chats.url}/bedrock` })(
        'clinical',
      ),
    anthropic: () =>
      createAnthropic({ apiKey: SERVICE_KEY, baseURL: `${chats.url}/anthropic/v1` })('clinical'),
    openai: () => createOpenAI({ apiKey: SERVICE_KEY, baseURL: `${chats.url}/openai/v1` }).chat('clinical'),
  };
  /** The AI SDK limits an answer of Claude to 4,096 tokens, and warns, where it does not know the name of the model. */
  const once = { maxRetries: 0, maxOutputTokens: 1_000 };
  const get_weather = () => tool({ inputSchema: jsonSchema(parameters), execute: async () => 'Rain' });
  const withTool = () => ({
    ...{ model: models[wire](), ...once, prompt: ASKS_WEATHER },
    tools: { get_weather: get_weather() },
    stopWhen: stepCountIs(2),
  });

  it('gets an answer with its usage', async () => {
    const { text, usage, finishReason } = await generateText({
      ...{ model: models[wire](), ...once, prompt: PROMPT },
    });
    expect(text).toContain(`You wrote: ${PROMPT}`);
    expect([usage.inputTokens, finishReason]).toEqual([5, 'stop']);
    expect((await wires())[0]).toBe(wire);
  });

  it('reads a stream to its end', async () => {
    const stream = streamText({ model: models[wire](), ...once, prompt: PROMPT });
    let text = '';
    for await (const piece of stream.textStream) text += piece;
    expect(text).toContain(`You wrote: ${PROMPT}`);
    expect([(await stream.usage).inputTokens, await stream.finishReason]).toEqual([5, 'stop']);
  });

  it('runs a tool, and continues with its result', async () => {
    const { text, steps } = await generateText(withTool());
    expect(steps).toHaveLength(2);
    expect(text).toContain('get_weather returned');
  });

  it('runs a tool in a stream, and continues with its result', async () => {
    const stream = streamText(withTool());
    await stream.consumeStream();
    const [first] = await stream.steps;
    expect(first!.toolCalls).toMatchObject([{ toolName: 'get_weather', input: { city: 'city' } }]);
    expect(await stream.text).toContain('get_weather returned');
    expect(await wires()).toEqual([`${wire}, streamed`, `${wire}, streamed`]);
  });
});
