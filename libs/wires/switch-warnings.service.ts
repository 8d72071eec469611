import { Injectable } from '@nestjs/common';
import { AnalyticsService } from '#libs/analytics/analytics.service.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { type SwitchWarning, warningsOf } from './switch-warnings.js';

/** Use case, and the model that it would switch to. */
export interface NewModel {
  useCase: string;
  modelId: string;
}

/** Warns of the calls that a switch would change, by the calls of the last 30 days. */
@Injectable()
export class SwitchWarnings {
  constructor(
    private readonly analytics: AnalyticsService,
    private readonly catalogue: CatalogueService,
  ) {}

  /** Returns the calls that the new model of their use case would refuse, or get with changes. One query reads all. */
  async of(switches: readonly NewModel[]): Promise<SwitchWarning[]> {
    if (switches.length === 0) return [];
    const recent = await this.analytics.recentCallForms(switches.map(({ useCase }) => useCase));
    return switches.flatMap(({ useCase, modelId }) => {
      const { model } = this.catalogue.selectabilityOf(modelId);
      const calls = recent.filter((group) => group.useCase === useCase);
      return model ? warningsOf({ useCase, calls }, model) : [];
    });
  }
}
