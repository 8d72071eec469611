import { Problem } from './responses.ts';
import { need, SettingError } from './settings.ts';
import type { Notification } from './standard-webhooks.ts';

const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
const TIMEOUT_MS = 4_000;
const MARGIN_SECONDS = 60;

/** Fields of the service account's JSON file. */
interface Account {
  project_id: string;
  client_email: string;
  private_key: string;
  token_uri: string;
}

/** `gone`: the device has no app any more; `refused`: this message is not accepted for it; `failed`: repeat it later. */
export type Outcome = 'pushed' | 'gone' | 'refused' | 'failed';

let current: { token: string; expiresAt: number } | undefined;

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const encoded = (value: object): string => base64url(new TextEncoder().encode(JSON.stringify(value)));

async function signedAssertion({ client_email, private_key, token_uri }: Account, now: number) {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const pkcs8 = Uint8Array.from(atob(private_key.replace(/-----[A-Z ]+-----|\s/g, '')), (c) =>
    c.charCodeAt(0),
  );
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
  const claims = { iss: client_email, scope: SCOPE, aud: token_uri, iat: now, exp: now + 3600 };
  const content = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(claims)}`;
  const signature = await crypto.subtle.sign(algorithm.name, key, new TextEncoder().encode(content));
  return `${content}.${base64url(new Uint8Array(signature))}`;
}

/** @throws SettingError */
function accountOf(secret: string): Account {
  try {
    const account: Account = JSON.parse(secret);
    if (account.private_key && account.token_uri) return account;
  } catch {
    // No JSON: the same error as JSON of something else.
  }
  throw new SettingError('FCM_SERVICE_ACCOUNT must be the JSON file of a service account: set it again');
}

/** @returns a token of the service account, from memory while it is valid. @throws Problem (503) */
async function accessToken(account: Account): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  if (current && current.expiresAt > now + MARGIN_SECONDS) return current.token;
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: await signedAssertion(account, now),
  });
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(account.token_uri, { method: 'POST', body, signal }).catch(() => undefined);
  if (!response?.ok) {
    console.error(JSON.stringify({ code: 'no_access_token', status: response?.status ?? 0 }));
    throw new Problem(503, 'no_access_token', 'Google gave no access token: send the message again');
  }
  const { access_token, expires_in } = await response.json();
  current = { token: access_token, expiresAt: now + expires_in };
  return access_token;
}

/** Text for a lock screen: no reason and no message, which may say something of the person's health. */
const messageFor = (token: string, { id, type, title, modelId, modelName }: Notification) => ({
  message: {
    token,
    notification: { title, body: `Using: ${modelName}` },
    data: { notificationId: id, type, modelId },
  },
});

interface FcmError {
  error?: { details?: { errorCode?: string }[] };
}

async function outcomeOf(response: Response): Promise<Outcome> {
  const { error }: FcmError = await response.json().catch(() => ({}));
  if (response.ok) return 'pushed';
  const codes = (error?.details ?? []).map(({ errorCode }) => errorCode);
  if (codes.includes('UNREGISTERED') || codes.includes('SENDER_ID_MISMATCH')) return 'gone';
  if (response.status === 401) current = undefined;
  return response.status === 400 ? 'refused' : 'failed';
}

/** Makes the function that pushes a notification to a device by FCM HTTP v1. What it returns throws nothing. */
export async function pusher(): Promise<(device: string, notification: Notification) => Promise<Outcome>> {
  const account = accountOf(need('FCM_SERVICE_ACCOUNT'));
  const base = Deno.env.get('FCM_URL') ?? 'https://fcm.googleapis.com';
  const authorization = `Bearer ${await accessToken(account)}`;
  return async (device, notification) => {
    try {
      const response = await fetch(`${base}/v1/projects/${account.project_id}/messages:send`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(messageFor(device, notification)),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return await outcomeOf(response);
    } catch {
      return 'failed';
    }
  };
}
