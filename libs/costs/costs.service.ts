import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { type CostImpact, estimateCostImpact } from './cost-impact.js';
import { CostsRepository, type SwitchedModels } from './costs.repository.js';

@Injectable()
export class CostsService {
  constructor(private readonly repository: CostsRepository) {}

  /** What a switch saves, at the prices that were valid when it happened. */
  async impactOf(models: SwitchedModels, tx: Transaction): Promise<CostImpact> {
    return estimateCostImpact(await this.repository.basisOf(models, tx));
  }
}
