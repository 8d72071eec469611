import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runCli } from '../run-cli.js';
import { FakeServer } from './fake-server.js';

export const SERVICE_KEY = 'sk-0123456789abcdef0123456789abcdef';

interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

type Reply = (response: ServerResponse, request: IncomingMessage) => void;

interface Terminal {
  readonly env?: Record<string, string | undefined>;
  readonly columns?: number;
  readonly colour?: boolean;
  /** Lines. */
  readonly typed?: string[];
  readonly interruption?: AbortSignal;
  readonly patience?: { totalMs: number; firstAttemptMs: number };
}

/** A real HTTP server instead of the service: gives the planned replies and keeps the requests. */
export class FakeApiServer extends FakeServer {
  readonly received: Received[] = [];
  /** Progress that the last run showed. */
  progress: string[] = [];
  private planned: Reply[] = [];

  /** The next replies, in turn; a request beyond them is answered with 599, which no test expects. */
  reply(...replies: Reply[]): void {
    this.planned = replies;
    this.received.length = 0;
  }

  /** Runs the program as if typed in a terminal (with `columns`) or in a script (without). */
  async run(args: readonly string[], terminal: Terminal = {}) {
    const lines = { out: '', err: '' };
    this.progress = [];
    const exitCode = await runCli(args, {
      env: {
        SUPABASE_URL: this.url,
        SUPABASE_SERVICE_KEY: SERVICE_KEY,
        XDG_CONFIG_HOME: '/nowhere',
        ...terminal.env,
      },
      output: {
        columns: terminal.columns,
        colour: terminal.colour ?? false,
        out: (line) => {
          lines.out += `${line}\n`;
        },
        write: (part) => {
          lines.out += part;
        },
        err: (line) => {
          lines.err += `${line}\n`;
        },
        progress: (text) => void this.progress.push(text),
      },
      version: '9.8.7',
      fetch: globalThis.fetch,
      now: new Date('2026-01-15T10:00:00Z'),
      timeZone: 'Europe/Berlin',
      lines: Readable.from(terminal.typed ?? []),
      readSecret: async () => terminal.typed?.[0] ?? '',
      isTyped: terminal.columns !== undefined,
      interruption: () => terminal.interruption ?? new AbortController().signal,
      patience: terminal.patience,
    });
    return { exitCode, ...lines };
  }

  protected async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    this.received.push({
      method: request.method,
      path: request.url,
      headers: request.headers,
      body: request.headers['content-type'] === 'application/json' ? JSON.parse(body) : body || undefined,
    });
    const reply = this.planned.shift() ?? status(599, {});
    reply(response, request);
  }
}

export function success(action: string, data: object, more: object = {}): Reply {
  return status(200, { success: true, action, data, ...more });
}

export function status(code: number, body: object, headers: Record<string, string> = {}): Reply {
  const type = code < 400 ? 'application/json' : 'application/problem+json';
  return (response) =>
    response.writeHead(code, { 'content-type': type, ...headers }).end(JSON.stringify(body));
}

export function page(code: number, html: string, headers: Record<string, string> = {}): Reply {
  return (response) => response.writeHead(code, { 'content-type': 'text/html', ...headers }).end(html);
}

/** Server-Sent Events, and their end or, with `cut`, the end of the connection. */
export function events(frames: readonly [string, object][], { cut = false } = {}): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    for (const [event, data] of frames) response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    // A client that finds its connection reset throws away what it has not read.
    if (cut) setTimeout(() => response.socket?.resetAndDestroy(), 50);
    else response.end();
  };
}

/** Cuts the connection as a dying process does: the request arrived, the answer never comes. */
export const hangUp: Reply = (_, request) => request.socket.resetAndDestroy();

export const silence: Reply = () => {};
