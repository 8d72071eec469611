import type { Server, ServerResponse } from 'node:http';
import { type Socket, Server as TcpServer } from 'node:net';
import { setTimeout as delay, setImmediate as endOfTurn } from 'node:timers/promises';

const LOOK_MS = 50;

/** State of a connection at the last check: in a response, or idle since then. */
interface Look {
  busy: boolean;
  bytesRead: number;
  since: number;
}

/** Knows the open connections of a server, and ends them without losing a request. */
export class Connections {
  private readonly open = new Map<Socket, Look>();

  /** @param server does not listen yet */
  constructor(private readonly server: Server) {
    server.on('connection', (socket) => {
      this.open.set(socket, { busy: false, bytesRead: 0, since: 0 });
      socket.once('close', () => this.open.delete(socket));
    });
  }

  get count(): number {
    return this.open.size;
  }

  /**
   * Makes each further response close its connection, also those of requests in progress that have not started to
   * respond.
   */
  closeAfterAnswers(): void {
    this.server.prependListener('request', (_, response) => response.setHeader('connection', 'close'));
    for (const socket of this.open.keys()) {
      const answer = answerOn(socket);
      if (answer && !answer.headersSent) answer.setHeader('connection', 'close');
      this.look(socket);
    }
  }

  /** Stops listening. `Server.close` of HTTP would end quiet connections, on which a request may be on its way. */
  refuseNew(): void {
    TcpServer.prototype.close.call(this.server);
  }

  /**
   * Ends each connection that is without a request for some time: its client does not know that the server stops.
   * @param quietMs how long
   * @returns when none is open any more, and after `withinMs` in any case
   */
  async ended(quietMs: number, withinMs: number): Promise<void> {
    const until = performance.now() + withinMs;
    while (this.open.size > 0 && performance.now() < until) {
      // Requests that have arrived are read before a connection counts as quiet: in one whole turn of the event loop.
      await endOfTurn();
      await endOfTurn();
      for (const socket of this.open.keys()) if (this.look(socket) >= quietMs) socket.destroySoon();
      await delay(LOOK_MS);
    }
  }

  /** Closes all connections, also those with requests in progress. */
  destroy(): void {
    for (const socket of this.open.keys()) socket.destroy();
  }

  /** @returns milliseconds for which it has been idle; -1: a request is in progress, or arrives */
  private look(socket: Socket): number {
    const last = this.open.get(socket)!;
    const { bytesRead } = socket;
    const busy = answerOn(socket) !== undefined;
    const arrives = bytesRead !== last.bytesRead;
    const since = busy || arrives || last.busy || last.since === 0 ? performance.now() : last.since;
    this.open.set(socket, { busy, bytesRead, since });
    return busy || arrives ? -1 : performance.now() - since;
  }
}

/** Node keeps it there, and offers it nowhere else. */
const answerOn = (socket: Socket): ServerResponse | undefined =>
  (socket as { _httpMessage?: ServerResponse | null })._httpMessage ?? undefined;
