import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { stablePort } from './stable-port.js';

/** PostgreSQL's last words on a connection that an administrator ends. */
const FATAL = Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0');
const LENGTH = Buffer.alloc(4);
LENGTH.writeInt32BE(FATAL.length + LENGTH.length);
const TERMINATED = Buffer.concat([Buffer.from('E'), LENGTH, FATAL]);
const READY_FOR_QUERY = Buffer.from('Z\0\0\0\x05I', 'latin1');

/** Stands between a program and its server on 127.0.0.1, so that a test can take the server away from it. */
export class FaultProxy {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private readonly stranded = new Set<Socket>();
  private frozen = false;
  /** So many PostgreSQL connections are terminated in the packet that says that they are ready. */
  terminateWhenReady = 0;
  /** The next packet to the server with this text still gets there; nothing ever comes back on its connection. */
  loseAnswerTo: string | undefined;
  /** Each packet takes so much longer, in both directions. */
  delayMs = 0;

  private constructor(
    private readonly target: { host: string; port: number },
    private readonly port: number,
  ) {}

  static async before(url: string): Promise<FaultProxy> {
    const { hostname, port } = new URL(url);
    const proxy = new FaultProxy({ host: hostname, port: Number(port) }, await stablePort());
    await proxy.restore();
    return proxy;
  }

  /** The URL, by way of this proxy. */
  through(url: string): string {
    const changed = new URL(url);
    changed.host = `127.0.0.1:${this.port}`;
    return changed.href;
  }

  /** Ends every connection and refuses new ones. */
  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.server!.close(resolve));
    for (const socket of [...this.sockets, ...this.stranded]) socket.destroy();
    await closed;
  }

  /** Connections stay, nothing passes: as with a frozen host or a network that swallows packets. */
  freeze(): void {
    this.frozen = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** The connections of now pass nothing any more, for ever, and are never closed; new ones are well. */
  blackHole(): void {
    for (const socket of this.sockets) {
      socket.pause();
      this.stranded.add(socket);
    }
    this.sockets.clear();
  }

  async restore(): Promise<void> {
    this.frozen = false;
    for (const socket of this.sockets) socket.resume();
    if (this.server?.listening) return;
    this.server = createServer((client) => this.join(client)).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  private relay(data: Buffer, to: Socket): void {
    const isReady = this.terminateWhenReady > 0 && data.subarray(-6).equals(READY_FOR_QUERY);
    if (!isReady) return void to.write(data);
    this.terminateWhenReady -= 1;
    to.end(Buffer.concat([data, TERMINATED]));
  }

  private join(client: Socket): void {
    const server = connect(this.target);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(from);
      const late: Buffer[] = [];
      from.on('data', (data: Buffer) => {
        if (from === client && this.loseAnswerTo && data.includes(this.loseAnswerTo)) {
          this.loseAnswerTo = undefined;
          server.removeAllListeners('data').resume();
        }
        if (this.delayMs === 0 && late.length === 0) return this.relay(data, to);
        late.push(data);
        // Whichever timer is first takes what came first.
        setTimeout(() => this.relay(late.shift()!, to), this.delayMs);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      if (this.frozen) from.pause();
    }
  }
}
