import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultInput } from './faults.js';
import { type Emulator, startEmulator } from './start-emulator.js';
import { answerOf, eventsOf, user, WEATHER } from './testing/requests.js';

const CLAUDE = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const NOVA = 'eu.amazon.nova-lite-v1:0';
const CONVERSE = { messages: [user('Ask get_weather')], toolConfig: { tools: [WEATHER] } };
const NATIVE = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 50,
  messages: [{ role: 'user', content: 'Hi' }],
};

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const converseTypes = async () =>
  (await eventsOf(emulator, CLAUDE, 'converse-stream', CONVERSE)).map(({ type }) => type);
const invokeTypes = async () =>
  (await eventsOf(emulator, CLAUDE, 'invoke-with-response-stream', NATIVE)).map(({ type }) => type);

const MODELLED = [
  'internalServerException',
  'modelStreamErrorException',
  'validationException',
  'throttlingException',
  'serviceUnavailableException',
];
const set = (...faults: FaultInput[]) => emulator.setFaults(faults);

describe('an exception', () => {
  it.each(MODELLED)('%s may come after any event of a stream', async (name) => {
    const whole = await converseTypes();
    for (const at of [0, 'messageStart', 'contentBlockStart', 'messageStop', 'metadata'] as const) {
      set({ kind: 'exception', name, afterEvents: at });
      const before = typeof at === 'string' ? whole.indexOf(at) + 1 : at;
      expect(await converseTypes()).toEqual([...whole.slice(0, before), name]);
    }
  });

  it.each([...MODELLED, 'modelTimeoutException'])('%s may come in a native stream', async (name) => {
    const whole = await invokeTypes();
    for (const at of ['message_start', 'content_block_delta', 'message_delta'] as const) {
      set({ kind: 'exception', name, afterEvents: at });
      expect(await invokeTypes()).toEqual([...whole.slice(0, whole.indexOf(at) + 1), name]);
    }
  });
});

it('a stream may end between the end of its message and the metadata', async () => {
  set({ kind: 'truncate', afterEvents: 'messageStop' });
  expect((await converseTypes()).at(-1)).toBe('messageStop');
  expect(emulator.calls().calls.at(-1)).toMatchObject({ outcome: 'truncated' });
});

it('names the events that there are', () => {
  expect(() => set({ kind: 'cut', afterEvents: 'message' as never })).toThrow(/0\.afterEvents: /);
});

describe('an answer that is set', () => {
  it('is given whole and in a stream, in the form of the operation', async () => {
    const content = [
      { reasoning: { text: 'Well' } },
      { redacted: 'AA==' },
      { text: 'Let me see.' },
      { toolUse: { name: 'any_tool', input: { a: [1] } } },
    ];
    set({ kind: 'answer', content });
    const { body } = await answerOf(emulator, CLAUDE, 'converse', CONVERSE);
    const signature = expect.any(String);
    expect(body.stopReason).toBe('tool_use');
    expect(body.output.message.content).toEqual([
      { reasoningContent: { reasoningText: { text: 'Well', signature } } },
      { reasoningContent: { redactedContent: 'AA==' } },
      { text: 'Let me see.' },
      { toolUse: { toolUseId: expect.any(String), name: 'any_tool', input: { a: [1] } } },
    ]);
    const { body: native } = await answerOf(emulator, CLAUDE, 'invoke', NATIVE);
    expect(native.content).toEqual([
      { type: 'thinking', thinking: 'Well', signature },
      { type: 'redacted_thinking', data: 'AA==' },
      { type: 'text', text: 'Let me see.' },
      { type: 'tool_use', id: expect.any(String), name: 'any_tool', input: { a: [1] } },
    ]);
    const events = await eventsOf(emulator, CLAUDE, 'invoke-with-response-stream', NATIVE);
    const starts = events.filter(({ type }) => type === 'content_block_start');
    expect(starts.map(({ event }) => event.content_block.type)).toEqual([
      ...['thinking', 'redacted_thinking', 'text', 'tool_use'],
    ]);
    const streamed = await eventsOf(emulator, CLAUDE, 'converse-stream', CONVERSE);
    expect(streamed.map(({ event }) => event.delta?.reasoningContent?.redactedContent)).toContain('AA==');
  });

  it('is one of several in turn, until they have had their times', async () => {
    const once = (text: string) => ({ kind: 'answer' as const, times: 1, content: [{ text }] });
    set(once('First'), { ...once('Second'), stopReason: 'malformed_model_output' });
    const answers = [];
    for (let call = 0; call < 3; call += 1)
      answers.push((await answerOf(emulator, NOVA, 'converse', { messages: [user('Hi')] })).body);
    expect(answers.map(({ output, stopReason }) => [output.message.content[0].text, stopReason])).toEqual([
      ['First', 'end_turn'],
      ['Second', 'malformed_model_output'],
      [expect.stringContaining('You wrote: Hi'), 'end_turn'],
    ]);
  });

  it('is not signed by a model that does not sign, unless the test says so', async () => {
    const reasoning = async (signature?: string) => {
      set({ kind: 'answer', content: [{ reasoning: { text: 'Well', ...(signature && { signature }) } }] });
      const { body } = await answerOf(emulator, NOVA, 'converse', { messages: [user('Hi')] });
      return body.output.message.content[0].reasoningContent.reasoningText;
    };
    expect(await reasoning()).toEqual({ text: 'Well' });
    expect(await reasoning('c2ln')).toEqual({ text: 'Well', signature: 'c2ln' });
  });

  it('must have content', () => {
    expect(() => set({ kind: 'answer', content: [] })).toThrow(/0\.content: /);
  });
});
