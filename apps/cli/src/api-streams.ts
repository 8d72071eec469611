import { type Answer, type ApiClient, type Effect, notOurs, parseObject } from './api-client.js';

/** A stream of the api, or the answer that refuses it. */
export type Opened = { readonly stream: ReadableStream<Uint8Array> } | Answer<never>;

interface StreamRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly effect: Effect;
}

/** The service says something four times a minute. */
const MAX_SILENCE_MS = 60_000;

/** Opens the stream of an answer to one request, which is sent once. @throws CliFailure where nothing answers */
export async function openChat(client: ApiClient, body: object): Promise<Opened> {
  try {
    const request = { method: 'POST', path: '/v1/chat', body, effect: 'once' } as const;
    const accept = 'text/event-stream, application/problem+json';
    const response = await start(client, { ...request, headers: { accept } });
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    if (isStream && response.body) return { stream: response.body };
    return await refusalOf(response);
  } catch (error) {
    throw asFailure(client, error, 'once');
  }
}

/**
 * Opens a stream that continues after an event. Its start has a timeout, and then each minute needs a sign of life.
 * @throws CliFailure where nothing answers
 */
export async function listen(client: ApiClient, path: string, lastEventId?: string): Promise<Opened> {
  const silence = silenceTimer();
  try {
    const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    const request = { method: 'GET', path, headers, effect: 'read' } as const;
    const response = await start(client, request, silence.signal);
    if (!response.ok || !response.body) return await refusalOf(response);
    // Also where the stream breaks, it must not keep the program from ending.
    silence.timer.unref();
    return { stream: response.body.pipeThrough(onEachChunk(() => void silence.timer.refresh())) };
  } catch (error) {
    throw asFailure(client, error, 'read');
  }
}

/**
 * Reads an answer of many lines of JSON: `onLine` gets each line but the last, which is the answer. Nothing is repeated.
 * @throws CliFailure where nothing answers, or where the answer is cut off
 */
export async function followLines<T extends object>(
  client: ApiClient,
  request: StreamRequest,
  onLine: (line: object | undefined) => void,
): Promise<Answer<T>> {
  const silence = silenceTimer();
  try {
    const response = await start(client, request, silence.signal);
    const last = await lastLine(response, (line) => {
      silence.timer.refresh();
      onLine(parseObject(line));
    });
    const body = parseObject(last);
    if (body === undefined) throw notOurs(response);
    // The api describes its last line in words only.
    return response.ok ? { data: body as T, response } : { error: body, response };
  } catch (error) {
    throw asFailure(client, error, request.effect);
  } finally {
    clearTimeout(silence.timer);
  }
}

function start(client: ApiClient, request: StreamRequest, signal?: AbortSignal): Promise<Response> {
  const { method, path, body, headers } = request;
  return client.fetch(`${client.settings.url}${path}`, {
    method,
    headers: { ...client.headers(), ...(body && { 'content-type': 'application/json' }), ...headers },
    body: body && JSON.stringify(body),
    redirect: 'manual',
    signal,
  });
}

async function refusalOf(response: Response): Promise<Answer<never>> {
  const error = parseObject(await response.text());
  if (error === undefined) throw notOurs(response);
  return { error, response };
}

const asFailure = (client: ApiClient, error: unknown, effect: Effect): Error =>
  error instanceof Error && 'exitCode' in error ? error : client.unreachable(error, effect);

function silenceTimer() {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new DOMException('', 'TimeoutError')), MAX_SILENCE_MS);
  return { signal: abort.signal, timer };
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
