import { type RequestListener, Server, type ServerOptions } from 'node:http';
import {
  constants,
  createServer as createHttp2Server,
  type Http2ServerRequest,
  Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import type { Socket } from 'node:net';
import { Http2Connection } from './http2-connection.js';

/** First bytes of every HTTP/2 connection. No method of HTTP/1.1 begins like this. */
const PREFACE = Buffer.from('PRI * HTTP/2.0', 'ascii');
/** Concurrent requests on one connection; a client opens another one for more. */
const MAX_STREAMS = 100;

/** A response that is destroyed resets its stream: with Node's own code the client would see a complete response. */
class ResetResponse extends Http2ServerResponse {
  override destroy(error?: Error): this {
    if (!this.writableEnded) this.stream?.close(constants.NGHTTP2_INTERNAL_ERROR);
    return super.destroy(error);
  }
}

/** Makes a request that its client resets fail, as over HTTP/1.1: with Node's own events its body would look complete. */
function failWhenReset(request: Http2ServerRequest): void {
  // Without a listener, this error would end the process.
  request.on('error', () => undefined);
  request.once('aborted', () => request.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })));
}

/**
 * Serves HTTP/1.1 and HTTP/2 without TLS on one port: clients of the AWS SDK use one or the other without negotiation.
 * It is a server of HTTP/1.1 in every respect; its times and its limit of headers hold for HTTP/2, too. Requests of both
 * are events of it. Against floods of resets, settings and pings the limits of nghttp2 hold.
 */
export class Http1Http2Server extends Server {
  private readonly http2;
  private readonly http2Connections = new Map<Socket, Http2Connection>();
  /** Connections whose protocol is not known yet. */
  private readonly undetected = new Set<Socket>();
  private isEnding = false;

  constructor(options: ServerOptions, onRequest: RequestListener) {
    super(options, onRequest);
    this.http2 = createHttp2Server({
      settings: { maxConcurrentStreams: MAX_STREAMS, maxHeaderListSize: options.maxHeaderSize },
      Http2ServerResponse: ResetResponse,
    });
    // Both are compatible with those of HTTP/1.1.
    this.http2.on('request', (request, response) => {
      failWhenReset(request);
      this.emit('request', request, response);
    });
    const [serveHttp1] = this.listeners('connection') as [(socket: Socket) => void];
    this.removeListener('connection', serveHttp1);
    this.on('connection', (socket) => this.detect(socket, serveHttp1));
  }

  /** Returns the HTTP/2 connection of a socket; undefined: it speaks HTTP/1.1, or has not said anything. */
  http2On(socket: Socket): Http2Connection | undefined {
    return this.http2Connections.get(socket);
  }

  /** Asks the clients of all HTTP/2 connections, and of those to come, to send further requests elsewhere. */
  announceEnd(): void {
    this.isEnding = true;
    for (const connection of this.http2Connections.values()) connection.announceEnd();
  }

  /** Ends the HTTP/2 connections, each after its streams. Fastify calls it before it closes the server. */
  closeHttp2Sessions(): void {
    for (const connection of this.http2Connections.values()) connection.end();
  }

  /**
   * Ends connections without a request, also those that have said nothing: clients open connections in advance, and Node
   * does not know those of which it got no byte. A server that closes calls it.
   */
  override closeIdleConnections(): void {
    super.closeIdleConnections();
    for (const socket of this.undetected) if (socket.bytesRead === 0) socket.destroy();
  }

  /** Reads the first bytes of a connection until they tell its protocol. */
  private detect(socket: Socket, serveHttp1: (socket: Socket) => void): void {
    let start = Buffer.alloc(0);
    const destroy = () => socket.destroy();
    const stop = () => {
      clearTimeout(isLate);
      this.undetected.delete(socket);
      socket.off('readable', onReadable).off('end', destroy).off('close', stop);
    };
    const isLate = setTimeout(() => {
      stop();
      this.refuse(socket);
    }, this.headersTimeout).unref();
    const onReadable = () => {
      const bytes: Buffer | null = socket.read();
      if (bytes === null) return;
      start = Buffer.concat([start, bytes]);
      const length = Math.min(start.length, PREFACE.length);
      const mayBeHttp2 = PREFACE.subarray(0, length).equals(start.subarray(0, length));
      if (mayBeHttp2 && length < PREFACE.length) return;
      stop();
      socket.unshift(start);
      if (mayBeHttp2) this.serveHttp2(socket);
      else serveHttp1.call(this, socket);
    };
    this.undetected.add(socket);
    socket.on('readable', onReadable).on('end', destroy).on('error', destroy).on('close', stop);
  }

  /** Refuses a connection that did not say its protocol in time, as Node does while it waits for headers. */
  private refuse(socket: Socket): void {
    const error = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    if (!this.emit('clientError', error, socket)) socket.destroy();
  }

  private serveHttp2(socket: Socket): void {
    const times = { silence: this.timeout, idle: this.keepAliveTimeout, request: this.requestTimeout };
    this.http2.once('session', (session: ServerHttp2Session) => {
      const connection = new Http2Connection(session, times);
      this.http2Connections.set(socket, connection);
      if (this.isEnding) connection.announceEnd();
    });
    socket.once('close', () => this.http2Connections.delete(socket));
    // Unlike a client of HTTP/1.1, one that has ended its side waits for no response.
    socket.allowHalfOpen = false;
    this.http2.emit('connection', socket);
  }
}
