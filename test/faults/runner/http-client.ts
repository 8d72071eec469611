import { Agent, request } from 'node:http';
import type { Reply } from '../../support/retrying-client.js';

/** A switch that a client asks for, as often as it takes, always with this key. */
export interface SwitchRequest {
  conversationId: string;
  modelId: string;
  idempotencyKey: string;
}

export const SERVICE_KEY = 'service-key-of-the-fault-run-32-characters';
/** The client's budget for one request. */
const CLIENT_TIMEOUT_MS = 10_000;

const agent = new Agent({ keepAlive: true });

/** @throws Error with a `code` when the connection was lost or no answer came in time: the outcome is unknown then */
export function askSwitch(url: string, { idempotencyKey, ...asked }: SwitchRequest): Promise<Reply> {
  const body = JSON.stringify({ action: 'switch', userId: 'user-load', reason: 'load', ...asked });
  return new Promise((resolve, reject) => {
    const call = request(`${url}/orchestrate`, {
      agent,
      method: 'POST',
      headers: {
        authorization: `Bearer ${SERVICE_KEY}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'idempotency-key': idempotencyKey,
      },
      signal: AbortSignal.timeout(CLIENT_TIMEOUT_MS),
    });
    call.on('error', reject);
    call.on('response', (response) => {
      let text = '';
      response.on('error', reject);
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          text,
          retryAfter: Number(response.headers['retry-after'] ?? NaN),
        }),
      );
    });
    call.end(body);
  });
}
