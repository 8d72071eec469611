import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { Agent } from 'undici';
import { trackedBody } from '../http/body-memory.js';

type SdkHandler = BedrockRuntimeClient['config']['requestHandler'];
type SdkRequest = Parameters<SdkHandler['handle']>[0];

/** Fields of a request of the SDK that are sent. */
export type HttpRequest = Pick<
  SdkRequest,
  'protocol' | 'hostname' | 'port' | 'method' | 'path' | 'headers'
> & {
  query?: SdkRequest['query'];
  body?: string | Uint8Array;
};

export interface HttpResponse {
  statusCode: number;
  /** By lower-case name. */
  headers: Record<string, string>;
  /** Unread. */
  body: Readable;
}

/** Limits of the connections, and of the silence on them, in milliseconds. */
interface TransportLimits {
  connections: number;
  connectMs: number;
  silenceMs: number;
  idleMs: number;
}

/**
 * Sends the requests of both planes: a pool of keep-alive HTTP/1.1 connections for each origin. It is a request handler
 * of the SDK, and takes less CPU time than the SDK's own: see docs/adr/0035-prepare-sdk-calls-once.md.
 */
export class HttpTransport {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  private readonly agent: Agent;

  constructor({ connections, connectMs, silenceMs, idleMs }: TransportLimits) {
    this.agent = new Agent({
      connections,
      // One request on a connection at a time: the next one takes a free connection.
      pipelining: 1,
      allowH2: false,
      connect: { timeout: connectMs },
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
      keepAliveTimeout: idleMs,
      keepAliveMaxTimeout: idleMs,
    });
  }

  /**
   * Resolves when the head of the response has arrived.
   * @throws the reason of the signal; else an error of undici
   */
  async handle(
    { protocol, hostname, port, method, path, headers, query, body }: HttpRequest,
    { abortSignal }: { abortSignal?: unknown } = {},
  ): Promise<{ response: HttpResponse }> {
    const response = await this.agent.request({
      origin: `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`,
      path: path + queryOf(query),
      method: method as 'GET' | 'POST',
      headers,
      // The types of undici leave out iterables, which it documents.
      ...(body === undefined ? {} : { body: trackedBody(body) as string }),
      ...(abortSignal === undefined ? {} : { signal: abortSignal as AbortSignal }),
    });
    return {
      response: {
        statusCode: response.statusCode,
        headers: plain(response.headers),
        body: response.body,
      },
    };
  }

  /** Ends all connections, also those with a request. */
  destroy(): void {
    void this.agent.destroy();
  }

  /** The SDK changes no setting after the start. */
  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): object {
    return {};
  }
}

/** Writes the query as the SDK signs it. */
function queryOf(query: SdkRequest['query'] = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value]
      .flat()
      .map((each) => (each === null ? encoded(name) : `${encoded(name)}=${encoded(String(each))}`)),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name in headers) joined[name] = [headers[name]].flat().join(', ');
  return joined;
}
