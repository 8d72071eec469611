import type { ServerResponse } from 'node:http';
import { type Socket, Server as TcpServer } from 'node:net';
import { setTimeout as delay, setImmediate as endOfTurn } from 'node:timers/promises';
import type { Http1Http2Server } from '#libs/platform/http/http1-http2-server.js';

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
  constructor(private readonly server: Http1Http2Server) {
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
   * respond. Over HTTP/2 the connection sends a GOAWAY, and serves the requests that it has.
   */
  closeAfterAnswers(): void {
    this.server.prependListener('request', (request, response) => {
      if (request.httpVersionMajor === 1) response.setHeader('connection', 'close');
    });
    this.server.announceEnd();
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
      for (const socket of this.open.keys()) if (this.look(socket) >= quietMs) this.end(socket);
      await delay(LOOK_MS);
    }
  }

  /** Closes all connections, also those with requests in progress. */
  destroy(): void {
    for (const socket of this.open.keys()) socket.destroy();
  }

  private end(socket: Socket): void {
    const http2 = this.server.http2On(socket);
    if (http2) http2.end();
    else socket.destroySoon();
  }

  /** @returns milliseconds for which it has been idle; -1: a request is in progress, or arrives */
  private look(socket: Socket): number {
    const last = this.open.get(socket)!;
    const { bytesRead } = socket;
    const http2 = this.server.http2On(socket);
    const busy = http2 ? http2.isBusy : answerOn(socket) !== undefined;
    // Over HTTP/2 they may be of a ping; a request that crosses the end is refused, so that its client repeats it.
    const arrives = !http2 && bytesRead !== last.bytesRead;
    const since = busy || arrives || last.busy || last.since === 0 ? performance.now() : last.since;
    this.open.set(socket, { busy, bytesRead, since });
    return busy || arrives ? -1 : performance.now() - since;
  }
}

/** Node keeps it there, and offers it nowhere else. */
const answerOn = (socket: Socket): ServerResponse | undefined =>
  (socket as { _httpMessage?: ServerResponse | null })._httpMessage ?? undefined;
