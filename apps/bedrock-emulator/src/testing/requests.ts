import { decodeFrames } from '../event-frames.js';
import type { Emulator } from '../start-emulator.js';

/** Sends a body to an operation of a model. */
export const post = (emulator: Emulator, modelId: string, action: string, body: object) =>
  fetch(`${emulator.url}/model/${encodeURIComponent(modelId)}/${action}`, {
    method: 'POST',
    headers: { authorization: 'Bearer any-token' },
    body: JSON.stringify(body),
  });

const ask =
  (action: string) =>
  (emulator: Emulator, modelId: string, text = 'How are you today?') =>
    post(emulator, modelId, action, { messages: [user(text)] });

export const converse = ask('converse');
export const converseStream = ask('converse-stream');

/** The body of an answer. */
export async function answerOf(emulator: Emulator, modelId: string, action: string, body: object) {
  const response = await post(emulator, modelId, action, body);
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  const answer: any = await response.json();
  return { status: response.status, headers: response.headers, body: answer };
}

/** The events of a stream, each with its type; those of native bodies as the model made them. */
export async function eventsOf(emulator: Emulator, modelId: string, action: string, body: object) {
  const response = await post(emulator, modelId, action, body);
  const frames = decodeFrames(new Uint8Array(await response.arrayBuffer()));
  return frames.map(({ headers, payload }) => {
    const type = headers[':event-type'] ?? headers[':exception-type'];
    const { bytes } = payload as { bytes?: string };
    // biome-ignore lint/suspicious/noExplicitAny: a test looks into events of every shape
    const event: any = bytes === undefined ? payload : JSON.parse(Buffer.from(bytes, 'base64').toString());
    return { type: type === 'chunk' ? (event.type ?? Object.keys(event)[0]) : type, event };
  });
}

export const user = (...content: (string | object)[]) => ({
  role: 'user',
  content: content.map((block) => (typeof block === 'string' ? { text: block } : block)),
});
export const assistant = (...content: (string | object)[]) => ({ ...user(...content), role: 'assistant' });

/** A tool that takes a city, and a number of days if the client wants. */
export const WEATHER = {
  toolSpec: {
    name: 'get_weather',
    inputSchema: {
      json: {
        type: 'object',
        properties: {
          city: { type: 'string' },
          unit: { enum: ['celsius', 'fahrenheit'] },
          days: { type: 'integer' },
        },
        required: ['city', 'unit'],
      },
    },
  },
};
export const toolUse = (
  toolUseId: string,
  name = 'get_weather',
  input = { city: 'city', unit: 'celsius' },
) => ({
  toolUse: { toolUseId, name, input },
});
export const toolResult = (toolUseId: string, ...content: object[]) => ({
  toolResult: { toolUseId, content },
});
