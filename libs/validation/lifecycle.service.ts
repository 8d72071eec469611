import { Injectable } from '@nestjs/common';
import { ModelNotFoundError } from '#libs/catalogue/catalogue.errors.js';
import type { Catalogue, Model } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { policyOf } from '#libs/catalogue/selectability.js';
import { CostsService } from '#libs/costs/costs.service.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import {
  type EndOutlook,
  type LifecycleWarning,
  outlookOf,
  proposedSuccessor,
  type Upcoming,
  upcoming,
  warningsOf,
} from './lifecycle.js';
import { LifecycleRepository, MAX_COUNTED } from './lifecycle.repository.js';

interface ModelUse {
  /** Use cases with this active model. */
  useCases: string[];
  conversations: number;
  conversationsCapped: boolean;
}

export interface LifecycleEntry extends ModelUse {
  model: Model;
  milestones: Upcoming[];
  /** Guarantee of a model without an end date. */
  outlook: EndOutlook | null;
  /** Next warning that is due; null: none yet. */
  warning: LifecycleWarning | null;
  /** Replacement, and its saving in 30 days for a use case on the model, else for that of the model or the replacement. */
  successor: { model: Model; savedUsd: string | null; horizon: string } | null;
}

/** Reports end dates of models, their use, and their successors. */
@Injectable()
export class LifecycleService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly repository: LifecycleRepository,
    private readonly costs: CostsService,
    private readonly transactions: Transactions,
  ) {}

  /** Lists models with a future date or a guarantee of their end, the earliest first. */
  async report(): Promise<LifecycleEntry[]> {
    const catalogue = this.catalogue.snapshot();
    const { now } = this.catalogue.policy();
    const ending = catalogue.models.filter(
      (model) => upcoming(model, now).length > 0 || outlookOf(model, now) !== null,
    );
    const entries: LifecycleEntry[] = [];
    for (const model of ending) entries.push(await this.entryOf(model, catalogue));
    return entries.sort((a, b) => nextDateOf(a) - nextDateOf(b));
  }

  /** Counts the use of a model. @throws ModelNotFoundError */
  async useOf(modelId: string): Promise<ModelUse & { modelId: string }> {
    const { model } = this.catalogue.selectabilityOf(modelId);
    if (!model) throw new ModelNotFoundError(modelId);
    return { modelId: model.id, ...(await this.countUse(model, this.catalogue.snapshot())) };
  }

  private async entryOf(model: Model, catalogue: Catalogue): Promise<LifecycleEntry> {
    const { now } = this.catalogue.policy();
    const milestones = upcoming(model, now);
    const use = await this.countUse(model, catalogue);
    return {
      model,
      milestones,
      outlook: outlookOf(model, now),
      warning: warningsOf(milestones)[0] ?? null,
      ...use,
      successor: await this.successorOf(model, use.useCases, catalogue),
    };
  }

  private async countUse({ id }: Model, catalogue: Catalogue): Promise<ModelUse> {
    const useCases = catalogue.useCases
      .filter(({ activeModelId }) => activeModelId === id)
      .map(({ name }) => name);
    const conversations = await this.repository.conversationsOn(id, useCases);
    return { useCases, conversations, conversationsCapped: conversations === MAX_COUNTED };
  }

  private async successorOf(
    model: Model,
    useCases: string[],
    catalogue: Catalogue,
  ): Promise<LifecycleEntry['successor']> {
    const policy = catalogue.useCases
      .filter(({ name }) => useCases.includes(name))
      .reduce((narrowed, useCase) => policyOf(useCase, narrowed), this.catalogue.policy());
    const successor = proposedSuccessor(model, catalogue, policy);
    const [useCase] = [...useCases, model.useCase, successor?.useCase].filter(
      (name) => typeof name === 'string',
    );
    if (!successor || useCase === undefined) return null;
    const { savedUsd, horizon } = await this.transactions.run((tx) =>
      this.costs.impactOf(
        {
          scope: 'use_case',
          conversationId: null,
          useCase,
          firstAssignment: false,
          previousPriceVersion: model.price.version,
          newPriceVersion: successor.price.version,
        },
        tx,
      ),
    );
    return { model: successor, savedUsd, horizon: `${horizon} of ${useCase}` };
  }
}

/** Returns milliseconds; of a guarantee without notice, 0. */
const nextDateOf = ({ milestones, outlook }: LifecycleEntry): number =>
  Date.parse(milestones[0]?.at ?? outlook?.endsNotBefore ?? '') || 0;
