import { bytesOf, objectOf } from './body.ts';
import { Problem } from './responses.ts';
import { need } from './settings.ts';

/** Maximum age of a message in seconds, so that nobody can record one and send it again tomorrow. */
const TOLERANCE = 300;
const MAX_BODY = 1024 * 1024;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export interface Notification {
  id: string;
  type: string;
  title: string;
  modelId: string;
  modelName: string;
}

export interface Message {
  /** The same id is the same message: it may come again. */
  webhookId: string;
  notification: Notification;
  /** Ids of users as Supabase makes them; others have no account here. */
  recipients: string[];
}

const base64 = (text: string): Uint8Array<ArrayBuffer> => {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
};

/** Verifies a message by the rules of Standard Webhooks. WebCrypto compares in constant time. */
async function isGenuine(secret: string, headers: Headers, body: Uint8Array): Promise<boolean> {
  const id = headers.get('webhook-id');
  const timestamp = headers.get('webhook-timestamp') ?? '';
  if (!id || !/^\d+$/.test(timestamp)) return false;
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE) return false;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const secretBytes = base64(secret.replace(/^whsec_/, ''));
  const key = await crypto.subtle.importKey('raw', secretBytes, algorithm, false, ['verify']);
  const signed = new Blob([`${id}.${timestamp}.`, new Uint8Array(body)]);
  const content = await signed.arrayBuffer();
  for (const signature of (headers.get('webhook-signature') ?? '').split(' ')) {
    const [version, value = ''] = signature.split(',');
    if (version === 'v1' && (await crypto.subtle.verify('HMAC', key, base64(value), content))) return true;
  }
  return false;
}

/**
 * Reads a message of the orchestrator's webhook.
 * @param secretName name of the secret that was printed when the webhook was made (`whsec_…`)
 * @returns null: it is for no user, such as a test message
 * @throws Problem (400, 401, 413)
 */
export async function messageOf(request: Request, secretName: string): Promise<Message | null> {
  const body = await bytesOf(request, MAX_BODY);
  if (!(await isGenuine(need(secretName), request.headers, body)))
    throw new Problem(
      401,
      'signature_invalid',
      `Send a message of the orchestrator's webhook, signed with ${secretName} in the last 5 minutes`,
    );
  const { type, data } = objectOf(body) as { type?: string; data?: Notification & { recipients?: unknown } };
  if (!type?.startsWith('notification.') || !Array.isArray(data?.recipients)) return null;
  const recipients = data.recipients.filter((user) => UUID.test(user));
  return { webhookId: request.headers.get('webhook-id')!, notification: data, recipients };
}
