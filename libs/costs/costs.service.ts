import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { type CostImpact, estimateCostImpact } from './cost-impact.js';
import { CostsRepository, type SwitchedModels } from './costs.repository.js';

@Injectable()
export class CostsService {
  constructor(
    private readonly repository: CostsRepository,
    private readonly clock: Clock,
  ) {}

  /** What a switch saves, at the prices that were valid when it happened. */
  async impactOf(models: SwitchedModels, tx: Transaction): Promise<CostImpact> {
    return estimateCostImpact(await this.repository.basisOf(models, tx));
  }

  /** Renews what the last 30 days measured, for estimates and for the objective `cost`. */
  async measureUsage(): Promise<void> {
    await this.repository.measureUsage(this.clock.now());
  }
}
