import {
  type Context,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest, onResponseHookHandler } from 'fastify';
import { runAs } from '#libs/platform/telemetry/async-context.js';
import type { Metrics } from '#libs/platform/telemetry/metrics.js';

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const CLASSES = ['0xx', '1xx', '2xx', '3xx', '4xx', '5xx'];
/** Probes would make up most of the traces without any information. */
const NEVER_TRACED = new Set(['/livez', '/readyz', '/metrics']);
const TRACED = Symbol('traced');

interface Traced {
  span: Span;
  context: Context;
}
type Request = FastifyRequest & { [TRACED]?: Traced };

/** Counts and times each request, gives it a span, and attaches its id to the log lines of its handler. */
export function observeRequests(fastify: FastifyInstance, metrics: Metrics, tracing: boolean): void {
  countRequests(fastify, metrics);
  if (tracing) traceRequests(fastify);
  fastify.addHook('onRoute', (route) => {
    const { handler } = route;
    route.handler = function (request: Request, reply) {
      const handle = () => handler.call(this, request, reply);
      return runAs({ requestId: request.id }, () => inTraceOf(request, handle));
    };
  });
}

function countRequests(fastify: FastifyInstance, metrics: Metrics): void {
  const requests = metrics.histogram(
    {
      name: 'http_request_duration_seconds',
      help: 'Requests by route and class of status; a stream lasts until its end.',
      labels: ['method', 'route', 'status'],
    },
    BUCKETS,
  );
  // Uses the template of a route: the URL would create a series for each conversation.
  const observe =
    (route: string): onResponseHookHandler =>
    ({ method }, { statusCode, elapsedTime }, next) => {
      requests.observe({ method, route, status: CLASSES[Math.floor(statusCode / 100)]! }, elapsedTime / 1000);
      next();
    };
  fastify.addHook('onRoute', (route) => {
    route.onResponse = [observe(route.url), route.onResponse ?? []].flat();
  });
  const unknown = observe('none');
  fastify.addHook('onResponse', function (request, reply, next) {
    if (request.is404) unknown.call(this, request, reply, next);
    else next();
  });
}

function traceRequests(fastify: FastifyInstance): void {
  const tracer = trace.getTracer('bedrock-model-orchestrator');
  fastify.addHook('onRequest', (request: Request, _, next) => {
    const route = request.routeOptions.url ?? 'none';
    if (NEVER_TRACED.has(route)) return next();
    const caller = propagation.extract(context.active(), request.headers);
    const attributes = { 'http.request.method': request.method, 'http.route': route, request_id: request.id };
    const span = tracer.startSpan(
      `${request.method} ${route}`,
      { kind: SpanKind.SERVER, attributes },
      caller,
    );
    request[TRACED] = { span, context: trace.setSpan(caller, span) };
    next();
  });
  fastify.addHook('onResponse', (request: Request, reply, next) => {
    const span = request[TRACED]?.span;
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    next();
  });
}

function inTraceOf<T>(request: Request, handle: () => T): T {
  const traced = request[TRACED];
  return traced ? context.with(traced.context, handle) : handle();
}
