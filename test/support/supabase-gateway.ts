import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const FUNCTION = /^\/functions\/v1\/([\w-]+)/;

/** Handles a request that is for no function. */
type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The gateway of a Supabase project, as far as functions need it: a path names a function, any other one a handler. */
export class SupabaseGateway {
  private readonly functions = new Map<string, string>();
  private readonly server = createServer((request, response) => this.route(request, response));

  constructor(private readonly otherwise: Handler) {}

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** @param target where the function listens */
  serve(name: string, target: string): void {
    this.functions.set(name, target);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private route(request: IncomingMessage, response: ServerResponse): void {
    const target = this.functions.get(FUNCTION.exec(request.url ?? '')?.[1] ?? '');
    if (target) pass(request, response, target);
    else
      this.otherwise(request, response).catch((error: Error) => response.writeHead(500).end(error.message));
  }
}

/** Passes everything on as it arrives, and a disconnect too. */
function pass(request: IncomingMessage, response: ServerResponse, target: string): void {
  const { method, headers, url = '' } = request;
  const passed = httpRequest(new URL(url, target), { method, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  passed.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  response.on('close', () => passed.destroy());
  request.pipe(passed);
}
