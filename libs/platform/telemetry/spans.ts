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
  /** Never a text of a person: no reason, no prompt, no answer. */
  attributes?: Attributes;
}

const tracer = () => trace.getTracer('bedrock-model-orchestrator');

/** A span below the present one, or below another that a `traceparent` names. Whoever starts it ends it. */
export const startSpan = ({ name, kind, attributes }: SpanDescription, traceparent?: string): Span =>
  tracer().startSpan(name, { kind, attributes }, traceparent ? contextOf(traceparent) : context.active());

export const withSpan = <T>(span: Span, work: () => T): T =>
  context.with(trace.setSpan(context.active(), span), work);

/** Says of what kind a failure is. Its message stays out: it may quote what a person wrote. */
export function markFailed(span: Span, error: unknown): void {
  const { code, kind, name } = error as { code?: unknown; kind?: unknown; name?: unknown };
  span.setAttribute('error.type', String(code ?? kind ?? name ?? 'unknown'));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** The present span in the form of the W3C, to go on from elsewhere; undefined: there is none. */
export function presentTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** Undefined: nothing is traced. */
export const presentTraceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId;

const contextOf = (traceparent: string) => propagation.extract(ROOT_CONTEXT, { traceparent });
