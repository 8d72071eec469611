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

export interface Call {
  path: string;
  body: object;
  headers?: Record<string, string>;
  agent: Agent;
  /** Milliseconds. */
  timeout: number;
}

/** @throws Error with a `code` when the connection was lost or no answer came in time: the outcome is unknown then */
export function askSwitch(
  url: string,
  { idempotencyKey, ...asked }: SwitchRequest,
  by = agent,
): Promise<Answer> {
  return post(url, {
    path: '/orchestrate',
    body: { action: 'switch', userId: 'user-load', reason: 'load', ...asked },
    headers: { 'idempotency-key': idempotencyKey },
    agent: by,
    timeout: CLIENT_TIMEOUT_MS,
  });
}

export interface Answer extends Reply {
  /** The server ends the connection after it. */
  closes: boolean;
}

/** Reads the answer to its end, also a stream. @throws as `askSwitch` */
export function post(url: string, { path, body, headers, agent, timeout }: Call): Promise<Answer> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const call = request(`${url}${path}`, {
      agent,
      method: 'POST',
      headers: {
        authorization: `Bearer ${SERVICE_KEY}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
        ...headers,
      },
      signal: AbortSignal.timeout(timeout),
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
          closes: response.headers.connection === 'close',
        }),
      );
    });
    call.end(text);
  });
}
