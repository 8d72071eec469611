import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net';

/** First bytes of every HTTP/2 connection: `PRI * HTTP/2.0`. No HTTP/1.1 method begins like this. */
const PREFACE = Buffer.from('PRI * HTTP/2.0', 'ascii');

export interface Connection {
  /** Number of the connection in the order of opening. */
  number: number;
  socket: Socket;
}

/** Serves HTTP/1.1 and HTTP/2 without TLS on one port: an SDK client uses one or the other without negotiation. */
export class Http1Http2Server {
  private readonly http1;
  private readonly http2;
  private readonly net = createNetServer((socket) => this.accept(socket));
  /** Maps the client's port to its connection; an HTTP/2 request carries nothing else that identifies it. */
  private readonly byPort = new Map<number, Connection>();
  private opened = 0;

  constructor(onRequest: RequestListener) {
    this.http1 = createHttpServer(onRequest);
    // Idle connections stay open: otherwise a client could reuse one that the server has just closed.
    this.http1.keepAliveTimeout = 0;
    // The HTTP/2 request and response are compatible with those of HTTP/1.1.
    this.http2 = createHttp2Server(onRequest as never);
    this.http2.on('sessionError', () => {});
  }

  get connections(): { opened: number; open: number } {
    return { opened: this.opened, open: this.byPort.size };
  }

  /** Returns the connection of a request. */
  connectionOf(request: IncomingMessage): Connection {
    return this.byPort.get(request.socket.remotePort!)!;
  }

  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.net.once('error', reject);
      this.net.listen(port, host, () => resolve((this.net.address() as AddressInfo).port));
    });
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.net.close(resolve));
    for (const { socket } of this.byPort.values()) socket.destroy();
    await closed;
  }

  private accept(socket: Socket): void {
    this.opened += 1;
    const port = socket.remotePort!;
    this.byPort.set(port, { number: this.opened, socket });
    socket.once('close', () => this.byPort.delete(port));
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    this.sniff(socket);
  }

  private sniff(socket: Socket): void {
    const onReadable = () => {
      const start: Buffer | null = socket.read();
      if (start === null) return;
      socket.removeListener('readable', onReadable);
      socket.unshift(start);
      const looked = Math.min(start.length, PREFACE.length);
      const isHttp2 = start.subarray(0, looked).equals(PREFACE.subarray(0, looked));
      (isHttp2 ? this.http2 : this.http1).emit('connection', socket);
    };
    socket.on('readable', onReadable);
  }
}
