import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

export interface SpanDescription {
  name: string;
  kind?: SpanKind;
  /** Never contain text of a person: no reason, no prompt, no response. */
  attributes?: Attributes;
}

const tracer = () => trace.getTracer('bedrock-model-orchestrator');

/** Starts a span below the current one, or below that of a `traceparent`. The caller must end it. */
export const startSpan = ({ name, kind, attributes }: SpanDescription, traceparent?: string): Span =>
  tracer().startSpan(name, { kind, attributes }, traceparent ? contextOf(traceparent) : context.active());

export const withSpan = <T>(span: Span, work: () => T): T =>
  context.with(trace.setSpan(context.active(), span), work);

/** Marks a span with the kind of a failure. Omits the message, which may quote a person. */
export function markFailed(span: Span, error: unknown): void {
  const { code, kind, name } = error as { code?: unknown; kind?: unknown; name?: unknown };
  span.setAttribute('error.type', String(code ?? kind ?? name ?? 'unknown'));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Returns the current span as a W3C `traceparent`, to continue it elsewhere; undefined: there is none. */
export function presentTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** Undefined: the current work is not traced. */
export const presentTraceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId;

const contextOf = (traceparent: string) => propagation.extract(ROOT_CONTEXT, { traceparent });
