import { Injectable, Logger } from '@nestjs/common';
import type { Model } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import {
  BedrockCatalogueService,
  type BedrockOffering,
} from '#libs/platform/bedrock/bedrock-catalogue.service.js';
import { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import { LifecycleWarnings } from './lifecycle-warnings.js';
import type { Check, Health } from './model-health.js';
import { ModelHealthService } from './model-health.service.js';
import { ModelProber } from './model-prober.service.js';
import { needsProbe } from './sweep-plan.js';
import { SweepRequestsRepository } from './sweep-requests.repository.js';
import { SweepStateService } from './sweep-state.service.js';
import { UseCaseFailoverService } from './use-case-failover.service.js';

/** Result of a sweep for one model. */
interface Swept {
  /** There is a new result for the model. */
  isNew: boolean;
  failed: boolean;
}

/** Checks every available model: first in Bedrock's free lists, then with a probe if one is due. */
@Injectable()
export class SweepsService {
  private readonly logger = new Logger('Sweep');

  constructor(
    private readonly catalogue: CatalogueService,
    private readonly bedrock: BedrockCatalogueService,
    private readonly prober: ModelProber,
    private readonly health: ModelHealthService,
    private readonly state: SweepStateService,
    private readonly requests: SweepRequestsRepository,
    private readonly failover: UseCaseFailoverService,
    private readonly lifecycle: LifecycleWarnings,
  ) {}

  /**
   * Sweeps, fails over use cases whose model is not selectable any more, and warns of ends of life.
   * @param slot run of the schedule; a second run for it does nothing
   */
  async run(slot: string): Promise<void> {
    if (!(await this.sweep(slot))) return;
    await this.failover.failOverUnselectable();
    await this.lifecycle.warn();
  }

  /** @returns whether it swept */
  private async sweep(slot: string): Promise<boolean> {
    if (!(await this.state.begin(slot))) return false;
    try {
      await this.state.finish(slot, await this.sweepAll(slot));
      return true;
    } catch (error) {
      await this.state.abandon(slot);
      throw error;
    }
  }

  /** @returns the models with a new result */
  private async sweepAll(slot: string): Promise<Model[]> {
    await this.catalogue.refresh();
    const { deep, modelIds } = await this.requests.requestOf(slot);
    const available = this.catalogue.availableModels();
    const models = modelIds === null ? available : available.filter(({ id }) => modelIds.includes(id));
    await this.requests.planned(slot, models.length);
    const offering = await this.readOffering();
    const health = await this.state.healthOf(models);
    const learned: Model[] = [];
    for (const model of models) {
      const { isNew, failed } = await this.sweepModel(model, offering, deep ? 'deep' : health.get(model.id)!);
      if (isNew) learned.push(model);
      await this.requests.checkedOne(slot, failed);
    }
    return learned;
  }

  /** @param how `deep`: probe it in any case; else its health decides */
  private async sweepModel(
    model: Model,
    offering: BedrockOffering | null,
    how: Health | 'deep',
  ): Promise<Swept> {
    const seen = offering && this.prober.look(model, offering);
    if (seen) await this.keep(seen);
    if (seen?.outcome === 'failed') return { isNew: true, failed: true };
    const isDue = how === 'deep' || needsProbe(how, this.state.now());
    if (!isDue || !(await this.state.mayProbe())) return { isNew: seen !== null, failed: false };
    const answer = how === 'deep' ? await this.probeDeeply(model) : await this.prober.probe(model);
    await this.keep(answer);
    const isNew = seen !== null || answer.outcome !== 'inconclusive';
    return { isNew, failed: answer.outcome === 'failed' };
  }

  private async probeDeeply(model: Model): Promise<Check> {
    const check = await this.prober.askDeeply(model);
    await this.prober.pause();
    return check;
  }

  private async keep(check: Check): Promise<void> {
    if (!(await this.health.record(check))) return;
    if (check.outcome === 'failed')
      this.logger.warn(`${check.modelId} failed its validation: ${check.detail}`);
    else this.logger.log(`${check.modelId} passed its validation`);
  }

  /** Reads Bedrock's lists. If that fails the sweep continues with probes: it says nothing about a model. */
  private async readOffering(): Promise<BedrockOffering | null> {
    try {
      return await this.bedrock.listOffering();
    } catch (error) {
      if (!(error instanceof BedrockError)) throw error;
      this.logger.warn(`the lists of Bedrock cannot be read: ${error.kind}`);
      return null;
    }
  }
}
