import { Injectable } from '@nestjs/common';
import { CostsService } from '#libs/costs/costs.service.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { AuditRepository } from './audit.repository.js';
import type { SwitchEvent } from './switch.js';

/** Completes an event with what it saves and stores both as the audit row. */
@Injectable()
export class AuditWriter {
  constructor(
    private readonly costs: CostsService,
    private readonly audit: AuditRepository,
  ) {}

  async write(event: SwitchEvent, tx: Transaction): Promise<void> {
    await this.audit.insert(event, await this.costs.impactOf(event, tx), tx);
  }
}
