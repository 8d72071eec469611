import { Injectable } from '@nestjs/common';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { type BudgetSpend, usedPercent } from '#libs/budgets/budget.js';
import { BudgetsService } from '#libs/budgets/budgets.service.js';
import type { Catalogue } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { InstancesService } from '#libs/operations/instances.service.js';
import { AttentionRepository, type Trouble } from './attention.repository.js';
import { JobsStateService } from './jobs-state.service.js';
import { ATTENTION_KINDS, type Attention } from './overview.js';

/** Bounds the answer: more than this is one outage, and not so many tasks. */
const MAX_ITEMS = 100;

/** Finds the states that an operator must change. */
@Injectable()
export class AttentionService {
  constructor(
    private readonly repository: AttentionRepository,
    private readonly breakers: BreakersService,
    private readonly budgets: BudgetsService,
    private readonly catalogue: CatalogueService,
    private readonly jobs: JobsStateService,
    private readonly instances: InstancesService,
  ) {}

  /** Lists the most urgent first. */
  async list(): Promise<Attention[]> {
    const trouble = await this.repository.read();
    const found = [
      ...(await this.ofJobs(trouble)),
      ...this.breakers.all().map(({ modelId }) => attention('breaker_open', { modelId })),
      ...counted('dead_letters', trouble.deadLetters),
      ...counted('webhook_disabled', trouble.disabledWebhooks),
      ...counted('channel_disabled', trouble.disabledChannels),
      ...legacyInUse(this.catalogue.snapshot()),
      ...reachedBudgets(await this.budgets.list()),
      ...trouble.moves.map((move) => attention('move_running', move)),
    ];
    return found.toSorted((a, b) => urgency(a) - urgency(b)).slice(0, MAX_ITEMS);
  }

  private async ofJobs({ sweptAt, stuckSince }: Trouble): Promise<Attention[]> {
    const { workerAwaySince, sweepFailedAt } = await this.jobs.read();
    // Heartbeats need no Redis. Jobs that are late show also a worker that beats and does nothing.
    const awaySince = (await this.instances.workersAwaySince()) ?? workerAwaySince;
    const failedSince = sweepFailedAt && (!sweptAt || sweepFailedAt > sweptAt) ? sweepFailedAt : stuckSince;
    return [
      ...(awaySince === undefined ? [] : [attention('worker_away', { since: awaySince })]),
      ...(failedSince ? [attention('sweep_failed', { since: failedSince })] : []),
    ];
  }
}

const urgency = ({ kind }: Attention): number => ATTENTION_KINDS.indexOf(kind);

const attention = (kind: Attention['kind'], rest: Partial<Attention>): Attention => ({
  kind,
  count: 1,
  useCase: null,
  modelId: null,
  since: null,
  ...rest,
});

const counted = (kind: Attention['kind'], found: { count: number; since: Date | null }): Attention[] =>
  found.count === 0 ? [] : [attention(kind, found)];

/** Active models that are in legacy or have ended, each with the number of its use cases. */
function legacyInUse({ models, useCases }: Catalogue): Attention[] {
  return models
    .filter(({ lifecycle }) => lifecycle.status !== 'ACTIVE')
    .map(({ id, lifecycle: { legacyAt } }) =>
      attention('legacy_in_use', {
        modelId: id,
        count: useCases.filter(({ activeModelId }) => activeModelId === id).length,
        since: legacyAt === null ? null : new Date(legacyAt),
      }),
    )
    .filter(({ count }) => count > 0);
}

/** Spent budgets; those of keys and users together, without their names. */
function reachedBudgets(budgets: BudgetSpend[]): Attention[] {
  const spent = budgets.filter((budget) => usedPercent(budget) >= 100);
  const named = spent.filter(({ scope }) => scope === 'all' || scope === 'use_case');
  const others = spent.length - named.length;
  return [
    ...named.map(({ useCase }) => attention('budget_reached', { useCase })),
    ...(others === 0 ? [] : [attention('budget_reached', { count: others })]),
  ];
}
