import { Injectable } from '@nestjs/common';
import { ModelNotFoundError } from '#libs/catalogue/catalogue.errors.js';
import type { Catalogue, Model, UseCase } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { effectiveModel } from '#libs/catalogue/effective-model.js';
import { policyOf, reasonsAgainst } from '#libs/catalogue/selectability.js';
import type { CostImpact } from '#libs/costs/cost-impact.js';
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
import { LifecycleRepository, MAX_COUNTED, type ModelScopes } from './lifecycle.repository.js';

interface ModelUse {
  /** Use cases with this active model. */
  useCases: string[];
  /** Conversations that really run on the model now. */
  conversations: number;
  conversationsCapped: boolean;
}

/** Use of a model, with its conversations by the way in which they came to it. */
export interface DetailedModelUse extends ModelUse {
  following: number;
  pinned: number;
  /** Conversations that are pinned to the model while it is not selectable there: another model answers. */
  pinnedWithoutEffect: number;
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

/** Entry whose saving is not known yet. */
interface Draft {
  model: Model;
  use: ModelUse;
  /** Replacement, and the use case that it is estimated for. */
  successor: { model: Model; useCase: string } | null;
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
    const pinned = await this.repository.pinnedModels();
    const runsOn = this.runningIn(catalogue);
    const drafts: Draft[] = [];
    for (const model of ending) {
      const isUsed = pinned.has(model.id) || runsOn.has(model.id);
      const use = isUsed ? await this.countUse(model, catalogue) : unusedBy(model, catalogue);
      drafts.push({ model, use, successor: this.successorOf(model, use.useCases, catalogue) });
    }
    const savings = await this.savingsOf(drafts);
    const entries = drafts.map((draft, place) => entryOf(draft, savings[place]!, now));
    return entries.sort((a, b) => nextDateOf(a) - nextDateOf(b));
  }

  /** Counts the use of a model. @throws ModelNotFoundError */
  async useOf(modelId: string): Promise<DetailedModelUse & { modelId: string }> {
    const { model } = this.catalogue.selectabilityOf(modelId);
    if (!model) throw new ModelNotFoundError(modelId);
    return { modelId: model.id, ...(await this.countUse(model, this.catalogue.snapshot())) };
  }

  /** Returns the models that use cases run on now. */
  private runningIn(catalogue: Catalogue): Set<string> {
    const policy = this.catalogue.policy();
    return new Set(
      catalogue.useCases.map((useCase) => effectiveModel({ useCase }, catalogue, policy).model.id),
    );
  }

  /** Estimates the savings of all successors in one transaction; null: there is no successor. */
  private async savingsOf(drafts: readonly Draft[]): Promise<(CostImpact | null)[]> {
    const switches = drafts.flatMap(({ model, successor }) =>
      successor
        ? [
            {
              scope: 'use_case' as const,
              conversationId: null,
              useCase: successor.useCase,
              firstAssignment: false,
              previousPriceVersion: model.price.version,
              newPriceVersion: successor.model.price.version,
            },
          ]
        : [],
    );
    const impacts = await this.transactions.run((tx) => this.costs.impactsOf(switches, tx));
    const next = impacts.values();
    return drafts.map(({ successor }) => (successor ? next.next().value! : null));
  }

  private async countUse(model: Model, catalogue: Catalogue): Promise<DetailedModelUse> {
    const useCases = catalogue.useCases.filter(({ activeModelId }) => activeModelId === model.id);
    const { following, pinned, withoutEffect } = await this.repository.conversationsOn(
      this.scopesOf(model, catalogue),
    );
    const conversations = Math.min(following + pinned, MAX_COUNTED);
    return {
      useCases: useCases.map(({ name }) => name),
      conversations,
      conversationsCapped: conversations === MAX_COUNTED,
      following,
      pinned,
      pinnedWithoutEffect: withoutEffect,
    };
  }

  /** Finds the use cases that run on the model, and those in which a pin to it has an effect. */
  private scopesOf(model: Model, catalogue: Catalogue): ModelScopes {
    const policy = this.catalogue.policy();
    const isEffectiveIn = (useCase: UseCase) =>
      reasonsAgainst(model, policyOf(useCase, policy), {}).length === 0;
    const runsOn = (useCase: UseCase) => {
      const effective = effectiveModel({ useCase }, catalogue, policy);
      return effective.model.id === model.id && effective.reasons.length === 0;
    };
    const others = catalogue.models.filter(({ id }) => id !== model.id);
    return {
      modelId: model.id,
      followedIn: catalogue.useCases.filter(runsOn).map(({ name }) => name),
      effectiveIn: catalogue.useCases.filter(isEffectiveIn).map(({ name }) => name),
      elsewhereUnfit: others
        .filter((other) => reasonsAgainst(other, policy, {}).length > 0)
        .map(({ id }) => id),
    };
  }

  private successorOf(model: Model, useCases: string[], catalogue: Catalogue): Draft['successor'] {
    const policy = catalogue.useCases
      .filter(({ name }) => useCases.includes(name))
      .reduce((narrowed, useCase) => policyOf(useCase, narrowed), this.catalogue.policy());
    const successor = proposedSuccessor(model, catalogue, policy);
    const [useCase] = [...useCases, model.useCase, successor?.useCase].filter(
      (name) => typeof name === 'string',
    );
    return successor && useCase !== undefined ? { model: successor, useCase } : null;
  }
}

/** A model that no conversation runs on can still be the active one of a use case. */
function unusedBy(model: Model, { useCases }: Catalogue): ModelUse {
  const active = useCases.filter(({ activeModelId }) => activeModelId === model.id);
  return { useCases: active.map(({ name }) => name), conversations: 0, conversationsCapped: false };
}

function entryOf({ model, use, successor }: Draft, impact: CostImpact | null, now: Date): LifecycleEntry {
  const milestones = upcoming(model, now);
  const { useCases, conversations, conversationsCapped } = use;
  return {
    model,
    milestones,
    outlook: outlookOf(model, now),
    warning: warningsOf(milestones)[0] ?? null,
    useCases,
    conversations,
    conversationsCapped,
    successor: successor &&
      impact && {
        model: successor.model,
        savedUsd: impact.savedUsd,
        horizon: `${impact.horizon} of ${successor.useCase}`,
      },
  };
}

/** Returns milliseconds; of a guarantee without notice, 0. */
const nextDateOf = ({ milestones, outlook }: LifecycleEntry): number =>
  Date.parse(milestones[0]?.at ?? outlook?.endsNotBefore ?? '') || 0;
