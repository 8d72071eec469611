import { Inject, Injectable } from '@nestjs/common';
import type { Model } from '#libs/catalogue/catalogue.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import type { Health } from './model-health.js';
import { isSpent } from './sweep-plan.js';
import { ValidationsRepository } from './validations.repository.js';

/** How long a sweep may go on asking models: it must end before the next one takes it for dead. */
const PROBES_TIMEOUT_MS = 8 * 60_000;

/** What sweeps share across the fleet and across time: whose turn it is, what is spent, what is remembered. */
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

  /** @param learned the models of which something was learned: a verdict is as old as what it rests on */
  async finish(slot: string, learned: Model[]): Promise<void> {
    await this.validations.finishSweep(
      slot,
      learned.map(({ id }) => id),
      this.now(),
    );
  }

  /** A sweep that failed halfway must not keep the next one waiting. */
  async abandon(slot: string): Promise<void> {
    await this.validations.abandonSweep(slot);
  }

  async hasSwept(): Promise<boolean> {
    return this.validations.hasSwept();
  }

  async healthOf(models: Model[]): Promise<Map<string, Health>> {
    const health = await this.validations.healthOf(models.map(({ id }) => id));
    return new Map(health.map((each) => [each.modelId, each]));
  }

  /** Whether the sweep that has begun may ask another model: it has time, and the day (UTC) has budget. */
  async mayProbe(): Promise<boolean> {
    if (this.now().getTime() - this.begunAt.getTime() >= PROBES_TIMEOUT_MS) return false;
    const midnight = new Date(this.now().toISOString().slice(0, 10));
    const budget = { tokens: this.env.VALIDATION_DAILY_TOKENS, usd: this.env.VALIDATION_DAILY_USD };
    return !isSpent(await this.validations.spentSince(midnight), budget);
  }
}
