import { Injectable } from '@nestjs/common';
import type { CostImpact } from '#libs/costs/cost-impact.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { AuditRowEntity } from './audit-row.entity.js';
import type { SwitchEvent } from './switch.js';

@Injectable()
export class AuditRepository {
  /** Writes the audit row of an event; a second time changes nothing. */
  async insert(event: SwitchEvent, cost: CostImpact, tx: Transaction): Promise<void> {
    const row = {
      ...event,
      costImpactEstimated: cost.savedUsd,
      costImpactHorizon: cost.horizon,
      costImpactAssumption: cost.assumption,
    };
    await tx
      .createQueryBuilder()
      .insert()
      .into(AuditRowEntity)
      .values(row)
      .orIgnore()
      .updateEntity(false)
      .execute();
  }
}
