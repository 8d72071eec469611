import { Injectable } from '@nestjs/common';
import type { Model } from '#libs/catalogue/catalogue.js';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Check } from './model-health.js';
import { ModelHealthService } from './model-health.service.js';
import { ModelProber } from './model-prober.service.js';
import { UseCaseFailoverService } from './use-case-failover.service.js';
import { CheckedTooOftenError } from './validation.errors.js';
import { ValidationsRepository } from './validations.repository.js';

/** Of one model, for the whole fleet. */
const MIN_INTERVAL_SECONDS = 10;

/** Probes a model on request of an operator, without waiting for the sweep. The result counts like that of a sweep. */
@Injectable()
export class DeepCheckService {
  constructor(
    private readonly prober: ModelProber,
    private readonly health: ModelHealthService,
    private readonly validations: ValidationsRepository,
    private readonly clock: Clock,
    private readonly failover: UseCaseFailoverService,
  ) {}

  /** @throws CheckedTooOftenError */
  async check(model: Model): Promise<Check> {
    await this.requireInterval(model.id);
    const check = await this.prober.askDeeply(model);
    if (await this.health.record(check)) await this.failover.failOverUnselectable();
    return check;
  }

  private async requireInterval(modelId: string): Promise<void> {
    const now = this.clock.now();
    const next = new Date(now.getTime() + MIN_INTERVAL_SECONDS * 1000);
    const free = await this.validations.takeDeepCheck(modelId, now, next);
    if (free === null) return;
    throw new CheckedTooOftenError(modelId, Math.max(1, Math.ceil((free.getTime() - now.getTime()) / 1000)));
  }
}
