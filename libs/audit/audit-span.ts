import { type Span, SpanKind } from '@opentelemetry/api';
import { type ContinuedWork, continueFrom } from '#libs/platform/telemetry/async-context.js';
import { markFailed, startSpan } from '#libs/platform/telemetry/spans.js';
import { recordSwitch } from '#libs/switching/switching.jobs.js';
import type { WaitingSwitch } from './audit.repository.js';

/** Span of a switch whose audit row is being written, alone or in a batch, within the trace of the switch. */
export class AuditSpan {
  private readonly work: ContinuedWork;
  private readonly writing: Span;

  constructor(waiting: Pick<WaitingSwitch, 'id' | 'requestId' | 'traceparent'>) {
    const attributes = {
      'messaging.destination.name': recordSwitch.name,
      'messaging.message.id': waiting.id,
    };
    const span = { name: `process ${recordSwitch.name}`, kind: SpanKind.CONSUMER, attributes };
    this.work = continueFrom(waiting, span);
    this.writing = this.within(() => startSpan({ name: 'write audit row' }));
  }

  within<T>(run: () => T): T {
    return this.work.within(run);
  }

  /** @param error cause of the missing audit row */
  end(error?: unknown): void {
    for (const span of [this.writing, this.work.span]) {
      if (error !== undefined) markFailed(span, error);
      span.end();
    }
  }
}
