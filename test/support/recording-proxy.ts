import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Exchange {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  /** Bytes of the request and of the answer. */
  asked: Buffer;
  answered: Buffer;
}

/** Stands before a server and keeps the bytes of each exchange, in the order in which they began. */
export class RecordingProxy {
  exchanges: Exchange[] = [];
  /** Set before the first request. */
  target = '';

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    readonly url: string,
  ) {}

  static async start(): Promise<RecordingProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const proxy = new RecordingProxy(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      const { method, headers, url = '' } = request;
      const exchange: Exchange = { path: url, headers, asked: Buffer.alloc(0), answered: Buffer.alloc(0) };
      proxy.exchanges.push(exchange);
      const upstream = send(proxy.target + url, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.on('data', (chunk: Buffer) => {
          exchange.answered = Buffer.concat([exchange.answered, chunk]);
          response.write(chunk);
        });
        answer.once('end', () => response.end());
        answer.once('error', () => response.destroy());
      });
      upstream.once('error', () => response.destroy());
      response.once('close', () => upstream.destroy());
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.once('end', () => {
        exchange.asked = Buffer.concat(chunks);
      });
      request.pipe(upstream);
    });
    return proxy;
  }

  /** Breaks every connection, also those of answers in progress. */
  cut(): void {
    this.server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
