import { Injectable, Logger } from '@nestjs/common';
import { NotificationsService } from '#libs/notifications/notifications.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { type BudgetSpend, hasEnded, reachedThresholds, type Threshold } from './budget.js';
import { budgetNotification } from './budget-notification.js';
import { BudgetsRepository } from './budgets.repository.js';

/** Time after the end of a period for which it is still checked: a worker may have been down. */
const CHECKED_AFTER_MS = 86_400_000;

interface Warning {
  budget: BudgetSpend;
  threshold: Threshold;
}

/** Warns operators of spend that has reached 50, 80 or 100 % of a budget. */
@Injectable()
export class BudgetWarnings {
  private readonly logger = new Logger('Budgets');

  constructor(
    private readonly budgets: BudgetsRepository,
    private readonly notifications: NotificationsService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Warns once of each threshold in a period; of the highest, where several were passed since the last time. */
  async warn(): Promise<void> {
    const now = this.clock.now();
    const spends = await this.spends(now);
    const reached = spends.flatMap((budget) =>
      reachedThresholds(budget).map((threshold) => ({ budget, threshold })),
    );
    if (reached.length === 0) return;
    const raised = await this.transactions.run(async (tx) => {
      const rows = reached.map(({ budget: { id, from, limitUsd }, threshold }) => ({
        ...{ id, from, limitUsd, threshold },
      }));
      const stored = new Set((await this.budgets.raise(rows, now, tx)).map(keyOf));
      const warnings = highestOf(
        reached.filter(({ budget, threshold }) => stored.has(keyOf({ ...budget, threshold }))),
      );
      for (const { budget, threshold } of warnings)
        await this.notifications.write(budgetNotification(budget, threshold, now), tx);
      return warnings;
    });
    for (const { budget, threshold } of raised)
      this.logger.warn(
        `the budget ${budget.id} (${budget.scope}, ${budget.period}) has reached ${threshold} %`,
      );
  }

  /** Returns the spend of the present periods, and of those that have just ended: their last calls may be recorded late. */
  private async spends(now: Date): Promise<BudgetSpend[]> {
    const before = await this.budgets.spends(new Date(now.getTime() - CHECKED_AFTER_MS));
    return [...before.filter((budget) => hasEnded(budget, now)), ...(await this.budgets.spends(now))];
  }
}

const keyOf = ({ id, from, threshold }: { id: string; from: string; threshold: number }): string =>
  `${id} ${from} ${threshold}`;

/** Returns the highest warning of each budget and period. */
function highestOf(warnings: Warning[]): Warning[] {
  const highest = new Map<string, Warning>();
  for (const warning of warnings) highest.set(`${warning.budget.id} ${warning.budget.from}`, warning);
  return [...highest.values()];
}
