import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from '@opentelemetry/api';
import { presentTraceId, type SpanDescription, startSpan, withSpan } from './spans.js';

/** What every log line of a piece of work says. */
interface Work {
  requestId?: string;
  /** A job's name and which run of it. */
  job?: string;
  runId?: string;
}

/** Where work comes from that is done later, by another process. */
export interface TraceOrigin {
  requestId: string;
  /** As the W3C writes it; null: it was not traced. */
  traceparent: string | null;
}

const present = new AsyncLocalStorage<Work>();

/** Runs something as part of a request or of a job. */
export const runAs = <T>(work: Work, run: () => T): T => present.run(work, run);

/** What a request has left to be done, where it may be done together with that of others. */
export interface ContinuedWork {
  /** Whoever continued it ends it. */
  span: Span;
  /** What runs in here has the log lines and the trace of that request. */
  within: <T>(run: () => T) => T;
}

export function continueFrom(
  { requestId, traceparent }: TraceOrigin,
  description: SpanDescription,
): ContinuedWork {
  const span = startSpan(description, traceparent ?? undefined);
  const work = { ...present.getStore(), requestId };
  return { span, within: (run) => present.run(work, () => withSpan(span, run)) };
}

/** For the logger. */
export function logContext(): object {
  const traceId = presentTraceId();
  return { ...present.getStore(), ...(traceId && { traceId }) };
}
