import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type BudgetSpend, isIncomplete, reachedThresholds, THRESHOLDS } from '#libs/budgets/budget.js';
import { BudgetsService } from '#libs/budgets/budgets.service.js';
import { Metrics, type Reading } from '#libs/platform/telemetry/metrics.js';
import { LeaderCollector } from './leader-collector.js';

const KIND = ['scope', 'period'] as const;
type Kind = (typeof KIND)[number];

/** Exports the spend of budgets. Budgets of users are only counted: no user is a label. */
@Injectable()
export class BudgetMetrics implements OnModuleInit {
  private readonly budgets: () => Promise<BudgetSpend[] | undefined>;

  constructor(
    budgets: BudgetsService,
    collector: LeaderCollector,
    private readonly metrics: Metrics,
  ) {
    this.budgets = collector.shared('the spend of budgets', () => budgets.list());
  }

  onModuleInit(): void {
    this.gauge(
      {
        name: 'budget_spent_ratio',
        help: 'Known spend of a budget that is of no user, as a share of its limit; 1 is all of it.',
        labels: [...KIND, 'subject'],
      },
      (budgets) =>
        budgets
          .filter(({ scope }) => scope !== 'user')
          .map((budget) => ({
            labels: { ...kindOf(budget), subject: budget.useCase ?? budget.key ?? 'all' },
            value: Number(budget.spentUsd) / Number(budget.limitUsd),
          })),
    );
    this.gauge(
      {
        name: 'budgets_reached',
        help: 'Budgets whose known spend has reached 50, 80 or 100 % of the limit in the present period.',
        labels: [...KIND, 'threshold'],
      },
      (budgets) =>
        THRESHOLDS.flatMap((threshold) =>
          counted(budgets, (budget) => reachedThresholds(budget).includes(threshold)).map(
            ({ labels, value }) => ({ labels: { ...labels, threshold: String(threshold) }, value }),
          ),
        ),
    );
    this.gauge(
      {
        name: 'budgets_incomplete',
        help: 'Budgets whose real spend is higher than the known one: a price is not known, or calls wait for the roll-up.',
        labels: KIND,
      },
      (budgets) => counted(budgets, isIncomplete),
    );
  }

  private gauge<Label extends string>(
    gauge: { name: string; help: string; labels: readonly Label[] },
    readings: (budgets: BudgetSpend[]) => Reading<Label>[],
  ): void {
    this.metrics.gauge(gauge, async () => readings((await this.budgets()) ?? []));
  }
}

const kindOf = ({ scope, period }: BudgetSpend) => ({ scope, period });

/** Counts by scope and period, and 0 where no budget of that kind matches. */
function counted(budgets: BudgetSpend[], matches: (budget: BudgetSpend) => boolean): Reading<Kind>[] {
  const counts = new Map<string, Reading<Kind>>();
  for (const budget of budgets) {
    const labels = kindOf(budget);
    const key = Object.values(labels).join(' ');
    const { value } = counts.get(key) ?? { value: 0 };
    counts.set(key, { labels, value: value + Number(matches(budget)) });
  }
  return [...counts.values()];
}
