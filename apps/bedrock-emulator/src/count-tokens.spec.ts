import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from './start-emulator.js';
import { answerOf, user, WEATHER } from './testing/requests.js';

const HAIKU = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const NOVA = 'amazon.nova-2-lite-v1:0';
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const count = (modelId: string, input: object) => answerOf(emulator, modelId, 'count-tokens', { input });
const native = (body: unknown) => ({
  invokeModel: { body: Buffer.from(JSON.stringify(body)).toString('base64') },
});
const image = { image: { format: 'png', source: { bytes: 'AA==' } } };
const rich = {
  messages: [user('What is the weather?', image)],
  system: [{ text: 'Be kind.' }, { cachePoint: { type: 'default' } }],
  toolConfig: { tools: [WEATHER] },
};
const claude = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 9,
  system: 'Be kind.',
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is the weather?' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } },
      ],
    },
  ],
  tools: [{ name: WEATHER.toolSpec.name, input_schema: WEATHER.toolSpec.inputSchema.json }],
};

it('counts what a call of the model counts, in either form', async () => {
  const { body } = await answerOf(emulator, `eu.${HAIKU}`, 'converse', rich);
  const { inputTokens, cacheWriteInputTokens } = body.usage;
  expect((await count(HAIKU, { converse: rich })).body).toEqual({
    inputTokens: inputTokens + cacheWriteInputTokens,
  });
  const invoked = await answerOf(emulator, `eu.${HAIKU}`, 'invoke', claude);
  expect(invoked.body.usage.input_tokens).toBeGreaterThan(1_600);
  expect((await count(HAIKU, native(claude))).body).toEqual({ inputTokens: invoked.body.usage.input_tokens });
});

it('counts the body of the family of the model', async () => {
  emulator.putModel(NOVA, { countsTokens: true });
  const nova = { schemaVersion: 'messages-v1', messages: [user('How are you today?')] };
  expect((await count(NOVA, native(nova))).body).toEqual({ inputTokens: 5 });
  expect((await count(NOVA, native(claude))).body.message).toMatch(/^Malformed input request: #/);
});

it.each([
  ['eu.anthropic.claude-sonnet-5', { converse: rich }, /^The provided model doesn't support counting tokens/],
  [HAIKU, {}, /^Either converse or invokeModel is required/],
  [HAIKU, { converse: rich, ...native(claude) }, /^Either converse or invokeModel is required/],
  [HAIKU, { invokeModel: { body: 'no base64!' } }, /^Malformed input request: #\/input\/invokeModel\/body/],
  [HAIKU, { invokeModel: { body: 'bm8ganNvbg==' } }, /^The request body is not valid JSON/],
  [HAIKU, { converse: { messages: [user(' ')] } }, /is blank/],
  [HAIKU, native({ ...claude, stream: true }), /extraneous key \[stream\] is not permitted/],
])('refuses for %s %j', async (modelId, input, words) => {
  const { status, body } = await count(modelId, input);
  expect(status).toBe(400);
  expect(body.message).toMatch(words);
});
