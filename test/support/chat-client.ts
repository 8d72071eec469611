import { type Reply, untilFinal } from './retrying-client.js';
import { SERVICE_KEY } from './test-env.js';

export interface ChatFrame {
  event: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into frames of every shape
  data: any;
}

/** An answer that is no stream: the request was refused before it began. */
class NoStream extends Error {
  constructor(readonly reply: Reply) {
    super(`no stream but ${reply.status}: ${reply.text}`);
  }
}

export interface ChatCall {
  token?: string;
  signal?: AbortSignal;
}

export const question = (content = 'How are you?') => ({ messages: [{ role: 'user', content }] });

/** Chats with an api, wherever it runs. */
export class ChatClient {
  constructor(readonly url: string) {}

  /** Sends a chat in a new conversation, unless `body` names one. */
  async chat(body: object, asked: ChatCall = {}) {
    const response = await this.post(body, asked);
    // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
    return { status: response.status, headers: response.headers, body: (await response.json()) as any };
  }

  /** All frames of a stream, to its end. */
  async stream(body: object, asked: ChatCall = {}): Promise<ChatFrame[]> {
    const frames = [];
    for await (const frame of this.frames(body, asked)) frames.push(frame);
    return frames;
  }

  /** The same, asked for again while the api is too busy to begin. */
  async streamPatiently(body: object): Promise<ChatFrame[]> {
    let frames: ChatFrame[] = [];
    const { status, text } = await untilFinal(async () => {
      try {
        frames = await this.stream(body);
        return { status: 200, text: '', retryAfter: NaN };
      } catch (error) {
        if (error instanceof NoStream) return error.reply;
        throw error;
      }
    });
    if (status !== 200) throw new Error(`no stream but ${status}: ${text}`);
    return frames;
  }

  async *frames(body: object, asked: ChatCall = {}): AsyncGenerator<ChatFrame> {
    const response = await this.post({ ...body, stream: true }, asked);
    if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
      throw new NoStream({
        status: response.status,
        text: await response.text(),
        retryAfter: Number(response.headers.get('retry-after') ?? NaN),
      });
    yield* framesOf(response);
  }

  /** How a stream that never ends begins. */
  async statusOf(path: string, token: string | null): Promise<number> {
    const enough = new AbortController();
    const { status } = await fetch(this.url + path, {
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      signal: enough.signal,
    });
    enough.abort();
    return status;
  }

  private post(body: object, { token = SERVICE_KEY, signal }: ChatCall): Promise<Response> {
    return fetch(`${this.url}/v1/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
  }
}

/** Reads the frames of a stream as they arrive; leaving the loop ends the request. */
export async function* framesOf(response: Response): AsyncGenerator<ChatFrame> {
  let unread = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const whole = (unread + chunk).split('\n\n');
    unread = whole.pop()!;
    for (const frame of whole) if (!frame.startsWith(':')) yield parse(frame);
  }
  if (unread !== '') throw new Error('the stream ended within a frame');
}

function parse(frame: string): ChatFrame {
  const [event, data] = frame.split('\n').map((line) => line.slice(line.indexOf(':') + 2));
  return { event: event!, data: JSON.parse(data!) };
}

export const eventsOf = (frames: ChatFrame[]): string[] =>
  frames
    .map(({ event }) => event)
    .filter((event, index, all) => event !== 'delta' || all[index - 1] !== 'delta');

/** The text that a client shows in the end: everything since the last restart. */
export function shownText(frames: ChatFrame[]): string {
  const from = frames.findLastIndex(({ event }) => event === 'restart');
  return frames
    .slice(from + 1)
    .filter(({ event }) => event === 'delta')
    .map(({ data }) => data.text)
    .join('');
}
