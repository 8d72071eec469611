import { setTimeout as sleep } from 'node:timers/promises';
import { CliFailure, EXIT } from './cli-failure.js';
import type { Settings } from './settings.js';

export interface ServiceRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Instead of a body: the text of a file. */
  readonly yaml?: string;
  /** The same for the retry, so that the service does a thing once. */
  readonly idempotencyKey?: string;
  /** Effect of a second request: with `read` and `repeatable` none, with `once` a second change. */
  readonly effect: 'read' | 'repeatable' | 'once';
  /** For what the service itself needs long for. */
  readonly patience?: Patience;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly ok: boolean;
  readonly text: string;
  /** `undefined` when the text is not a JSON object: then it was not our service that answered. */
  readonly body: object | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly location: string | null;
}

export interface Stream {
  readonly stream: ReadableStream<Uint8Array>;
}

export interface Patience {
  readonly totalMs: number;
  readonly firstAttemptMs: number;
}

interface Lost {
  readonly lost: string;
}

const PATIENCE: Patience = { totalMs: 10_000, firstAttemptMs: 6_000 };
const MAX_PAUSE_SECONDS = 2;
/** The service says something four times a minute. */
const MAX_SILENCE_MS = 60_000;
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

export class ServiceClient {
  constructor(
    private readonly settings: Settings,
    private readonly fetch: typeof globalThis.fetch,
    private readonly patience: Patience = PATIENCE,
  ) {}

  /** Throws only where nothing answered; a refusal is an answer. */
  async send(request: ServiceRequest): Promise<ServiceAnswer> {
    const { totalMs, firstAttemptMs } = request.patience ?? this.patience;
    const end = Date.now() + totalMs;
    const repeatable = request.effect !== 'once';
    const first = repeatable ? firstAttemptMs : totalMs;
    let outcome = await this.attempt(request, first);
    const pauseMs = pauseBeforeRetry(outcome, repeatable);
    if (pauseMs !== undefined && Date.now() + pauseMs < end) {
      await sleep(pauseMs);
      outcome = await this.attempt(request, Math.max(1, end - Date.now()));
    }
    if ('lost' in outcome) throw this.unreachable(outcome.lost, request);
    return outcome;
  }

  /** Sends a question once. @returns the stream of its answer, or a refusal; throws where nothing answered */
  async open(path: string, body: Readonly<Record<string, unknown>>): Promise<Stream | ServiceAnswer> {
    const request = { method: 'POST', path, body, effect: 'once' } as const;
    try {
      const response = await this.fetch(`${this.settings.url}${path}`, {
        method: 'POST',
        headers: { ...this.headers(request), accept: 'text/event-stream, application/problem+json' },
        body: JSON.stringify(body),
        redirect: 'manual',
      });
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
      if (isStream && response.body) return { stream: response.body };
      return toAnswer(response, await response.text());
    } catch (error) {
      throw this.unreachable(failureCode(error), request);
    }
  }

  /**
   * For an answer of many lines of JSON that takes as long as it takes: `onLine` gets each line but the last, which is
   * the answer. Nothing is repeated. Throws only where nothing answered, or where the answer was cut off.
   */
  async follow(request: ServiceRequest, onLine: (line: object | undefined) => void): Promise<ServiceAnswer> {
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(new DOMException('', 'TimeoutError')), MAX_SILENCE_MS);
    try {
      const response = await this.fetch(`${this.settings.url}${request.path}`, {
        ...{ method: request.method, headers: this.headers(request), redirect: 'manual' },
        body: request.body && JSON.stringify(request.body),
        signal: silence.signal,
      });
      const last = await lastLine(response, (line) => {
        timer.refresh();
        onLine(parseObject(line));
      });
      return toAnswer(response, last);
    } catch (error) {
      throw this.unreachable(failureCode(error), request);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Opens a stream that continues after an event. Its start has a timeout, and then each minute needs a sign of life.
   * @returns the stream, or a refusal; throws where nothing answered
   */
  async listen(path: string, lastEventId: string | undefined): Promise<Stream | ServiceAnswer> {
    const request = { method: 'GET', path, effect: 'read' } as const;
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(new DOMException('', 'TimeoutError')), MAX_SILENCE_MS);
    try {
      const response = await this.fetch(`${this.settings.url}${path}`, {
        headers: { ...this.headers(request), ...(lastEventId && { 'last-event-id': lastEventId }) },
        redirect: 'manual',
        signal: silence.signal,
      });
      if (!response.ok || !response.body) return toAnswer(response, await response.text());
      // Also where the stream breaks, it must not keep the program from ending.
      timer.unref();
      return { stream: response.body.pipeThrough(onEachChunk(() => void timer.refresh())) };
    } catch (error) {
      throw this.unreachable(failureCode(error), request);
    }
  }

  private async attempt(request: ServiceRequest, milliseconds: number): Promise<ServiceAnswer | Lost> {
    try {
      const response = await this.fetch(`${this.settings.url}${request.path}`, {
        method: request.method,
        headers: this.headers(request),
        body: request.yaml ?? (request.body && JSON.stringify(request.body)),
        redirect: 'manual',
        signal: AbortSignal.timeout(milliseconds),
      });
      return toAnswer(response, await response.text());
    } catch (error) {
      return { lost: failureCode(error) };
    }
  }

  private headers(request: ServiceRequest): Record<string, string> {
    return {
      authorization: `Bearer ${this.settings.serviceKey}`,
      accept: 'application/json, application/problem+json',
      ...(request.body && { 'content-type': 'application/json' }),
      ...(request.yaml !== undefined && { 'content-type': 'application/yaml' }),
      ...(request.idempotencyKey && { 'idempotency-key': request.idempotencyKey }),
    };
  }

  private unreachable(code: string, request: ServiceRequest): CliFailure {
    const { url } = this.settings;
    const mayHaveArrived = request.effect !== 'read' && code in CUT_OFF;
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
}

/** Hands over every line but the last, which it returns. */
async function lastLine(response: Response, onLine: (line: string) => void): Promise<string> {
  let rest = '';
  for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    // The last line ends, too: it is held back until another one comes.
    if (rest === '' && lines.length > 0) rest = `${lines.pop()}\n`;
    for (const line of lines) onLine(line);
  }
  return rest;
}

const onEachChunk = (seen: () => void) =>
  new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      seen();
      controller.enqueue(chunk);
    },
  });

function pauseBeforeRetry(outcome: ServiceAnswer | Lost, repeatable: boolean): number | undefined {
  if ('lost' in outcome) return repeatable && outcome.lost in CUT_OFF ? 0 : undefined;
  const seconds = outcome.retryAfterSeconds;
  const soon = seconds !== undefined && seconds <= MAX_PAUSE_SECONDS;
  return outcome.status === 503 && soon ? seconds * 1000 : undefined;
}

function toAnswer(response: Response, text: string): ServiceAnswer {
  const body = parseObject(text);
  const saysNo = body !== undefined && 'success' in body && body.success === false;
  return {
    status: response.status,
    ok: response.ok && !saysNo,
    text: text.trim(),
    body,
    retryAfterSeconds: readRetryAfter(response.headers.get('retry-after')),
    location: response.headers.get('location'),
  };
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function readRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds));
}

/** `fetch` wraps what went wrong: the code is in the cause, a timeout is named by the error itself. */
function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return error.name;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause ? String(cause.code) : cause.message;
}
