import { Injectable } from '@nestjs/common';
import type { Model } from '#libs/catalogue/catalogue.js';
import { DeepCheckLimit } from './deep-check-limit.js';
import type { Check } from './model-health.js';
import { ModelHealthService } from './model-health.service.js';
import { ModelProber } from './model-prober.service.js';
import { UseCaseFailoverService } from './use-case-failover.service.js';

/** Probes a model on request of an operator, without waiting for the sweep. The result counts like that of a sweep. */
@Injectable()
export class DeepCheckService {
  constructor(
    private readonly prober: ModelProber,
    private readonly health: ModelHealthService,
    private readonly limit: DeepCheckLimit,
    private readonly failover: UseCaseFailoverService,
  ) {}

  /** @throws CheckedTooOftenError */
  async check(model: Model): Promise<Check> {
    await this.limit.demand(model.id);
    const check = await this.prober.askDeeply(model);
    if (await this.health.record(check)) await this.failover.failOverUnselectable();
    return check;
  }
}
