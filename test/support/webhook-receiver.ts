import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Documented {
  isGenuine(secret: string, headers: IncomingHttpHeaders, body: string): boolean;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into messages of every shape
  createReceiver(secret: string, push: (message: any) => void): Server;
}
const EXAMPLE = new URL('../../docs/webhook-receiver.mjs', import.meta.url);
/** The example in docs/, as people copy it. */
export const documented = (await import(EXAMPLE.href)) as Documented;

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  id: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into messages of every shape
  message: any;
}

type Behaviour = (response: ServerResponse, received: Received) => void;

export const answering =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    response.writeHead(status, headers).end();

/** A receiver on this machine: keeps what it gets, and behaves at each path as configured. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  private readonly behaviours = new Map<string, Behaviour>();
  private readonly server = createServer(async (request, response) => {
    const body = await text(request);
    const { url: path = '', headers } = request;
    const received = {
      path,
      headers,
      body,
      id: String(headers['webhook-id']),
      message: JSON.parse(body || 'null'),
    };
    this.received.push(received);
    (this.behaviours.get(path) ?? answering(204))(response, received);
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  behave(path: string, behaviour: Behaviour): void {
    this.behaviours.set(path, behaviour);
  }

  at(path: string): Received[] {
    return this.received.filter((each) => each.path === path);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
