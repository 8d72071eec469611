import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyHttpOptions, FastifyReply, FastifyRequest } from 'fastify';
import type { Env } from '#libs/platform/config/env.js';
import { toProblem, toProblemSource } from './problem-details.js';
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
    http: {
      maxHeaderSize: HEADER_LIMIT,
      headersTimeout: env.REQUEST_TIMEOUT_MS,
      // Node checks its connections every 30 s by default: a slow client would stay that much longer.
      connectionsCheckingInterval: Math.min(1_000, env.REQUEST_TIMEOUT_MS / 2),
    },
    trustProxy: env.TRUSTED_PROXIES.length > 0 && trustedProxies(env.TRUSTED_PROXIES, env.TRUSTED_PROXY_HOPS),
    routerOptions: { maxParamLength: 600 },
    frameworkErrors: refuseRequest,
    clientErrorHandler: refuseConnection,
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  }) satisfies FastifyHttpOptions<Server>;

/** Responds to a request that Fastify refuses before it finds a route, such as a path that is not encoded correctly. */
function refuseRequest(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const problem = toProblem(toProblemSource(error), String(request.id));
  void reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** Responds on a connection that Node refuses before there is a request: too slow, too large, or not HTTP. */
function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const problem = toProblem(toProblemSource(error), randomUUID());
  const body = JSON.stringify(problem);
  if (socket.writable)
    socket.write(
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nconnection: close\r\n` +
        `content-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  socket.destroySoon();
}
