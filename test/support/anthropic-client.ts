import Anthropic from '@anthropic-ai/sdk';
import { SERVICE_KEY } from './test-env.js';

/** Members of a request; the types of the SDK do not know wrong ones. */
export type Asked = Record<string, unknown>;
export type Message = Anthropic.Message & {
  orchestrator: Record<string, unknown>;
  _request_id?: string | null;
};

const HI = [{ role: 'user', content: 'How are you?' }];

/** A client of Anthropic as applications make it: only its base URL and its key are ours. */
export class AnthropicClient {
  constructor(readonly url: string) {}

  sdk(apiKey = SERVICE_KEY): Anthropic {
    return new Anthropic({ apiKey, baseURL: `${this.url}/anthropic` });
  }

  async create(asked: Asked = {}, headers: Record<string, string> = {}, client = this.sdk()) {
    const { data, response } = await client.messages
      .create(paramsOf(asked) as unknown as Anthropic.MessageCreateParamsNonStreaming, { headers })
      .withResponse();
    return { message: data as unknown as Message, headers: response.headers };
  }

  /** All events of a stream; `events` receives those before a break too. */
  async stream(asked: Asked = {}, events: Anthropic.MessageStreamEvent[] = []) {
    const run = this.sdk().messages.stream(paramsOf(asked) as unknown as Anthropic.MessageStreamParams);
    run.on('streamEvent', (event) => events.push(event));
    const message = (await run.finalMessage()) as unknown as Message;
    return { message, events, requestId: run.request_id };
  }

  /** A request without the SDK, to see statuses, headers and bytes. */
  async raw(
    asked: Asked | string | Buffer<ArrayBuffer> = {},
    headers: Record<string, string | undefined> = {},
    path = 'messages',
  ) {
    const all = { 'x-api-key': SERVICE_KEY, 'content-type': 'application/json', ...headers };
    const given = Object.entries(all).filter(([, value]) => value !== undefined);
    const response = await fetch(`${this.url}/anthropic/v1/${path}`, {
      method: 'POST',
      headers: Object.fromEntries(given) as Record<string, string>,
      body:
        typeof asked === 'string' || Buffer.isBuffer(asked)
          ? (asked as Buffer<ArrayBuffer>)
          : JSON.stringify(paramsOf(asked as Asked)),
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

const paramsOf = (asked: Asked): Asked => ({ model: 'clinical', max_tokens: 2_000, messages: HI, ...asked });

export const textOfMessage = ({ content }: Pick<Anthropic.Message, 'content'>): string =>
  content.map((block) => (block.type === 'text' ? block.text : '')).join('');
