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
  /** Use cases that run on it. */
  useCases: string[];
  conversations: number;
  conversationsCapped: boolean;
}

export interface LifecycleEntry extends ModelUse {
  model: Model;
  milestones: Upcoming[];
  /** Of a model that has no end date: what is promised instead. */
  outlook: EndOutlook | null;
  /** The next warning that is due; null: there is time. */
  warning: LifecycleWarning | null;
  /** Who should take over, and what that would save in 30 days of the use cases on it, or of its own. */
  successor: { model: Model; savedUsd: string | null; horizon: string } | null;
}

/** What ends when, what runs on it, and what to take instead. */
@Injectable()
export class LifecycleService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly repository: LifecycleRepository,
    private readonly costs: CostsService,
    private readonly transactions: Transactions,
  ) {}

  /** Models that have a date to come or a guarantee of their end, the next first. */
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

  /** What runs on a model. @throws ModelNotFoundError */
  async useOf(modelId: string): Promise<ModelUse & { modelId: string }> {
    const { model } = this.catalogue.verdictOn(modelId);
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

/** In milliseconds; of a guarantee without notice, now. */
const nextDateOf = ({ milestones, outlook }: LifecycleEntry): number =>
  Date.parse(milestones[0]?.at ?? outlook?.endsNotBefore ?? '') || 0;
