import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { type CostImpact, estimateCostImpact, FIRST_ASSIGNMENT } from './cost-impact.js';
import { CostsRepository, type SwitchedModels } from './costs.repository.js';

@Injectable()
export class CostsService {
  constructor(private readonly repository: CostsRepository) {}

  /** Returns the cost impact of each of these switches. */
  async impactsOf(switches: SwitchedModels[], tx: Transaction): Promise<CostImpact[]> {
    const bases = await this.repository.basesOf(switches, tx);
    return switches.map(({ firstAssignment }, place) =>
      firstAssignment ? FIRST_ASSIGNMENT : estimateCostImpact(bases[place]!),
    );
  }

  /** Returns the cost impact of a switch, at the prices that were valid when it happened. */
  async impactOf(models: SwitchedModels, tx: Transaction): Promise<CostImpact> {
    const [impact] = await this.impactsOf([models], tx);
    return impact!;
  }
}
