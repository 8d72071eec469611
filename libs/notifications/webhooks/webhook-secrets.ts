import { createHash, createHmac, hkdfSync, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import type { SecretIds, WebhookMessage } from './webhook.js';
import { WebhooksNotConfiguredError } from './webhooks.errors.js';

/** Derives secrets, so that access to the database does not suffice to sign. */
@Injectable()
export class WebhookSecrets {
  private readonly keys: Map<string, string>;

  constructor(@Inject(ENV) env: Pick<Env, 'WEBHOOK_SIGNING_KEYS'>) {
    this.keys = new Map(env.WEBHOOK_SIGNING_KEYS.map((key) => [nameOf(key), key]));
  }

  /** @returns the id that a new secret is derived from. @throws WebhooksNotConfiguredError */
  newSecretId(): string {
    const [name] = this.keys.keys();
    if (name === undefined) throw new WebhooksNotConfiguredError();
    return `${name}.${randomUUID()}`;
  }

  /** @returns the secret as its owner gets it: `whsec_` and base64; undefined: its key is not configured (any more) */
  secretOf(webhookId: string, secretId: string): string | undefined {
    const key = this.keys.get(secretId.split('.')[0]!);
    if (key === undefined) return undefined;
    const secret = hkdfSync('sha256', key, webhookId, `webhook ${secretId}`, 32);
    return `whsec_${Buffer.from(secret).toString('base64')}`;
  }

  /** @returns the headers of a message; undefined: the key of its secret is not configured (any more) */
  sign(
    { id, secretId, formerSecretId }: SecretIds & { id: string },
    message: WebhookMessage,
    at: Date,
  ): Record<string, string> | undefined {
    const secret = this.secretOf(id, secretId);
    if (secret === undefined) return undefined;
    const former = formerSecretId === null ? undefined : this.secretOf(id, formerSecretId);
    const timestamp = Math.floor(at.getTime() / 1000);
    const signatures = [secret, ...(former ? [former] : [])].map((each) =>
      signatureOf(each, message, timestamp),
    );
    return {
      'webhook-id': message.id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatures.join(' '),
    };
  }
}

/** Signs a message by the rules of Standard Webhooks. @param timestamp in seconds */
export function signatureOf(secret: string, { id, body }: WebhookMessage, timestamp: number): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

const nameOf = (key: string): string =>
  createHash('sha256').update(`name of ${key}`).digest('hex').slice(0, 8);
