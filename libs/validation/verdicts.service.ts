import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { type StoredCheck, ValidationsRepository } from './validations.repository.js';
import { type Check, judge } from './verdict.js';

/** Keeps what checks found and what follows from it. */
@Injectable()
export class VerdictsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly validations: ValidationsRepository,
    private readonly clock: Clock,
  ) {}

  /** Stores a check and judges the model by it. @returns true when its status flipped */
  async record(check: Check): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const now = this.clock.now();
      const before = await this.validations.lockHealth(check.modelId, tx);
      const after = judge(before, check, now);
      await this.validations.insertCheck(check, now, tx);
      await this.validations.saveHealth(after, tx);
      if (after.status === before.status) return false;
      await this.validations.saveStatus(check.modelId, after.status, check.detail, tx);
      return true;
    });
  }

  /** Newest first. */
  async list(modelId: string | undefined, limit: number, before?: number): Promise<StoredCheck[]> {
    return this.validations.list(modelId, limit, before);
  }
}
