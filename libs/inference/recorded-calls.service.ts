import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Invocation } from '#libs/costs/invocation.js';
import { InvocationsService } from '#libs/costs/invocations.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import type { CallAttempts } from './call-attempts.js';
import type { CallForm } from './call-form.js';
import { CallRecord, type CallSubject } from './call-record.js';
import { FallbackEngine, type OnPart } from './fallback-engine.js';
import { type CallFailure, callFailureOf } from './inference.errors.js';
import { ModelCall, type TimeLimits } from './model-call.js';

/** Runs calls to their end, and records each of them once. */
@Injectable()
export class RecordedCalls implements OnModuleInit {
  private readonly logger = new Logger('Calls');
  private readonly limits: TimeLimits;

  constructor(
    private readonly engine: FallbackEngine,
    private readonly invocations: InvocationsService,
    private readonly clock: Clock,
    @Inject(ENV) env: Pick<Env, 'CHAT_DEADLINE_SECONDS' | 'CHAT_FIRST_TEXT_SECONDS' | 'CHAT_IDLE_SECONDS'>,
  ) {
    this.limits = {
      deadlineMs: env.CHAT_DEADLINE_SECONDS * 1000,
      firstTextMs: env.CHAT_FIRST_TEXT_SECONDS * 1000,
      idleMs: env.CHAT_IDLE_SECONDS * 1000,
    };
  }

  /** @throws Error, so that the process does not start, if calls must be in the journal and it cannot be written */
  onModuleInit(): void {
    this.invocations.openJournal();
  }

  /** Must run before a call of a model. @throws UnavailableError while too many calls wait to be recorded */
  assertRoom(): void {
    this.invocations.assertRoom();
  }

  /** Starts the deadline of a call. @param signal aborts when the caller disconnects, which stops the model */
  start(form: CallForm, attempts: CallAttempts, signal: AbortSignal): ModelCall {
    return new ModelCall(form, attempts, this.limits, signal);
  }

  /** Returns the empty record of a call. */
  recordOf(call: ModelCall, subject: CallSubject): CallRecord {
    return new CallRecord(subject, call, this.clock.now());
  }

  /**
   * Runs a call and passes on its parts as they happen. Records it before it passes on the end or throws, in PostgreSQL
   * or in the journal: see `InvocationsService`.
   * @throws UnansweredError, NoModelReadyError
   */
  async run(call: ModelCall, record: CallRecord, onPart: OnPart): Promise<void> {
    let recording: Promise<void> | undefined;
    const keep = (failure: CallFailure | null) => {
      recording ??= this.keep(record.invocation(failure));
      return recording;
    };
    try {
      await this.engine.answer(call, (part) => {
        record.note(part);
        if (part.type !== 'end') return onPart(part);
        return keep(null).then(() => onPart(part));
      });
    } catch (error) {
      await keep(callFailureOf(error));
      throw error;
    }
  }

  /** Records the call. A failure only gets logged, because the response was sent. */
  private async keep(invocation: Invocation): Promise<void> {
    await this.invocations.record(invocation).catch((error: Error) => this.logger.error(error.message));
  }
}
