import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { type Delivery, failed } from '../delivery/delivery.js';
import { type HttpAnswer, PublicNetwork } from '../delivery/public-network.client.js';
import type { SecretIds, WebhookMessage } from './webhook.js';
import { WebhookSecrets } from './webhook-secrets.js';

export interface Receiver extends SecretIds {
  id: string;
  url: string;
}

/** Sends a signed message to a receiver. Only the status of a response matters. */
@Injectable()
export class WebhookSender {
  constructor(
    private readonly secrets: WebhookSecrets,
    private readonly clock: Clock,
    private readonly network: PublicNetwork,
  ) {}

  get timeoutSeconds(): number {
    return this.network.timeoutSeconds;
  }

  /** Returns whether the configuration allows a webhook at this URL. */
  mayBeAt({ protocol, hostname }: URL): boolean {
    return protocol === 'https:' || this.network.isAllowedLoopback(hostname);
  }

  /** @param stop aborts immediately. @throws only when stopped */
  async send(receiver: Receiver, message: WebhookMessage, stop?: AbortSignal): Promise<Delivery> {
    const headers = this.secrets.sign(receiver, message, this.clock.now());
    if (!headers) return failed('the key that signs for it is not in WEBHOOK_SIGNING_KEYS', 'configuration');
    const timeout = AbortSignal.timeout(this.timeoutSeconds * 1_000);
    try {
      const post = { url: receiver.url, headers, body: message.body };
      return deliveryOf(await this.network.post(post, timeout, stop));
    } catch (error) {
      stop?.throwIfAborted();
      if (timeout.aborted) return failed(`no answer within ${this.timeoutSeconds} s`, 'timeout');
      return reasonOf(error as NodeJS.ErrnoException);
    }
  }
}

function deliveryOf({ status, headers }: HttpAnswer): Delivery {
  if (status >= 200 && status < 300) return { delivered: true, status };
  const redirects = status >= 300 && status < 400 ? ', and redirects are not followed' : '';
  const seconds = Number(headers['retry-after']);
  const retryAfterMs = seconds > 0 ? seconds * 1_000 : 0;
  return { ...failed(`answered ${status}${redirects}`, 'answer', status), retryAfterMs };
}

/** Names no addresses: those behind a name are confidential. */
function reasonOf({ code, message }: NodeJS.ErrnoException): Delivery {
  if (message.includes('is not allowed')) return failed('its address is not a public one', 'address');
  return failed(`not reachable (${code ?? 'the connection failed'})`, 'connection');
}
