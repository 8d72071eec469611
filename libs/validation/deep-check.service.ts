import { Injectable } from '@nestjs/common';
import type { Model } from '#libs/catalogue/catalogue.js';
import { DeepCheckLimit } from './deep-check-limit.js';
import { GuardianService } from './guardian.service.js';
import { ModelChecks } from './model-checks.js';
import type { Check } from './verdict.js';
import { VerdictsService } from './verdicts.service.js';

/** Asks a model now, for an operator who does not want to wait for the sweep. It counts as the sweep's checks do. */
@Injectable()
export class DeepCheckService {
  constructor(
    private readonly checks: ModelChecks,
    private readonly verdicts: VerdictsService,
    private readonly limit: DeepCheckLimit,
    private readonly guardian: GuardianService,
  ) {}

  /** @throws CheckedTooOftenError */
  async check(model: Model): Promise<Check> {
    await this.limit.demand(model.id);
    const check = await this.checks.askDeeply(model);
    if (await this.verdicts.record(check)) await this.guardian.watch();
    return check;
  }
}
