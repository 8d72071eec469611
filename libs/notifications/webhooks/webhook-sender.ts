import { type ClientRequest, request as http, type IncomingMessage } from 'node:http';
import { request as https } from 'node:https';
import { Inject, Injectable } from '@nestjs/common';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import type { Delivery, SecretIds, WebhookMessage } from './webhook.js';
import { WebhookSecrets } from './webhook-secrets.js';

/** Only the status of a response matters; the connection is closed after this many bytes. */
const MAX_RESPONSE_BYTES = 16_384;

export interface Receiver extends SecretIds {
  id: string;
  url: string;
}

/** Sends a signed message to a receiver. Never follows a redirect and never connects to an address that is not public. */
@Injectable()
export class WebhookSender {
  private readonly agents;

  constructor(
    private readonly secrets: WebhookSecrets,
    private readonly clock: Clock,
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

  /** Returns whether the configuration allows a webhook at this URL. */
  mayBeAt({ protocol, hostname }: URL): boolean {
    if (protocol === 'https:') return true;
    return (
      /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname) && this.env.WEBHOOK_ALLOWED_ADDRESSES.length > 0
    );
  }

  /** @param stop aborts immediately. @throws only when stopped */
  async send(receiver: Receiver, message: WebhookMessage, stop?: AbortSignal): Promise<Delivery> {
    const signed = this.secrets.sign(receiver, message, this.clock.now());
    if (!signed) return failed('the key that signs for it is not in WEBHOOK_SIGNING_KEYS');
    const timeout = AbortSignal.timeout(this.timeoutSeconds * 1_000);
    try {
      const request = this.post(receiver.url, signed, message.body, timeout);
      return deliveryOf(await answerTo(request, stop));
    } catch (error) {
      stop?.throwIfAborted();
      if (timeout.aborted) return failed(`no answer within ${this.timeoutSeconds} s`);
      return failed(reasonOf(error as NodeJS.ErrnoException));
    }
  }

  private post(
    url: string,
    signed: Record<string, string>,
    body: string,
    signal: AbortSignal,
  ): ClientRequest {
    const options = {
      method: 'POST',
      signal,
      headers: {
        ...signed,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'bedrock-model-orchestrator',
      },
    };
    const request = url.startsWith('https:')
      ? https(url, { ...options, agent: this.agents.https })
      : http(url, { ...options, agent: this.agents.http });
    return request.end(body);
  }
}

/**
 * Resolves with the head of the response. Not one signal for both ends: those made of a lasting one outlive their
 * request.
 */
function answerTo(request: ClientRequest, stop?: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const giveUp = () => request.destroy(stop?.reason);
    stop?.addEventListener('abort', giveUp);
    request.on('close', () => stop?.removeEventListener('abort', giveUp));
    request.on('error', reject);
    request.on('response', (response) => {
      discard(response);
      resolve(response);
    });
    if (stop?.aborted) giveUp();
  });
}

function discard(response: IncomingMessage): void {
  let read = 0;
  response.on('error', () => undefined);
  response.on('data', ({ length }: Buffer) => {
    read += length;
    if (read > MAX_RESPONSE_BYTES) response.destroy();
  });
}

function deliveryOf({ statusCode: status = 0, headers }: IncomingMessage): Delivery {
  if (status >= 200 && status < 300) return { delivered: true, status };
  const redirects = status >= 300 && status < 400 ? ', and redirects are not followed' : '';
  const seconds = Number(headers['retry-after']);
  const retryAfterMs = seconds > 0 ? seconds * 1_000 : 0;
  return { ...failed(`answered ${status}${redirects}`), status, retryAfterMs };
}

const failed = (error: string) => ({ delivered: false, status: null, error, retryAfterMs: 0 }) as const;

/** Names no addresses: those behind a name are confidential. */
function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (message.includes('is not allowed')) return 'its address is not a public one';
  return `not reachable (${code ?? 'the connection failed'})`;
}
