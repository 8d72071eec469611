import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  ChatBedrockConverse,
  createAmazonBedrock,
  generateText,
  streamText,
} from '../../tools/bedrock-clients.js';
import { type TestEmulator, testEmulator } from '../support/bedrock-emulator.js';

/**
 * That clients other than the AWS SDK take the emulator for Bedrock. Python was not run: the boto3 of Debian is older than
 * `bedrock-runtime`. `libs/platform/bedrock/emulator-model.spec.ts` holds each answer against the service's model, which boto3
 * reads too.
 */
const NOVA = 'eu.amazon.nova-lite-v1:0';
const CLAUDE = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const OPUS = 'eu.anthropic.claude-opus-4-7';
const PROMPT = 'How are you today?';
const SECRET = { accessKeyId: 'any', secretAccessKey: 'any' };

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await testEmulator();
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', emulator.url);
});
afterEach(() => emulator.reset());
afterAll(async () => {
  vi.unstubAllEnvs();
  await emulator.close();
});

const outcomes = () => emulator.calls().calls.map(({ operation, outcome }) => `${operation} ${outcome}`);

describe('LangChain', () => {
  const chat = (model: string, options: object = {}) =>
    new ChatBedrockConverse({
      model,
      region: 'eu-central-1',
      credentials: SECRET,
      maxRetries: 0,
      ...options,
    });

  it.each([NOVA, CLAUDE])('gets an answer with its usage (%s)', async (model) => {
    const answer = await chat(model).invoke(PROMPT);
    expect(answer.text).toContain(`You wrote: ${PROMPT}`);
    expect(answer.usage_metadata).toMatchObject({ input_tokens: 5, output_tokens: expect.any(Number) });
  });

  it.each([NOVA, CLAUDE])('reads a stream to its end (%s)', async (model) => {
    let text = '';
    const usages: unknown[] = [];
    for await (const chunk of await chat(model).stream(PROMPT)) {
      text += chunk.text;
      if (chunk.usage_metadata) usages.push(chunk.usage_metadata);
    }
    expect(text).toContain(`You wrote: ${PROMPT}`);
    expect(usages).toEqual([expect.objectContaining({ input_tokens: 5 })]);
    expect(outcomes()).toEqual(['ConverseStream ok']);
  });

  it.each([NOVA, CLAUDE])('runs a tool, and continues with its result (%s)', async (model) => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
    const tool = { type: 'function', function: { name: 'get_weather', description: 'Weather', parameters } };
    const client = chat(model).bindTools([tool]);
    const question = { role: 'user', content: 'Ask get_weather' };
    const turn = await client.invoke([question]);
    expect(turn.tool_calls).toMatchObject([{ name: 'get_weather', args: { city: 'city' } }]);
    const result = { role: 'tool', content: 'Rain', tool_call_id: turn.tool_calls![0]!.id! };
    expect((await client.invoke([question, turn, result])).text).toContain('get_weather returned: Rain');
    let streamed = '';
    for await (const chunk of await client.stream([question]))
      streamed += chunk.tool_call_chunks?.map(({ args = '' }) => args).join('') ?? '';
    expect(JSON.parse(streamed)).toEqual({ city: 'city' });
  });

  it('gets the refusal of a temperature', async () => {
    await expect(chat(OPUS, { temperature: 0.5 }).invoke(PROMPT)).rejects.toThrow(
      /`temperature` is deprecated/,
    );
    expect((await chat(OPUS).invoke(PROMPT)).text).toContain(PROMPT);
  });

  it('gets an exception in a stream', async () => {
    emulator.setFaults([{ kind: 'exception', name: 'ThrottlingException', afterEvents: 3 }]);
    const read = async () => {
      for await (const _ of await chat(NOVA).stream(PROMPT));
    };
    await expect(read()).rejects.toThrow(/ThrottlingException was asked for/);
  });
});

describe('the AI SDK', () => {
  const model = (id: string) =>
    createAmazonBedrock({ region: 'eu-central-1', baseURL: emulator.url, ...SECRET })(id);
  const silent = { maxRetries: 0, prompt: PROMPT };

  it.each([NOVA, CLAUDE])('gets an answer with its usage (%s)', async (id) => {
    const { text, usage, finishReason } = await generateText({ model: model(id), ...silent });
    expect(text).toContain(`You wrote: ${PROMPT}`);
    expect([usage.inputTokens, finishReason]).toEqual([5, 'stop']);
  });

  it.each([NOVA, CLAUDE])('reads a stream to its end (%s)', async (id) => {
    const stream = streamText({ model: model(id), ...silent });
    let text = '';
    for await (const piece of stream.textStream) text += piece;
    expect(text).toContain(`You wrote: ${PROMPT}`);
    expect([(await stream.usage).inputTokens, await stream.finishReason]).toEqual([5, 'stop']);
    expect(outcomes()).toEqual(['ConverseStream ok']);
  });

  it('gets the refusal of a last message of the assistant', async () => {
    const messages = [
      { role: 'user' as const, content: PROMPT },
      { role: 'assistant' as const, content: '{' },
    ];
    await expect(generateText({ model: model(OPUS), maxRetries: 0, messages })).rejects.toThrow(/prefill/);
    expect((await generateText({ model: model(CLAUDE), maxRetries: 0, messages })).text).toContain(PROMPT);
  });
});
