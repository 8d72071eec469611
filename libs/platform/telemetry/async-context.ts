import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from '@opentelemetry/api';
import { presentTraceId, type SpanDescription, startSpan, withSpan } from './spans.js';

/** Fields of every log line of a request or job. */
interface Work {
  requestId?: string;
  /** Name and run of a job. */
  job?: string;
  runId?: string;
}

/** Request and trace that caused work in another process. */
export interface TraceOrigin {
  requestId: string;
  /** In the format of the W3C; null: it was not traced. */
  traceparent: string | null;
}

const present = new AsyncLocalStorage<Work>();

/** Runs a function as part of a request or of a job. */
export const runAs = <T>(work: Work, run: () => T): T => present.run(work, run);

/** Work left by a request, which may be done in a batch with that of others. */
export interface ContinuedWork {
  /** The caller of `continueFrom` ends it. */
  span: Span;
  /** Runs a function with the log fields and the trace of that request. */
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

/** Returns the log fields of the current work. */
export function logContext(): object {
  const traceId = presentTraceId();
  return { ...present.getStore(), ...(traceId && { traceId }) };
}
