import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from './start-emulator.js';

const OPUS = 'eu.anthropic.claude-opus-4-7';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const NOVA = 'eu.amazon.nova-lite-v1:0';
const user = { role: 'user', content: [{ text: 'Hi' }] };
const assistant = { role: 'assistant', content: [{ text: '{' }] };

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

async function post(modelId: string, action: string, body: object) {
  const response = await fetch(`${emulator.url}/model/${encodeURIComponent(modelId)}/${action}`, {
    method: 'POST',
    headers: { authorization: 'Bearer any' },
    body: JSON.stringify(body),
  });
  const { message } =
    response.status === 200 ? { message: '' } : ((await response.json()) as { message: string });
  return `${response.status} ${message}`.trim();
}
const converse = (modelId: string, inferenceConfig: object, messages: object[] = [user]) =>
  post(modelId, 'converse', { messages, inferenceConfig });

describe('a model that refuses a form of a request', () => {
  it.each([
    [OPUS, { temperature: 0 }, [user], /^400 .*`temperature` is deprecated for this model/],
    [OPUS, { topP: 0.9 }, [user], /^400 .*`top_p` is deprecated/],
    [HAIKU, { temperature: 0.5, topP: 0.9 }, [user], /^400 .*cannot both be specified/],
    [SONNET, {}, [user, assistant], /^400 .*does not support assistant message prefill/],
    [NOVA, {}, [user, user], /^400 A conversation must alternate/],
    [NOVA, { temperature: 2 }, [user], /^400 Malformed input request: #\/inferenceConfig\/temperature/],
  ])('%s answers %j as Bedrock does', async (modelId, config, messages, answer) => {
    expect(await converse(modelId, config, messages)).toMatch(answer);
    expect(await post(modelId, 'converse-stream', { messages, inferenceConfig: config })).toMatch(answer);
  });

  it.each([
    [OPUS, {}, [user]],
    [HAIKU, { temperature: 0.5 }, [user]],
    [HAIKU, { topP: 0.5 }, [user, assistant]],
    [NOVA, { temperature: 0.5, topP: 0.9 }, [user, assistant, user]],
  ])('%s takes %j', async (modelId, config, messages) => {
    expect(await converse(modelId, config, messages)).toBe('200');
  });

  it('refuses it in a native body, too', async () => {
    const body = {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Hi' }],
    };
    expect(await post(OPUS, 'invoke', { ...body, temperature: 0.5 })).toMatch(/^400 .*deprecated/);
    expect(await post(HAIKU, 'invoke', { ...body, temperature: 0.5, top_p: 0.5 })).toMatch(/^400 .*both/);
    expect(await post(OPUS, 'invoke', body)).toBe('200');
  });

  it('may be set by a test', async () => {
    emulator.putModel(NOVA, { refuses: ['temperature'] });
    expect(await converse(NOVA, { temperature: 0.5 })).toMatch(/^400 /);
  });
});
