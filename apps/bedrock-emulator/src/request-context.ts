import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { invalid } from './aws-error.js';
import type { Connection } from './connections.js';

const MAX_BODY_BYTES = 25_000_000;
const UNREAD_MS = 20;

/** Thrown when the client disconnected during the response. */
export class ClientGone extends Error {}

/** One request and its answer, over either HTTP version: node's HTTP/2 request and response mimic those of HTTP/1.1. */
export class RequestContext {
  private readonly away = new AbortController();
  private cutByUs = false;

  constructor(
    readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    readonly connection: Connection,
  ) {
    let finished = false;
    response.once('finish', () => {
      finished = true;
    });
    response.once('close', () => {
      if (!finished && !this.cutByUs) this.away.abort();
    });
    // A reset by the client is not an error: `close` follows.
    response.on('error', () => {});
    request.on('error', () => {});
  }

  get isHttp2(): boolean {
    return this.request.httpVersionMajor === 2;
  }

  /** Aborts when the client leaves before its answer is complete. */
  get gone(): AbortSignal {
    return this.away.signal;
  }

  /** @throws AwsError when the body is not JSON */
  async body(): Promise<unknown> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of this.request) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) throw invalid('The request body is too large.');
      chunks.push(chunk);
    }
    try {
      return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
    } catch {
      throw invalid('The request body is not valid JSON.');
    }
  }

  /** @throws ClientGone */
  async wait(ms: number): Promise<void> {
    if (ms <= 0) return;
    await delay(ms, undefined, { signal: this.gone }).catch(() => {
      throw new ClientGone();
    });
  }

  /** Waits until the client disconnects. @throws ClientGone always */
  async waitForLeaving(): Promise<never> {
    if (!this.gone.aborted) await once(this.gone, 'abort');
    throw new ClientGone();
  }

  json(status: number, body: unknown, headers: Record<string, string> = {}): void {
    if (this.response.destroyed) return;
    this.response.writeHead(status, { 'content-type': 'application/json', ...headers });
    this.response.end(JSON.stringify(body));
  }

  beginStream(headers: Record<string, string>): void {
    this.response.writeHead(200, headers);
    this.response.flushHeaders();
  }

  /** Waits until it is on its way, for a slow reader too. @throws ClientGone */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.gone.aborted) throw new ClientGone();
    const left = new AbortController();
    const sent = new Promise<unknown>((resolve) => this.response.write(bytes, resolve));
    const gone = once(this.gone, 'abort', { signal: left.signal }).catch(() => {});
    await Promise.race([sent, gone]);
    left.abort();
  }

  end(): void {
    this.response.end();
  }

  /**
   * Closes the connection like a broken network; over HTTP/2 this ends all its streams. The pause lets the client read
   * the data: on a broken connection it discards what it has not read yet.
   */
  async cut(): Promise<void> {
    if (this.response.headersSent) await this.wait(UNREAD_MS);
    this.cutByUs = true;
    this.connection.socket.destroy();
  }
}
