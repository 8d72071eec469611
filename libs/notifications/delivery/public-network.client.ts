import { type ClientRequest, request as http, type IncomingMessage } from 'node:http';
import { request as https } from 'node:https';
import type { Socket } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';

/** The connection is closed after this many bytes of a response. */
const MAX_RESPONSE_BYTES = 16_384;

export interface HttpPost {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  /** First bytes of the body, as text. */
  text(): Promise<string>;
}

/** Connects to the addresses of others: public ones only, and those that the configuration allows. Follows no redirect. */
@Injectable()
export class PublicNetwork {
  private readonly agents;

  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'WEBHOOK_ALLOWED_ADDRESSES' | 'WEBHOOK_TIMEOUT_SECONDS'>,
  ) {
    // The agents check the address of the connection, so that a DNS name cannot change meanwhile.
    const rules = { allowIPAddressList: env.WEBHOOK_ALLOWED_ADDRESSES, keepAlive: false };
    this.agents = {
      http: new RequestFilteringHttpAgent(rules),
      https: new RequestFilteringHttpsAgent(rules),
    };
  }

  get timeoutSeconds(): number {
    return this.env.WEBHOOK_TIMEOUT_SECONDS;
  }

  /** Returns whether this is a name of this machine that the configuration allows, so that TLS is not needed. */
  isAllowedLoopback(hostname: string): boolean {
    return (
      /^(localhost|127\.[\d.]+|\[?::1\]?)$/.test(hostname) && this.env.WEBHOOK_ALLOWED_ADDRESSES.length > 0
    );
  }

  /** Resolves with the head of the response. @param stop aborts immediately. @throws the error of the connection */
  async post(
    { url, headers, body }: HttpPost,
    timeout: AbortSignal,
    stop?: AbortSignal,
  ): Promise<HttpAnswer> {
    const options = {
      method: 'POST',
      signal: timeout,
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'bedrock-model-orchestrator',
      },
    };
    const request = url.startsWith('https:')
      ? https(url, { ...options, agent: this.agents.https })
      : http(url, { ...options, agent: this.agents.http });
    return answerTo(request.end(body), stop);
  }

  /** Begins a connection without TLS. It emits `connect` or `error`. */
  open(host: string, port: number): Socket {
    const socket = this.agents.http.createConnection({ host, port }) as Socket;
    return socket.on('error', () => undefined);
  }
}

/** Not one signal for both ends: those made of a lasting one outlive their request. */
function answerTo(request: ClientRequest, stop?: AbortSignal): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const giveUp = () => request.destroy(stop?.reason);
    stop?.addEventListener('abort', giveUp);
    request.on('close', () => stop?.removeEventListener('abort', giveUp));
    request.on('error', reject);
    request.on('response', (response) => {
      const text = beginningOf(response);
      const { statusCode: status = 0, headers } = response;
      resolve({ status, headers, text: () => text });
    });
    if (stop?.aborted) giveUp();
  });
}

function beginningOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let read = 0;
    response.on('error', () => undefined);
    response.on('close', () => resolve(Buffer.concat(chunks).toString()));
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      read += chunk.length;
      if (read > MAX_RESPONSE_BYTES) response.destroy();
    });
  });
}
