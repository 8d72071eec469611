import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

export interface Connection {
  /** Number of the connection in the order of opening. */
  number: number;
  socket: Socket;
}

/** Numbers the connections of a server, and finds that of a request. */
export class Connections {
  /** Maps the client's port to its connection; an HTTP/2 request carries nothing else that identifies it. */
  private readonly byPort = new Map<number, Connection>();
  private opened = 0;

  /** @param server does not listen yet */
  constructor(server: Server) {
    server.on('connection', (socket) => this.add(socket));
  }

  get counts(): { opened: number; open: number } {
    return { opened: this.opened, open: this.byPort.size };
  }

  /** Returns the connection of a request. */
  of(request: IncomingMessage): Connection {
    return this.byPort.get(request.socket.remotePort!)!;
  }

  destroy(): void {
    for (const { socket } of this.byPort.values()) socket.destroy();
  }

  private add(socket: Socket): void {
    this.opened += 1;
    const port = socket.remotePort!;
    this.byPort.set(port, { number: this.opened, socket });
    socket.once('close', () => this.byPort.delete(port));
    socket.on('error', () => socket.destroy());
  }
}
