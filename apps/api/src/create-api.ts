import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Env } from '#libs/platform/config/env.js';
import { createLogger, NestLogger } from '#libs/platform/telemetry/logger.js';
import { ApiModule } from './api.module.js';
import { failureOf, problemOf } from './http/problem.js';
import { openapiDocument, serveDocs } from './openapi.js';

const BODY_LIMIT = 32 * 1024;
const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** Builds the api. This is the one place that knows which HTTP server it runs on. */
export async function createApi(
  env: Env,
  options: { preview?: boolean } = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: 10_000,
    routerOptions: { maxParamLength: 600 },
    frameworkErrors: refuse,
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(env), adapter, {
    ...options,
    bodyParser: false,
    abortOnError: false,
    logger: options.preview ? false : new NestLogger(createLogger('api', env.LOG_LEVEL)),
  });
  const fastify = app.getHttpAdapter().getInstance();
  acceptJsonOnly(fastify);
  fastify.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  // While it closes, a busy client must not keep its connection.
  fastify.addHook('onSend', async (_request, reply) => {
    if (!fastify.server.listening) reply.header('connection', 'close');
  });
  if (env.CORS_ORIGINS.length > 0)
    app.enableCors({ origin: env.CORS_ORIGINS, exposedHeaders: ['etag', 'x-request-id'] });
  serveDocs(app, openapiDocument(app));
  return app;
}

/** Fastify parses text by default; anything but JSON must be a 415, and names that poison prototypes a 400. */
function acceptJsonOnly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) =>
    parse(request, body, (error, value) => done(error && isJson(body) ? poisoned() : error, value)),
  );
}

/** Fastify does not say why it refuses a body: one that is JSON all the same holds a name that poisons prototypes. */
const poisoned = () =>
  Object.assign(new SyntaxError('Object contains forbidden prototype property'), { statusCode: 400 });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What Fastify refuses before there is a route, such as a path that is not encoded correctly. */
function refuse(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(failureOf(error), String(request.id));
  void reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
