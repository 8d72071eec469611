import { once } from 'node:events';
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { createParser } from 'eventsource-parser';
import { expect } from 'vitest';
import { eventually } from './eventually.js';
import { SERVICE_KEY } from './test-env.js';

interface Opening {
  token?: string;
  /** Of a browser that is signed in, instead of a token. */
  cookie?: string;
  /** Of the user, where a key acts for one. */
  userId?: string;
  everybody?: true;
  after?: number;
}

/** Somebody who listens to notifications over HTTP, as a client does. */
export class StreamReader {
  /** Notifications only, in the order in which they came. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into notifications of every kind
  readonly received: any[] = [];
  /** The id of the last event: where to continue. */
  lastId: number | undefined;
  /** The last event about breakers. */
  breakers: { modelId: string; kind: string }[] | undefined;
  isReady = false;
  hasEnded = false;

  private constructor(
    private readonly answer: IncomingMessage,
    readonly response: { status: number; headers: IncomingHttpHeaders; problem?: unknown },
  ) {}

  /** Resolves when the answer begins. */
  static async open(url: string, opening: Opening = {}): Promise<StreamReader> {
    const { token = SERVICE_KEY, cookie, userId, everybody, after } = opening;
    const asked = { ...(userId !== undefined && { userId }), ...(everybody && { everybody: 'true' }) };
    const query = `?${new URLSearchParams(asked)}`;
    const headers = {
      ...(cookie ? { cookie } : { authorization: `Bearer ${token}` }),
      ...(after !== undefined && { 'last-event-id': String(after) }),
    };
    // No agent: one would open the next connection ahead, for which the server would wait when it closes.
    const request = get(`${url}/v1/notifications/stream${query}`, { headers, agent: false });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    const status = answer.statusCode!;
    const problem = status === 200 ? undefined : await json(answer);
    const reader = new StreamReader(answer, { status, headers: answer.headers, problem });
    if (status === 200) void reader.read();
    return reader;
  }

  /** Resolves when the stream has said that everything missed was sent. */
  static async ready(url: string, opening?: Opening): Promise<StreamReader> {
    const reader = await StreamReader.open(url, opening);
    await eventually(() => expect(reader.isReady).toBe(true));
    return reader;
  }

  get ids(): string[] {
    return this.received.map(({ id }) => id);
  }

  async until(check: () => void): Promise<void> {
    await eventually(check);
  }

  async untilHas(id: string): Promise<void> {
    await this.until(() => expect(this.ids).toContain(id));
  }

  leave(): void {
    this.answer.destroy();
  }

  private async read(): Promise<void> {
    const parser = createParser({
      onEvent: ({ event, id, data }) => {
        if (id !== undefined) this.lastId = Number(id);
        if (event === 'ready') this.isReady = true;
        else if (event === 'breakers') this.breakers = JSON.parse(data);
        else if (event === 'notification') this.received.push(JSON.parse(data));
      },
    });
    try {
      for await (const chunk of this.answer.setEncoding('utf8')) parser.feed(chunk);
    } catch {
      // Cut off, or left by ourselves.
    }
    this.hasEnded = true;
  }
}
