import { constants, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';

/** A GOAWAY with this id refuses no stream: it asks the client to open its next streams on another connection. */
const NO_STREAM_REFUSED = 2 ** 31 - 1;

/** Times in ms, as those of an HTTP/1.1 server; 0: no limit. */
export interface Http2Times {
  /** For a stream or a connection on which nothing is sent in either direction. */
  silence: number;
  /** For a connection without a stream. */
  idle: number;
  /** For a request with its body. */
  request: number;
}

/** One connection of HTTP/2: limits its times, and ends it without losing a request. */
export class Http2Connection {
  private open = 0;
  private idle: NodeJS.Timeout | undefined;
  private hasServed = false;
  private isEnding = false;

  constructor(
    private readonly session: ServerHttp2Session,
    private readonly times: Http2Times,
  ) {
    session.setTimeout(times.silence, () => session.destroy());
    session.on('stream', (stream) => this.serve(stream));
    session.once('close', () => clearTimeout(this.idle));
    this.waitForStream();
  }

  /** Returns true while a stream is open. */
  get isBusy(): boolean {
    return this.open > 0;
  }

  /** Asks the client to send its next requests on another connection; those that are on their way are served. */
  announceEnd(): void {
    this.isEnding = true;
    // A client that connects now has a request to send: it gets the GOAWAY after that one has arrived.
    if (this.hasServed) this.session.goaway(constants.NGHTTP2_NO_ERROR, NO_STREAM_REFUSED);
  }

  /** Accepts no further stream, and closes the connection after the last one. */
  end(): void {
    if (!this.session.closed) this.session.close();
  }

  private serve(stream: ServerHttp2Stream): void {
    this.open += 1;
    this.hasServed = true;
    clearTimeout(this.idle);
    stream.setTimeout(this.times.silence, () => stream.close(constants.NGHTTP2_CANCEL));
    const isLate = this.limitRequest(stream);
    stream.once('close', () => {
      clearTimeout(isLate);
      this.open -= 1;
      if (!this.isBusy) this.waitForStream();
    });
    if (this.isEnding && !this.session.closed) this.announceEnd();
  }

  private waitForStream(): void {
    if (this.times.idle > 0 && !this.session.closed)
      this.idle = setTimeout(() => this.end(), this.times.idle).unref();
  }

  /** Resets a stream whose request does not arrive in time. */
  private limitRequest(stream: ServerHttp2Stream): NodeJS.Timeout | undefined {
    if (this.times.request === 0 || stream.endAfterHeaders) return undefined;
    return setTimeout(() => {
      if (stream.state.state === constants.NGHTTP2_STREAM_STATE_OPEN)
        stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
    }, this.times.request).unref();
  }
}
