import { Injectable } from '@nestjs/common';
import type { Catalogue, UseCase } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { AttentionService } from './attention.service.js';
import { cachedRead } from './cached-read.js';
import type { Overview, UseCaseOverview } from './overview.js';
import { type CallFigures, OverviewRepository } from './overview.repository.js';

/** However many pages are open, each instance reads this often. */
const CACHED_MS = 5_000;
/** Counts of conversations read more rows than the other figures. */
const COUNTS_CACHED_MS = 30_000;

interface Figures {
  calls: CallFigures[];
  p95: { useCase: string; ms: number }[];
  conversations: Awaited<ReturnType<OverviewRepository['conversations']>>;
}

/** Answers whether all is well: figures of each use case, and what needs an operator. */
@Injectable()
export class OverviewService {
  readonly read: () => Promise<Overview>;
  private readonly conversations;

  constructor(
    private readonly repository: OverviewRepository,
    private readonly attention: AttentionService,
    private readonly catalogue: CatalogueService,
    private readonly clock: Clock,
  ) {
    this.read = cachedRead(CACHED_MS, () => this.readNow());
    this.conversations = cachedRead(COUNTS_CACHED_MS, () => repository.conversations());
  }

  private async readNow(): Promise<Overview> {
    const now = this.clock.now();
    const figures: Figures = {
      calls: await this.repository.calls(now),
      p95: await this.repository.p95(now),
      conversations: await this.conversations(),
    };
    const catalogue = this.catalogue.snapshot();
    const rowOf = rowsOf(figures, catalogue, now);
    return { useCases: catalogue.useCases.map(rowOf), attention: await this.attention.list() };
  }
}

function rowsOf(
  { calls, p95, conversations }: Figures,
  { models }: Catalogue,
  now: Date,
): (useCase: UseCase) => UseCaseOverview {
  const callsOf = byUseCase(calls);
  const p95Of = byUseCase(p95);
  const followersOf = byUseCase(conversations.followers);
  const pinnedOf = byUseCase(conversations.pinned);
  return ({ name, activeModelId }) => ({
    name,
    activeModelId,
    ...callFigures(callsOf.get(name)),
    p95Ms: p95Of.get(name)?.ms ?? null,
    followers: followersOf.get(name)?.count ?? 0,
    pinned: pinnedOf.get(name)?.count ?? 0,
    nextEndOfLife: endOf(
      models.find(({ id }) => id === activeModelId)?.lifecycle.endOfLifeAt,
      now,
      activeModelId,
    ),
  });
}

const byUseCase = <Row extends { useCase: string }>(rows: Row[]): Map<string, Row> =>
  new Map(rows.map((row) => [row.useCase, row]));

const callFigures = (figures: CallFigures | undefined) => ({
  calls: figures?.calls ?? 0,
  errorRate: figures?.calls ? figures.failed / figures.calls : null,
  fallbackRate: figures?.calls ? figures.fallbacks / figures.calls : null,
  costTodayUsd: figures ? figures.costToday : '0',
  costYesterdayUsd: figures ? figures.costYesterday : '0',
});

const endOf = (
  date: string | null | undefined,
  now: Date,
  modelId: string,
): UseCaseOverview['nextEndOfLife'] => (date && Date.parse(date) > now.getTime() ? { modelId, date } : null);
