import { Inject, Injectable } from '@nestjs/common';
import type { Model } from '#libs/catalogue/catalogue.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import type { Health } from './model-health.js';
import { isSpent } from './sweep-plan.js';
import { ValidationsRepository } from './validations.repository.js';

/** Time limit of the probes of a sweep: it must end before the next one treats it as dead. */
const PROBES_TIMEOUT_MS = 8 * 60_000;

/** State that sweeps share between instances and runs: the current run, the spent budget, the model health. */
@Injectable()
export class SweepStateService {
  private begunAt = new Date(0);

  constructor(
    private readonly validations: ValidationsRepository,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'VALIDATION_DAILY_TOKENS' | 'VALIDATION_DAILY_USD'>,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  async begin(slot: string): Promise<boolean> {
    this.begunAt = this.now();
    return this.validations.beginSweep(slot, this.begunAt);
  }

  /** @param learned models with a new result, whose health is as old as that result */
  async finish(slot: string, learned: Model[]): Promise<void> {
    await this.validations.finishSweep(
      slot,
      learned.map(({ id }) => id),
      this.now(),
    );
  }

  /** Releases the run of a failed sweep, so that the next one need not wait. */
  async abandon(slot: string): Promise<void> {
    await this.validations.abandonSweep(slot, this.now());
  }

  async hasSwept(): Promise<boolean> {
    return this.validations.hasSwept();
  }

  async healthOf(models: Model[]): Promise<Map<string, Health>> {
    const health = await this.validations.healthOf(models.map(({ id }) => id));
    return new Map(health.map((each) => [each.modelId, each]));
  }

  /** Returns whether the current sweep may probe another model: it has time, and the day (UTC) has budget. */
  async mayProbe(): Promise<boolean> {
    if (this.now().getTime() - this.begunAt.getTime() >= PROBES_TIMEOUT_MS) return false;
    const midnight = new Date(this.now().toISOString().slice(0, 10));
    const budget = { tokens: this.env.VALIDATION_DAILY_TOKENS, usd: this.env.VALIDATION_DAILY_USD };
    return !isSpent(await this.validations.spentSince(midnight), budget);
  }
}
