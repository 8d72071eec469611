import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import type { Env } from '#libs/platform/config/env.js';
import { OverloadedError } from './http.errors.js';
import { sendProblem } from './problem-response.js';

/** Probes and metrics are needed most while the process is busy. */
const NEVER_SHED = new Set(['/livez', '/readyz', '/metrics']);
/** Start-up makes the event loop lag without any load. */
const STARTUP_MS = 5_000;

/** Refuses requests while the event loop lags, and connections above `MAX_CONNECTIONS`. */
export async function shedLoad(fastify: FastifyInstance, env: Env): Promise<void> {
  fastify.server.maxConnections = env.MAX_CONNECTIONS;
  if (env.MAX_EVENT_LOOP_DELAY_MS === 0) return;
  let startedAt = Number.POSITIVE_INFINITY;
  fastify.addHook('onReady', async () => {
    startedAt = performance.now() + STARTUP_MS;
  });
  // In a separate scope it only measures: its hook would look up the options of each route on every request.
  await fastify.register((scope, _options, done) => {
    scope.register(underPressure, {
      maxEventLoopDelay: env.MAX_EVENT_LOOP_DELAY_MS,
      sampleInterval: 250,
    });
    fastify.addHook('onRequest', (request, reply, next) => {
      if (scope.isUnderPressure() && performance.now() > startedAt && !NEVER_SHED.has(request.url))
        sendProblem(request, reply, new OverloadedError());
      else next();
    });
    done();
  });
}
