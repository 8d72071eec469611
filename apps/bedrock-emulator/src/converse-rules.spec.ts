import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from './start-emulator.js';
import { answerOf, assistant, toolResult, toolUse, user, WEATHER } from './testing/requests.js';

const NOVA = 'eu.amazon.nova-lite-v1:0';
const toolConfig = { tools: [WEATHER] };

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

it.each([
  [{ messages: [user('Hi'), user('Hi')] }, /A conversation must alternate/],
  [{ messages: [assistant('Hi')] }, /must start with a user message/],
  [
    { messages: [user(' ')] },
    /The text field in the ContentBlock object at messages\.0\.content\.0 is blank/,
  ],
  [
    { messages: [user('Hi', {})] },
    /^The ContentBlock object at messages\.0\.content\.1 must set one of the following keys/,
  ],
  [
    { messages: [user('Hi')], inferenceConfig: { temperature: 2 } },
    /^Malformed input request: #\/inferenceConfig\/temperature: /,
  ],
  [
    { messages: [{ role: 'user' }] },
    /^Malformed input request: #\/messages\/0: required key \[content\] not found/,
  ],
  [
    { messages: [user('Hi'), assistant(toolUse('a')), user(toolResult('a'))] },
    /^The toolConfig field must be defined when using toolUse and toolResult content blocks/,
  ],
  [
    { messages: [user('Hi'), assistant(toolUse('a'), toolUse('b')), user(toolResult('b'))], toolConfig },
    /^Expected toolResult blocks at messages\.2\.content for the following Ids: a$/,
  ],
  [
    { messages: [user('Hi'), assistant(toolUse('a'))], toolConfig },
    /^Expected toolResult blocks at messages\.2\.content/,
  ],
  [
    { messages: [user('Hi', toolResult('a'))], toolConfig },
    /^The number of toolResult blocks at messages\.0\.content exceeds/,
  ],
  [
    { messages: [user('Hi')], toolConfig: { ...toolConfig, toolChoice: { tool: { name: 'other' } } } },
    /^Tool 'other' not found in provided tools/,
  ],
])('Converse refuses %j of every model', async (request, words) => {
  const { status, headers, body } = await answerOf(emulator, NOVA, 'converse', request);
  expect([status, headers.get('x-amzn-errortype')]).toEqual([400, 'ValidationException']);
  expect(body.message).toMatch(words);
});
