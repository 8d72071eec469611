import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { CatalogueCache } from './catalogue.cache.js';
import { UnknownAssistantError, UnknownUseCaseError } from './catalogue.errors.js';
import {
  type Assistant,
  type Catalogue,
  findModel,
  type Model,
  type ModelLabel,
  type UseCase,
} from './catalogue.js';
import { CatalogueRepository } from './catalogue.repository.js';
import { explainSelection, type SelectionExplanation } from './explain-selection.js';
import { type RankedCandidate, rankCandidates } from './ranking.js';
import { policyOf, type Reason, reasonsAgainst, type SelectionPolicy } from './selectability.js';

export interface Selectability {
  /** Undefined: no such model. */
  model: Model | undefined;
  reasons: Reason[];
}

/** Reads the catalogue from memory. */
@Injectable()
export class CatalogueService {
  constructor(
    private readonly cache: CatalogueCache,
    private readonly repository: CatalogueRepository,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'AWS_REGION' | 'ALLOWED_REGIONS'>,
  ) {}

  /**
   * Returns the whole catalogue, at most seconds old. For reads only: decisions to switch use TransactionalCatalogue.
   */
  snapshot(): Catalogue {
    return this.cache.get();
  }

  /** Reloads the snapshot if PostgreSQL is available and has a newer one. */
  async refresh(): Promise<void> {
    await this.cache.check();
  }

  policy(): SelectionPolicy {
    return { region: this.env.AWS_REGION, allowedRegions: this.env.ALLOWED_REGIONS, now: this.clock.now() };
  }

  availableModels(): Model[] {
    return this.snapshot().models.filter((model) => model.available);
  }

  /** @throws UnknownUseCaseError */
  useCase(name: string): UseCase {
    const { useCases } = this.snapshot();
    const useCase = useCases.find((candidate) => candidate.name === name);
    if (!useCase)
      throw new UnknownUseCaseError(
        name,
        useCases.map((known) => known.name),
      );
    return useCase;
  }

  /** @throws UnknownAssistantError */
  assistant(id: string): Assistant {
    const assistant = this.snapshot().assistants.find((candidate) => candidate.id === id);
    if (!assistant) throw new UnknownAssistantError(id);
    return assistant;
  }

  /** @throws UnknownUseCaseError */
  candidatesOf(name: string): { useCase: UseCase; candidates: RankedCandidate[] } {
    const useCase = this.useCase(name);
    return { useCase, candidates: rankCandidates(useCase, this.snapshot(), this.policy()) };
  }

  /** Explains the order of the candidates of a use case. @throws UnknownUseCaseError */
  explain(name: string): SelectionExplanation {
    return explainSelection(this.useCase(name), this.snapshot(), this.policy(), {});
  }

  /**
   * Returns a model and the reasons against it, without regard to any scope's cool-downs.
   * @param useCase in which it would be selected; undefined: in no one
   */
  selectabilityOf(modelId: string, useCase?: UseCase): Selectability {
    const model = findModel(this.snapshot().models, modelId);
    const policy = useCase ? policyOf(useCase, this.policy()) : this.policy();
    return { model, reasons: model ? reasonsAgainst(model, policy, {}) : [] };
  }

  /** Returns the labels of these models from PostgreSQL; one that is deleted is omitted. */
  async labelsOf(modelIds: string[], tx: Transaction): Promise<ModelLabel[]> {
    return this.repository.labelsOf(modelIds, tx);
  }

  /** Makes every instance drop its snapshot and read PostgreSQL again. @returns the new version */
  async clearCache(): Promise<number> {
    const version = await this.repository.bumpVersion();
    await this.cache.changed(version);
    return version;
  }

  /** Loads a committed change on this instance and notifies the others. */
  async announce(version: number): Promise<void> {
    await this.cache.changed(version);
  }
}
