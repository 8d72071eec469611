import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerOptions } from 'node:http';
import type { FastifyHttpOptions, FastifyReply, FastifyRequest } from 'fastify';
import type { Env } from '#libs/platform/config/env.js';
import { Http1Http2Server } from '#libs/platform/http/http1-http2-server.js';
import { refuseConnection, sendProblem } from './problem-response.js';
import { trustedProxies } from './trusted-proxies.js';

const BODY_LIMIT = 32 * 1024;
/** Maximum of request line and headers together. */
const HEADER_LIMIT = 16 * 1024;
const REQUEST_ID = /^[\w.:-]{1,128}$/;
/** A client that neither reads nor writes for this long is gone. Event streams send more often. */
const SILENCE_MS = 120_000;

/** Limits and timeouts of the server's connections. */
export const serverOptions = (env: Env) =>
  ({
    bodyLimit: BODY_LIMIT,
    requestTimeout: env.REQUEST_TIMEOUT_MS,
    connectionTimeout: SILENCE_MS,
    // Serves requests on connections that are open while the api stops, and then closes them. Fastify's own 503 has no
    // Retry-After and is no problem document.
    return503OnClosing: false,
    serverFactory: createServer,
    http: {
      maxHeaderSize: HEADER_LIMIT,
      headersTimeout: env.REQUEST_TIMEOUT_MS,
      // Node checks its connections every 30 s by default: a slow client would stay that much longer.
      connectionsCheckingInterval: Math.min(1_000, env.REQUEST_TIMEOUT_MS / 2),
    },
    trustProxy: env.TRUSTED_PROXIES.length > 0 && trustedProxies(env.TRUSTED_PROXIES, env.TRUSTED_PROXY_HOPS),
    routerOptions: { maxParamLength: 600 },
    // Fastify refuses these before it finds a route, such as a path that is not encoded correctly.
    frameworkErrors: (error, request, reply) => {
      sendProblem(request as FastifyRequest, reply as FastifyReply, error);
    },
    clientErrorHandler: refuseConnection,
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  }) satisfies FastifyHttpOptions<Http1Http2Server>;

/** Limits and timeouts as Fastify has completed them; without a server of one's own, it sets them itself. */
interface ServerSettings extends ServerOptions {
  http: ServerOptions;
  connectionTimeout: number;
}

function createServer(onRequest: RequestListener, settings: Record<string, unknown>): Http1Http2Server {
  const { http, keepAliveTimeout, requestTimeout, connectionTimeout } = settings as unknown as ServerSettings;
  const server = new Http1Http2Server({ ...http, keepAliveTimeout, requestTimeout }, onRequest);
  server.setTimeout(connectionTimeout);
  return server;
}
