import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { TooManyModelCallsError } from './inference.errors.js';

/**
 * Decides whether one more call of a model may begin here. A call that waited for us would look like a slow model: those
 * beyond what this instance can carry are refused immediately, before anything is written. See
 * docs/adr/0038-model-calls-are-admitted-or-refused-immediately.md.
 */
@Injectable()
export class CallAdmission {
  private calls = 0;
  private characters = 0;
  private readonly callsOf = new Map<string, number>();
  private readonly refused;

  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'MAX_MODEL_CALLS' | 'MAX_MODEL_CALL_CHARACTERS'>,
    metrics: Metrics,
  ) {
    metrics.gauge(
      { name: 'model_calls_under_way', help: 'Calls of models that are in progress in this process.' },
      () => [{ labels: {}, value: this.calls }],
    );
    this.refused = metrics.counter({
      name: 'model_calls_refused_total',
      help: 'Calls that were refused because this process had reached its limit of concurrent calls.',
    });
  }

  /**
   * Admits a call. A principal may have as many in progress as it leaves free for others, so that none takes all.
   * @param principal a user, or a key without a user
   * @param characters length of the prompt
   * @returns a function to call once, when the call is over
   * @throws TooManyModelCallsError
   */
  admit(principal: string, characters: number): () => void {
    const own = this.callsOf.get(principal) ?? 0;
    const hasRoom =
      this.characters === 0 || this.characters + characters <= this.env.MAX_MODEL_CALL_CHARACTERS;
    if (own >= this.env.MAX_MODEL_CALLS - this.calls || !hasRoom) {
      this.refused.inc();
      throw new TooManyModelCallsError();
    }
    this.calls += 1;
    this.characters += characters;
    this.callsOf.set(principal, own + 1);
    return () => this.release(principal, characters);
  }

  private release(principal: string, characters: number): void {
    this.calls -= 1;
    this.characters -= characters;
    const left = this.callsOf.get(principal)! - 1;
    if (left === 0) this.callsOf.delete(principal);
    else this.callsOf.set(principal, left);
  }
}
