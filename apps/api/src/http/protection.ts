import type { IncomingMessage, ServerResponse } from 'node:http';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import helmet from 'helmet';
import type { Env } from '#libs/platform/config/env.js';
import { OverloadedError, UrlTooLongError } from './http.errors.js';
import { toProblem, toProblemSource } from './problem-details.js';
import { reportProblem } from './problem-report.js';

const URL_LIMIT = 8 * 1024;
/** Probes and metrics are needed most while the process is busy. */
const NEVER_SHED = new Set(['/livez', '/readyz', '/metrics']);
/** Start-up makes the event loop lag without any load. */
const STARTING_MS = 5_000;
const SELF = ["'self'"];
const NONE = ["'none'"];

/** Applies to every request: sets the security headers, and refuses requests while the process is saturated. */
export async function protect(fastify: FastifyInstance, env: Env): Promise<void> {
  fastify.server.maxConnections = env.MAX_CONNECTIONS;
  const headers = { 'cache-control': 'no-store', ...securityHeaders() };
  fastify.addHook('onRequest', (request, reply, next) => {
    reply.headers(headers).header('x-request-id', request.id);
    if (request.url.length > URL_LIMIT) sendProblem(request, reply, new UrlTooLongError(URL_LIMIT));
    else next();
  });
  if (env.MAX_EVENT_LOOP_DELAY_MS > 0) {
    let settledAt = Number.POSITIVE_INFINITY;
    fastify.addHook('onReady', async () => {
      settledAt = performance.now() + STARTING_MS;
    });
    // In a separate scope it only measures: its hook would look up the options of each route on every request.
    await fastify.register((scope, _options, done) => {
      scope.register(underPressure, {
        maxEventLoopDelay: env.MAX_EVENT_LOOP_DELAY_MS,
        sampleInterval: 250,
      });
      fastify.addHook('onRequest', (request, reply, next) => {
        if (scope.isUnderPressure() && performance.now() > settledAt && !NEVER_SHED.has(request.url))
          sendProblem(request, reply, new OverloadedError());
        else next();
      });
      done();
    });
  }
}

/** Returns Helmet's headers. They are the same for every response, so that Helmet runs once. */
function securityHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader: () => undefined,
  } as unknown as ServerResponse;
  // Sources that the page at /docs needs, none of them external.
  const directives = {
    ...{ defaultSrc: NONE, baseUri: NONE, formAction: NONE, frameAncestors: NONE },
    ...{
      scriptSrc: SELF,
      connectSrc: SELF,
      styleSrc: [...SELF, "'unsafe-inline'"],
      imgSrc: [...SELF, 'data:'],
    },
  };
  helmet({ contentSecurityPolicy: { useDefaults: false, directives } })(
    {} as IncomingMessage,
    answer,
    () => undefined,
  );
  return headers;
}

/** Sends a problem document where Nest's filter does not apply. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const failure = toProblemSource(error);
  const problem = toProblem(failure, request.id);
  reportProblem(problem, error);
  if (failure.retryAfter !== undefined) reply.header('retry-after', String(failure.retryAfter));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
