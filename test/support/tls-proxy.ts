import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Certificates } from './certificates.js';

/** With these eight bytes a PostgreSQL client asks for TLS; the server says S and begins with it. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Stands before a server on 127.0.0.1 as a managed one would be: nobody comes in without TLS. */
export class TlsProxy {
  /** Connections that came through, encrypted. */
  accepted = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: { host: string; port: number; isPostgres: boolean },
    private readonly certificates: Certificates,
  ) {}

  static async before(url: string, certificates: Certificates): Promise<TlsProxy> {
    const { hostname, port, protocol } = new URL(url);
    const server = createServer((socket) => void front.serve(socket).catch(() => socket.destroy()));
    const target = { host: hostname, port: Number(port), isPostgres: protocol.startsWith('postgres') };
    const front = new TlsProxy(server, target, certificates);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return front;
  }

  /** The URL of the server, by way of this front; what says that TLS is wanted is for the caller to add. */
  through(url: string): string {
    const changed = new URL(url);
    changed.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return changed.href;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(socket: Socket): Promise<void> {
    this.keep(socket);
    if (this.target.isPostgres) await this.agreeOnTls(socket);
    const secureContext = createSecureContext(this.certificates.server);
    const secured = new TLSSocket(socket, { isServer: true, secureContext });
    this.keep(secured);
    await once(secured, 'secure');
    this.accepted += 1;
    const behind = connect(this.target);
    this.keep(behind);
    secured.pipe(behind).pipe(secured);
  }

  private async agreeOnTls(socket: Socket): Promise<void> {
    const [asked] = (await once(socket, 'data')) as [Buffer];
    socket.pause();
    if (!asked.equals(SSL_REQUEST)) throw new Error('a client that does not ask for TLS');
    socket.write('S');
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }
}
