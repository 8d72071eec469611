import { Problem } from './responses.ts';
import { orchestratorUrl } from './settings.ts';

/** Headers that reach the orchestrator. It authenticates the caller by the caller's own token. */
const PASSED_ON = [
  'accept',
  'apikey',
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'traceparent',
  'x-forwarded-for',
];
/** Headers that reach the caller. */
const PASSED_BACK = [
  'cache-control',
  'content-type',
  'etag',
  'retry-after',
  'www-authenticate',
  'x-accel-buffering',
  'x-request-id',
];

type Caller = Pick<Request, 'headers' | 'signal'>;

interface Forwarded {
  path: string;
  body: BodyInit;
  requestId: string;
  /** Longest time until the response is complete, or until its stream begins. */
  timeoutMs: number;
}

function only(names: string[], from: Headers): Headers {
  const headers = new Headers();
  for (const name of names) {
    const value = from.get(name);
    if (value !== null) headers.set(name, value);
  }
  return headers;
}

const isStream = ({ headers }: Response): boolean =>
  headers.get('content-type')?.startsWith('text/event-stream') ?? false;

/**
 * Sends a request of the caller to the orchestrator and returns the response with its status and body; a stream is
 * passed on as it arrives. If the caller disconnects, the request ends.
 * @throws Problem (503, 504) if the orchestrator does not respond
 */
export async function forward(caller: Caller, { path, body, requestId, timeoutMs }: Forwarded) {
  const headers = only(PASSED_ON, caller.headers);
  headers.set('x-request-id', requestId);
  const url = `${orchestratorUrl()}${path}`;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  const signal = AbortSignal.any([stop.signal, caller.signal]);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    const content = isStream(response) ? response.body : await response.arrayBuffer();
    return new Response(content, { status: response.status, headers: only(PASSED_BACK, response.headers) });
  } catch {
    throw stop.signal.aborted ? tooSlow(requestId) : unreachable(requestId);
  } finally {
    clearTimeout(timer);
  }
}

function unreachable(requestId: string): Problem {
  console.error(JSON.stringify({ requestId, code: 'orchestrator_unreachable' }));
  return new Problem(
    503,
    'orchestrator_unreachable',
    'The orchestrator cannot be reached. Repeat the request after Retry-After, with the same Idempotency-Key',
    { 'retry-after': '2' },
  );
}

function tooSlow(requestId: string): Problem {
  console.error(JSON.stringify({ requestId, code: 'orchestrator_timeout' }));
  return new Problem(
    504,
    'orchestrator_timeout',
    'The orchestrator did not respond in time, and whether it was done is not known. Repeat the request with the same Idempotency-Key',
  );
}
