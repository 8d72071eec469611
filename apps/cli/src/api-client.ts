import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, createApiClient } from '#libs/client/client.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { stripControlChars } from './output.js';
import type { Settings } from './settings.js';

/** A response as the typed client returns it. */
export interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** A second request has no effect (`read`), the same effect (`repeatable`), or makes a second change (`once`). */
export type Effect = 'read' | 'repeatable' | 'once';

export interface Patience {
  readonly totalMs: number;
  readonly firstAttemptMs: number;
}

export interface CallOptions {
  /** Default: `read` of a GET, `once` of a POST, `repeatable` of the others. */
  readonly effect?: Effect;
  /** For requests that take the service long. */
  readonly patience?: Patience;
  /** The response is no JSON. */
  readonly isText?: boolean;
}

interface Lost {
  readonly lost: string;
}

const PATIENCE: Patience = { totalMs: 10_000, firstAttemptMs: 6_000 };
const MAX_PAUSE_SECONDS = 2;
const TIMEOUT = 'no answer in time';

/** Failures after which the request may have arrived, in words. Only these are worth a second attempt. */
const CUT_OFF: Readonly<Record<string, string>> = {
  TimeoutError: TIMEOUT,
  ETIMEDOUT: TIMEOUT,
  UND_ERR_CONNECT_TIMEOUT: TIMEOUT,
  UND_ERR_HEADERS_TIMEOUT: TIMEOUT,
  UND_ERR_BODY_TIMEOUT: TIMEOUT,
  ECONNRESET: 'connection lost',
  EPIPE: 'connection lost',
  UND_ERR_SOCKET: 'connection lost',
};
const NEVER_SENT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'unknown host name',
};

/** The typed client of the api with timeouts, one repetition and messages for the person at the keyboard. */
export class ApiClient {
  private known: Settings | undefined;

  /** @param readSettings called before the first request: a command without one needs no key */
  constructor(
    private readonly readSettings: () => Settings,
    readonly fetch: typeof globalThis.fetch,
    private readonly patience: Patience = PATIENCE,
  ) {}

  get settings(): Settings {
    this.known ??= this.readSettings();
    return this.known;
  }

  /** Its calls throw a CliFailure where nothing answers, or something else than the service; a refusal is an answer. */
  api(options: CallOptions = {}): Api {
    return createApiClient({
      baseUrl: this.settings.url,
      headers: this.headers(options.isText ? 'application/yaml, application/problem+json' : undefined),
      redirect: 'manual',
      fetch: (request) => this.send(request, options),
    });
  }

  headers(accept = 'application/json, application/problem+json'): Record<string, string> {
    const { credential } = this.settings;
    return { ...(credential !== '' && { authorization: `Bearer ${credential}` }), accept };
  }

  unreachable(error: unknown, effect: Effect): CliFailure {
    const { url } = this.settings;
    const code = typeof error === 'string' ? error : failureCode(error);
    const mayHaveArrived = effect !== 'read' && code in CUT_OFF;
    const lines = [
      `Cannot reach ${url} (${CUT_OFF[code] ?? NEVER_SENT[code] ?? code}).`,
      '  Is the service running there? On your own machine: npm start',
      '  Is it elsewhere? export SUPABASE_URL=http://host:port',
      ...(mayHaveArrived
        ? ['  The request may have arrived: look at the present state before you repeat it.']
        : []),
    ];
    return new CliFailure(lines.join('\n'), EXIT.unreachable);
  }

  private async send(request: Request, options: CallOptions): Promise<Response> {
    const { totalMs, firstAttemptMs } = options.patience ?? this.patience;
    const end = Date.now() + totalMs;
    const effect = options.effect ?? usualEffect(request.method);
    const isRepeatable = effect !== 'once';
    let outcome = await this.attempt(request.clone(), isRepeatable ? firstAttemptMs : totalMs);
    const pauseMs = pauseBeforeRetry(outcome, isRepeatable);
    if (pauseMs !== undefined && Date.now() + pauseMs < end) {
      await sleep(pauseMs);
      outcome = await this.attempt(request, Math.max(1, end - Date.now()));
    }
    if ('lost' in outcome) throw this.unreachable(outcome.lost, effect);
    const { response, text } = outcome;
    if (!(options.isText && response.ok)) assertJson(response, text);
    return response;
  }

  private async attempt(
    request: Request,
    milliseconds: number,
  ): Promise<{ response: Response; text: string } | Lost> {
    try {
      const received = await this.fetch(request, { signal: AbortSignal.timeout(milliseconds) });
      const text = await received.text();
      const { status, statusText, headers } = received;
      // The body arrives within the timeout, too: the client reads it from memory.
      const kept = status === 204 ? null : text;
      const response = new Response(kept, { status, statusText, headers: withoutEncoding(headers) });
      return { response, text };
    } catch (error) {
      return { lost: failureCode(error) };
    }
  }
}

/** Seconds or a date (RFC 9110, 10.2.3). */
export function retryAfterSeconds({ headers }: Response): number | undefined {
  const header = headers.get('retry-after');
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
}

/** @returns undefined where the text is no JSON object: then something else than the service answered */
export function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A proxy's page or a redirect; its text may be anything and helps nobody. */
export function notOurs({ status, headers }: Response): CliFailure {
  const location = headers.get('location');
  const what =
    location === null
      ? 'without JSON: a proxy or another program'
      : `with a redirect to ${stripControlChars(location)}`;
  return new CliFailure(
    `The other side answered ${status} ${what}.\n  Check SUPABASE_URL, and what stands between here and there.`,
    EXIT.refused,
  );
}

/** Without a body only a response that says so is ours. @throws CliFailure */
function assertJson(response: Response, text: string): void {
  const isEmpty = text === '' && response.status === 204;
  if (!isEmpty && parseObject(text) === undefined) throw notOurs(response);
}

const usualEffect = (method: string): Effect => {
  if (method === 'GET') return 'read';
  return method === 'POST' ? 'once' : 'repeatable';
};

/** `fetch` has decoded the body. */
function withoutEncoding(headers: Headers): Headers {
  const kept = new Headers(headers);
  kept.delete('content-encoding');
  kept.delete('content-length');
  return kept;
}

function pauseBeforeRetry(outcome: { response: Response } | Lost, isRepeatable: boolean): number | undefined {
  if ('lost' in outcome) return isRepeatable && outcome.lost in CUT_OFF ? 0 : undefined;
  const seconds = retryAfterSeconds(outcome.response);
  const isSoon = seconds !== undefined && seconds <= MAX_PAUSE_SECONDS;
  return outcome.response.status === 503 && isSoon ? seconds * 1000 : undefined;
}

/** `fetch` wraps what went wrong: the code is in the cause, a timeout is named by the error itself. */
function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return error.name;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause ? String(cause.code) : cause.message;
}
