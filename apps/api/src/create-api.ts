import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Env } from '#libs/platform/config/env.js';
import { createLogger, NestLogger } from '#libs/platform/telemetry/logger.js';
import { ApiModule } from './api.module.js';
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
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(env), adapter, {
    ...options,
    bodyParser: false,
    logger: options.preview ? false : new NestLogger(createLogger('api', env.LOG_LEVEL)),
  });
  acceptJsonOnly(app);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      reply.header('x-request-id', request.id);
      done();
    });
  if (env.CORS_ORIGINS.length > 0)
    app.enableCors({ origin: env.CORS_ORIGINS, exposedHeaders: ['etag', 'x-request-id'] });
  serveDocs(app, openapiDocument(app));
  return app;
}

/** Fastify parses text by default; anything but JSON must be a 415, and names that poison prototypes a 400. */
function acceptJsonOnly(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    fastify.getDefaultJsonParser('error', 'error'),
  );
}
