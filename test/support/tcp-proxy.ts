import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a process and its PostgreSQL, so that a test can take the database away and bring it back. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private state: 'up' | 'cut' | 'frozen' = 'up';

  private constructor(
    private readonly server: Server,
    private readonly target: { host: string; port: number },
  ) {
    server.on('connection', (client) => this.accept(client));
  }

  static async start(target: { host: string; port: number }): Promise<TcpProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new TcpProxy(server, target);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Ends every connection and refuses new ones. */
  cut(): void {
    this.state = 'cut';
    this.dropAll();
  }

  /** Keeps every connection and says nothing more: a frozen machine, or packets that are lost. */
  freeze(): void {
    this.state = 'frozen';
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  restore(): void {
    this.state = 'up';
    this.dropAll();
  }

  async close(): Promise<void> {
    this.dropAll();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(client: Socket): void {
    this.track(client);
    if (this.state === 'cut') return void client.destroy();
    if (this.state === 'frozen') return void client.pause();
    const upstream = this.track(connect(this.target));
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  }

  private track(socket: Socket): Socket {
    this.sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    return socket;
  }

  private dropAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}
