import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { checkout } from '../../scripts/embedded/checkout.js';

const CONTENT = readFileSync(
  join(checkout, 'test', 'fixtures', 'notifications', 'switch-manual.json'),
  'utf8',
);

/** A message to a receiver; what is absent is as usual. */
export interface Sent {
  /** Of the message, and of the notification in it. */
  id?: string;
  secret?: string;
  recipients?: string[] | null;
  at?: Date;
  type?: string;
}

export const webhookSecret = (text: string): string => `whsec_${Buffer.from(text).toString('base64')}`;

/** Signs a message of the orchestrator's webhook by the library of Standard Webhooks. */
export function signedMessage({ id = randomUUID(), secret = '', recipients = null, ...more }: Sent) {
  const { at = new Date(), type = 'notification.switch' } = more;
  const data = { ...JSON.parse(CONTENT), id, recipients };
  const body = JSON.stringify({ type, timestamp: at, data });
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
  return { body, headers };
}
