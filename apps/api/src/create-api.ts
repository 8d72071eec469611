import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { errorCodes, type FastifyBodyParser, type FastifyInstance } from 'fastify';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import type { Env } from '#libs/platform/config/env.js';
import { QueueInspector } from '#libs/platform/queue/queue-inspector.js';
import { createLogger, NestLogger } from '#libs/platform/telemetry/logger.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { ConversationsService } from '#libs/switching/conversations.service.js';
import { WireBytes } from '#libs/wires/wire-bytes.service.js';
import { ApiModule } from './api.module.js';
import { serveConsole } from './console/serve-console.js';
import { effectiveModelFastPath } from './conversations/effective-model.fast-path.js';
import { AuthGuard } from './http/auth.guard.js';
import { Authenticator } from './http/authenticator.service.js';
import { requireDeclaredAccess } from './http/authorization.js';
import { compressFiles } from './http/compressed-files.js';
import { answerConditionally } from './http/conditional-get.js';
import { answerAsDescribed, registerFastPaths } from './http/fast-path.js';
import { shedLoad } from './http/load-shedding.js';
import { observeRequests } from './http/request-telemetry.js';
import { secureResponses } from './http/security-headers.js';
import { serverOptions } from './http/server-options.js';
import { openapiDocument, serveDocs } from './openapi.js';
import { listModelsFastPath } from './orchestrate/list-models.fast-path.js';
import { serveQueueBoard } from './queues/queue-board.js';
import { serveSwitchUi } from './switch-ui/serve-switch-ui.js';
import { MESSAGE_TOKENS_ROUTE, MESSAGES_ROUTE } from './wires/anthropic-wire.controller.js';
import { BEDROCK_WIRE_ROUTE } from './wires/model-path.js';
import { OPENAI_CHAT_ROUTE } from './wires/openai-wire.controller.js';
import { WireBodies } from './wires/wire-bodies.js';

/** Clients of the edge function send JSON as text: supabase-js does with a body that is a string. */
const EDGE_FUNCTION = '/functions/v1/orchestrate-bedrock-models';
/** Routes that take more. */
const ONE_MIB = ['/v1/chat', '/v1/catalogue/facts', '/v1/config/diff', '/v1/config/apply'];
/** Routes that take the bytes of a client, and read them themselves. */
const WIRES = [BEDROCK_WIRE_ROUTE, OPENAI_CHAT_ROUTE, MESSAGES_ROUTE, MESSAGE_TOKENS_ROUTE];
const bodyLimits = ({ WIRE_BODY_LIMIT }: Env): Record<string, number> => ({
  ...Object.fromEntries(ONE_MIB.map((url) => [url, 1024 * 1024])),
  ...Object.fromEntries(WIRES.map((url) => [url, WIRE_BODY_LIMIT])),
});
const CONFIGURATION = '/v1/config/';
const LOGOUT_BY_ISSUER = '/v1/session/backchannel-logout';

/** Builds the api. This is the one place that knows which HTTP server it runs on. */
export async function createApi(
  env: Env,
  options: { preview?: boolean } = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter(serverOptions(env));
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(env), adapter, {
    ...options,
    bodyParser: false,
    abortOnError: false,
    logger: options.preview ? false : new NestLogger(createLogger('api', env.LOG_LEVEL)),
  });
  const fastify = app.getHttpAdapter().getInstance();
  if (!options.preview)
    observeRequests(fastify, app.get(Metrics), env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined);
  requireDeclaredAccess(fastify);
  secureResponses(fastify);
  await shedLoad(fastify, env);
  acceptJson(fastify);
  answerAsDescribed(fastify);
  if (!options.preview) answerHotReads(app, fastify);
  compressFiles(fastify);
  answerConditionally(fastify);
  const limits = bodyLimits(env);
  fastify.addHook('onRoute', (route) => {
    route.bodyLimit = limits[route.url];
  });
  if (!options.preview) protectWires(app, fastify, env);
  if (env.CORS_ORIGINS.length > 0)
    app.enableCors({
      origin: allowedOrigins(env),
      methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposedHeaders: ['etag', 'x-request-id', 'retry-after'],
      maxAge: 600,
    });
  if (!options.preview) {
    await serveConsole(fastify);
    await serveSwitchUi(fastify);
    await serveQueueBoard(fastify, app.get(AuthGuard), app.get(QueueInspector, { strict: false }));
  }
  serveDocs(app, () => openapiDocument(app));
  return app;
}

/** `http://localhost:*` is every port there. */
const allowedOrigins = ({ CORS_ORIGINS }: Env): (string | RegExp)[] =>
  CORS_ORIGINS.map((origin) =>
    origin.endsWith(':*') ? new RegExp(`^${origin.slice(0, -2).replaceAll('.', '\\.')}(:\\d+)?$`) : origin,
  );

function answerHotReads(app: NestFastifyApplication, fastify: FastifyInstance): void {
  const list = listModelsFastPath(app.get(CatalogueService, { strict: false }));
  registerFastPaths(fastify, app.get(Authenticator), {
    'GET /v1/conversations/:id/model': effectiveModelFastPath(
      app.get(ConversationsService, { strict: false }),
    ),
    'POST /orchestrate': list,
    [`POST ${EDGE_FUNCTION}`]: list,
  });
}

function protectWires(app: NestFastifyApplication, fastify: FastifyInstance, env: Env): void {
  const bytes = app.get(WireBytes, { strict: false });
  const bodies = new WireBodies(app.get(AuthGuard), bytes, env);
  for (const url of WIRES) bodies.protect(fastify, url);
}

/** Fastify parses text by default; other types must be a 415, except for native bodies, and names that poison prototypes a 400. */
function acceptJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const json = fastify.getDefaultJsonParser('error', 'error');
  const parse: FastifyBodyParser<string> = (request, body, done) =>
    json(request, body, (error, value) =>
      done(error && isJson(body) ? prototypePollutionError() : error, value),
    );
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (WIRES.includes(request.routeOptions.url ?? '')) return done(null, body);
    return parse(request, body.toString('utf8'), done);
  });
  const form = 'application/x-www-form-urlencoded';
  fastify.addContentTypeParser(form, { parseAs: 'string' }, (request, body: string, done) => {
    if (request.routeOptions.url === LOGOUT_BY_ISSUER)
      return done(null, Object.fromEntries(new URLSearchParams(body)));
    done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(form));
  });
  fastify.addContentTypeParser('text/plain', { parseAs: 'string' }, (request, body: string, done) => {
    if (request.routeOptions.url === EDGE_FUNCTION) return parse(request, body, done);
    done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE('text/plain'));
  });
  fastify.addContentTypeParser('application/yaml', { parseAs: 'string' }, (request, body: string, done) => {
    if (request.routeOptions.url?.startsWith(CONFIGURATION)) return done(null, body);
    done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE('application/yaml'));
  });
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const { 'content-type': type = UNNAMED } = request.headers;
    if (request.routeOptions.url === BEDROCK_WIRE_ROUTE && type === UNNAMED) return done(null, body);
    done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(type));
  });
}

/** SDKs of AWS send this, or nothing, for a native body whose application names no type. */
const UNNAMED = 'application/octet-stream';

/** Fastify gives no reason for refusing a body. If it is valid JSON, it contains a name that poisons prototypes. */
const prototypePollutionError = () =>
  Object.assign(new SyntaxError('Object contains forbidden prototype property'), { statusCode: 400 });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
