import { AsyncLocalStorage } from 'node:async_hooks';
import { inSpan, presentTraceId, type SpanDescription } from './spans.js';

/** What every log line of a piece of work says. */
interface Work {
  requestId?: string;
  /** A job's name and which run of it. */
  job?: string;
  runId?: string;
}

/** Where work comes from that is done later, by another process. */
export interface Origin {
  requestId: string;
  /** As the W3C writes it; null: it was not traced. */
  traceparent: string | null;
}

const present = new AsyncLocalStorage<Work>();

/** Runs something as part of a request or of a job. */
export const runAs = <T>(work: Work, run: () => T): T => present.run(work, run);

/** Does what a request has left to be done: its log lines and its trace go on. */
export const continueFrom = <T>(
  { requestId, traceparent }: Origin,
  span: SpanDescription,
  work: () => Promise<T>,
): Promise<T> =>
  present.run({ ...present.getStore(), requestId }, () => inSpan(span, work, traceparent ?? undefined));

/** For the logger. */
export function logContext(): object {
  const traceId = presentTraceId();
  return { ...present.getStore(), ...(traceId && { traceId }) };
}
