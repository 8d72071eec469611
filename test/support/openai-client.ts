import OpenAI from 'openai';
import type { ChatCompletionChunk, ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import { SERVICE_KEY } from './test-env.js';

/** Members of a request; the types of the SDK know neither those of other dialects nor wrong ones. */
export type Asked = Record<string, unknown>;

const HI = [{ role: 'user', content: 'How are you?' }];

/** A client of OpenAI as applications make it: only its base URL and its key are ours. */
export class OpenAiClient {
  constructor(readonly url: string) {}

  sdk(apiKey = SERVICE_KEY): OpenAI {
    return new OpenAI({ apiKey, baseURL: `${this.url}/openai/v1` });
  }

  async create(asked: Asked = {}, client = this.sdk(), headers: Record<string, string> = {}) {
    const { data, response } = await client.chat.completions
      .create(paramsOf(asked) as unknown as ChatCompletionCreateParams & { stream?: false }, { headers })
      .withResponse();
    return { ...data, headers: response.headers };
  }

  /** All chunks of a stream; `chunks` receives those before a break too. */
  async stream(asked: Asked = {}, chunks: ChatCompletionChunk[] = []) {
    const { data, response } = await this.sdk()
      .chat.completions.create(
        paramsOf({ ...asked, stream: true }) as unknown as ChatCompletionCreateParams & { stream: true },
      )
      .withResponse();
    for await (const chunk of data) chunks.push(chunk);
    return { chunks, headers: response.headers };
  }

  /** A request without the SDK, to see statuses, headers and bytes. */
  async raw(
    asked: Asked | string = {},
    headers: Record<string, string | undefined> = {},
    path = 'chat/completions',
  ) {
    const all = { authorization: `Bearer ${SERVICE_KEY}`, 'content-type': 'application/json', ...headers };
    const given = Object.entries(all).filter(([, value]) => value !== undefined);
    const response = await fetch(`${this.url}/openai/v1/${path}`, {
      method: 'POST',
      headers: Object.fromEntries(given) as Record<string, string>,
      body: typeof asked === 'string' ? asked : JSON.stringify(paramsOf(asked)),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return {
      ...{ status: response.status, headers: response.headers, text },
      // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
      body: (isJson ? JSON.parse(text) : undefined) as any,
    };
  }
}

const paramsOf = (asked: Asked): Asked => ({ model: 'clinical', messages: HI, ...asked });

export const textOfChunks = (chunks: ChatCompletionChunk[]): string =>
  chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
