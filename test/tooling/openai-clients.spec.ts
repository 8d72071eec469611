import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ChatOpenAI,
  createOpenAI,
  generateText,
  jsonSchema,
  stepCountIs,
  streamText,
  tool,
} from '../../tools/openai-clients.js';
import { ChatSystem } from '../support/chat-system.js';
import { SERVICE_KEY } from '../support/test-env.js';

/** That frameworks other than the SDK of OpenAI speak over its wire: only their base URL and their key are ours. */
const PROMPT = 'How are you today?';
const ASKS_WEATHER = 'Ask get_weather';
const parameters = {
  type: 'object' as const,
  properties: { city: { type: 'string' as const } },
  required: ['city'],
};

let chats: ChatSystem;
let baseURL: string;
beforeAll(async () => {
  chats = await ChatSystem.start();
  baseURL = `${chats.url}/openai/v1`;
});
afterAll(() => chats.close());

describe('LangChain', () => {
  const chat = () =>
    new ChatOpenAI({ model: 'clinical', apiKey: SERVICE_KEY, maxRetries: 0, configuration: { baseURL } });

  it('gets an answer with its usage', async () => {
    const answer = await chat().invoke(PROMPT);
    expect(answer.text).toContain(`You wrote: ${PROMPT}`);
    expect(answer.usage_metadata).toMatchObject({ input_tokens: 5, output_tokens: expect.any(Number) });
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
  });

  it('runs a tool, and continues with its result', async () => {
    const weather = { type: 'function', function: { name: 'get_weather', parameters } } as const;
    const client = chat().bindTools([weather]);
    const question = { role: 'user', content: ASKS_WEATHER };
    const turn = await client.invoke([question]);
    expect(turn.tool_calls).toMatchObject([{ name: 'get_weather', args: { city: 'city' } }]);
    const result = { role: 'tool', content: 'Rain', tool_call_id: turn.tool_calls![0]!.id! };
    expect((await client.invoke([question, turn, result])).text).toContain('get_weather returned: Rain');
  });
});

describe('the AI SDK', () => {
  const model = () => createOpenAI({ apiKey: SERVICE_KEY, baseURL }).chat('clinical');

  it('reads a stream to its end', async () => {
    const stream = streamText({ model: model(), maxRetries: 0, prompt: PROMPT });
    let text = '';
    for await (const piece of stream.textStream) text += piece;
    expect(text).toContain(`You wrote: ${PROMPT}`);
    expect([(await stream.usage).inputTokens, await stream.finishReason]).toEqual([5, 'stop']);
  });

  it('runs a tool, and continues with its result', async () => {
    const get_weather = tool({ inputSchema: jsonSchema(parameters), execute: async () => 'Rain' });
    const { text, steps } = await generateText({
      ...{ model: model(), maxRetries: 0, prompt: ASKS_WEATHER, tools: { get_weather } },
      stopWhen: stepCountIs(2),
    });
    expect(steps).toHaveLength(2);
    expect(text).toContain('get_weather returned');
  });
});
