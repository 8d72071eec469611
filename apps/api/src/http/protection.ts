import type { IncomingMessage, ServerResponse } from 'node:http';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import helmet from 'helmet';
import type { Env } from '#libs/platform/config/env.js';
import { OverloadedError, UrlTooLongError } from './http.errors.js';
import { toProblem, toProblemSource } from './problem-details.js';
import { reportProblem } from './problem-report.js';

const URL_LIMIT = 8 * 1024;
/** Whoever asks whether this process lives or how it does must hear it above all when it is busy. */
const NEVER_SHED = new Set(['/livez', '/readyz', '/metrics']);
/** A start makes the event loop lag, and says nothing of the load. */
const STARTING_MS = 5_000;
const SELF = ["'self'"];
const NONE = ["'none'"];

/** What holds for every request, whatever it asks for: headers of every answer, and who is turned away at the door. */
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
    // In a scope of its own it only measures: its hook would look up the options of each route on every request.
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

/** Helmet's headers are the same for every answer, so that it is asked for them once. */
function securityHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader: () => undefined,
  } as unknown as ServerResponse;
  // What the page at /docs needs, and nothing from elsewhere.
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

/** Answers where Nest's filter does not reach. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const failure = toProblemSource(error);
  const problem = toProblem(failure, request.id);
  reportProblem(problem, error);
  if (failure.retryAfter !== undefined) reply.header('retry-after', String(failure.retryAfter));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
