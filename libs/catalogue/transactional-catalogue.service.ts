import { Injectable, Logger } from '@nestjs/common';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { CoalescingTask } from '#libs/platform/process/coalescing-task.js';
import { UnknownUseCaseError } from './catalogue.errors.js';
import type { Catalogue, CoolDowns } from './catalogue.js';
import { CatalogueRepository, type StampedCatalogue } from './catalogue.repository.js';
import { CatalogueService } from './catalogue.service.js';
import type { SelectionPolicy } from './selectability.js';

/** While it changes more often, decisions load their part: a whole copy for each change would cost more. */
const READ_AGAIN_MS = 250;

/**
 * Catalogue for decisions to switch, and the part of a switch that changes it. A decision uses the state of PostgreSQL
 * at the time of its locks. It uses the snapshot in memory only if the transaction has read, under its locks, the same
 * version stamp (ADR 33). Data from Redis is never used here.
 */
@Injectable()
export class TransactionalCatalogue {
  private readonly logger = new Logger('TransactionalCatalogue');
  private cached: StampedCatalogue | undefined;
  private readAt = Number.NEGATIVE_INFINITY;
  private readonly reading = new CoalescingTask(
    async () => {
      this.readAt = performance.now();
      this.cached = await this.repository.loadStamped();
    },
    ({ message }) => this.logger.debug(`the catalogue was not read: ${message}`),
  );

  constructor(
    private readonly repository: CatalogueRepository,
    private readonly catalogue: CatalogueService,
  ) {}

  /** Returns the current stamp. Call it after the locks in the same transaction; it may be pipelined with them. */
  async versionStamp(tx: Transaction): Promise<string> {
    return this.repository.versionStamp(tx);
  }

  /**
   * @param versionStamp version stamp that this transaction has read
   * @returns at least these use cases, their models and the models named. @throws UnknownUseCaseError
   */
  async load(
    useCases: string[],
    modelIds: string[],
    versionStamp: string,
    tx: Transaction,
  ): Promise<Catalogue> {
    const catalogue =
      this.ifCurrent(versionStamp) ?? (await this.repository.loadPart(useCases, modelIds, tx));
    const missing = useCases.find((name) => !catalogue.useCases.some((useCase) => useCase.name === name));
    if (missing) throw new UnknownUseCaseError(missing, await this.repository.useCaseNames(tx));
    return catalogue;
  }

  policy(): SelectionPolicy {
    return this.catalogue.policy();
  }

  /** Stores the switch of a use case. @returns the catalogue version to announce after the commit */
  async saveUseCase(
    name: string,
    change: { activeModelId: string; coolDowns: CoolDowns; version: number; switchSeq: number },
    tx: Transaction,
  ): Promise<number> {
    return this.repository.saveUseCase(name, change, tx);
  }

  /** Returns the snapshot, if it has this version stamp; else starts to load it for later calls. */
  private ifCurrent(versionStamp: string): Catalogue | undefined {
    if (this.cached?.versionStamp === versionStamp) return this.cached.catalogue;
    if (performance.now() - this.readAt > READ_AGAIN_MS) this.reading.trigger();
    return undefined;
  }
}
