import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { asUnavailable, type Transaction } from '#libs/platform/database/transactions.js';
import { CatalogueCache } from './catalogue.cache.js';
import { UnknownAssistantError, UnknownUseCaseError } from './catalogue.errors.js';
import {
  type Assistant,
  type Catalogue,
  type CoolDowns,
  findModel,
  type Model,
  type UseCase,
} from './catalogue.js';
import { CatalogueRepository } from './catalogue.repository.js';
import { type RankedCandidate, rankCandidates } from './ranking.js';
import { type Policy, type Reason, reasonsAgainst } from './selectability.js';

export interface Verdict {
  /** Undefined: no such model. */
  model: Model | undefined;
  reasons: Reason[];
}

/** Reading the catalogue from memory, and the part of a switch that changes it. */
@Injectable()
export class CatalogueService {
  constructor(
    private readonly cache: CatalogueCache,
    private readonly repository: CatalogueRepository,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'AWS_REGION' | 'ALLOWED_REGIONS'>,
  ) {}

  /** The whole catalogue, at most seconds old. For reading only: a decision to switch loads its own. */
  snapshot(): Catalogue {
    return this.cache.get();
  }

  /** Sees to it that the snapshot is what PostgreSQL says now, as far as it can be asked. */
  async refresh(): Promise<void> {
    await this.cache.check();
  }

  policy(): Policy {
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

  /** Whether a model exists and may be selected, without regard to any scope's cool-downs. */
  verdictOn(modelId: string): Verdict {
    const model = findModel(this.snapshot().models, modelId);
    return { model, reasons: model ? reasonsAgainst(model, this.policy(), {}) : [] };
  }

  /** Every instance drops its copy and reads PostgreSQL again. @returns the new version */
  async clearCache(): Promise<number> {
    await this.cache.drop();
    const version = await this.repository.bumpVersion().catch((error: unknown) => {
      throw asUnavailable(error);
    });
    await this.cache.changed(version);
    return version;
  }

  /**
   * What PostgreSQL says now about these use cases and models, for a decision.
   * @throws UnknownUseCaseError
   */
  async loadForDecision(useCases: string[], modelIds: string[], tx: Transaction): Promise<Catalogue> {
    const catalogue = await this.repository.loadPart(useCases, modelIds, tx);
    const missing = useCases.find((name) => !catalogue.useCases.some((useCase) => useCase.name === name));
    if (missing) throw new UnknownUseCaseError(missing, await this.repository.useCaseNames(tx));
    return catalogue;
  }

  /** Stores the switch of a use case. @returns the catalogue version to announce after the commit */
  async saveUseCase(
    name: string,
    change: { activeModelId: string; coolDowns: CoolDowns; version: number; switchSeq: number },
    tx: Transaction,
  ): Promise<number> {
    return this.repository.saveUseCase(name, change, tx);
  }

  /** After the commit of a change: this instance has it when the promise resolves, the others hear of it. */
  async announce(version: number): Promise<void> {
    await this.cache.changed(version);
  }
}
