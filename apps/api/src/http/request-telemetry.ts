import {
  type Context,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '#libs/platform/telemetry/metrics.js';
import { runAs } from '#libs/platform/telemetry/work-context.js';

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Probes would be most of the traces, and say nothing. */
const NEVER_TRACED = new Set(['/livez', '/readyz', '/metrics']);
const TRACED = Symbol('traced');

interface Traced {
  span: Span;
  context: Context;
}
type Request = FastifyRequest & { [TRACED]?: Traced };

/** The template of a route: a URL as it came would make a series for each conversation. */
const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'none';

/** Counts and times each request; its log lines say which one it was; its spans hang below one of its own. */
export function observeRequests(fastify: FastifyInstance, metrics: Metrics, tracing: boolean): void {
  countRequests(fastify, metrics);
  const enter = tracing ? inTraceOf : (_: Request, next: () => void) => next();
  if (tracing) traceRequests(fastify);
  const within = (request: Request, _: FastifyReply, next: () => void) =>
    runAs({ requestId: request.id }, () => enter(request, next));
  fastify.addHook('onRequest', within);
  // A body that arrives in pieces is read on behalf of its connection.
  fastify.addHook('preValidation', (request, reply, next) =>
    request.body === undefined ? next() : within(request, reply, next),
  );
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
  fastify.addHook('onResponse', (request, reply, next) => {
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    const labels = { method: request.method, route: routeOf(request), status };
    requests.observe(labels, reply.elapsedTime / 1000);
    next();
  });
}

function traceRequests(fastify: FastifyInstance): void {
  const tracer = trace.getTracer('bedrock-model-orchestrator');
  fastify.addHook('onRequest', (request: Request, _, next) => {
    const route = routeOf(request);
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

function inTraceOf(request: Request, next: () => void): void {
  const traced = request[TRACED];
  if (traced) context.with(traced.context, next);
  else next();
}
