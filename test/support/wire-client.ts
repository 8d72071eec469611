import { once } from 'node:events';
import { connect, type IncomingHttpHeaders } from 'node:http2';
import { buffer } from 'node:stream/consumers';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SERVICE_KEY } from './test-env.js';

type Question = Omit<ConverseCommandInput, 'modelId'>;

const question = (text = 'How are you?'): Question => ({ messages: [{ role: 'user', content: [{ text }] }] });

/** A client of Amazon Bedrock as applications make it: only its endpoint and its key are ours. */
export class WireClient {
  private readonly clients: BedrockRuntimeClient[] = [];

  constructor(readonly url: string) {}

  sdk(key = SERVICE_KEY): BedrockRuntimeClient {
    const client = new BedrockRuntimeClient({
      region: 'eu-central-1',
      endpoint: `${this.url}/bedrock`,
      requestHandler: new NodeHttpHandler(),
      token: { token: key },
      authSchemePreference: ['httpBearerAuth'],
    });
    this.clients.push(client);
    return client;
  }

  converse(modelId: string, asked: Question = question(), client = this.sdk()) {
    return client.send(new ConverseCommand({ modelId, ...asked }));
  }

  /** All events of a stream; `events` receives those before a break too. */
  async stream(modelId: string, events: ConverseStreamOutput[] = [], asked = question()) {
    const { stream, $metadata } = await this.sdk().send(new ConverseStreamCommand({ modelId, ...asked }));
    for await (const event of stream!) events.push(event);
    return { events, $metadata };
  }

  /** A request without the SDK, to see statuses, headers and bytes. */
  async raw(
    path: string,
    body: object | string | Buffer<ArrayBuffer> = question(),
    headers: Record<string, string | undefined> = {},
  ) {
    const all = { authorization: `Bearer ${SERVICE_KEY}`, 'content-type': 'application/json', ...headers };
    const given = Object.entries(all).filter(([, value]) => value !== undefined);
    const response = await fetch(`${this.url}/bedrock/model/${path}`, {
      method: 'POST',
      headers: Object.fromEntries(given) as Record<string, string>,
      body: typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return {
      status: response.status,
      headers: response.headers,
      type: response.headers.get('x-amzn-errortype'),
      bytes,
      // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
      body: (isJson ? JSON.parse(bytes.toString('utf8')) : undefined) as any,
    };
  }

  /** A request over HTTP/2 without TLS, on a separate connection. */
  async rawOverHttp2(path: string, body: Buffer, headers: Record<string, string> = {}) {
    const session = connect(this.url);
    const stream = session.request({
      ':method': 'POST',
      ':path': `/bedrock/model/${path}`,
      authorization: `Bearer ${SERVICE_KEY}`,
      'content-type': 'application/json',
      ...headers,
    });
    try {
      stream.end(body);
      const [answered] = (await once(stream, 'response')) as [IncomingHttpHeaders];
      const given = Object.entries(answered).filter(([name]) => !name.startsWith(':'));
      return {
        status: Number(answered[':status']),
        headers: new Headers(given as [string, string][]),
        bytes: await buffer(stream),
      };
    } finally {
      session.close();
    }
  }

  close(): void {
    for (const client of this.clients) client.destroy();
  }
}

export const textOfEvents = (events: ConverseStreamOutput[]): string =>
  events.map(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? '').join('');
