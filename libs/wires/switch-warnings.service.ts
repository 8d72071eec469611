import { Injectable } from '@nestjs/common';
import { AnalyticsService } from '#libs/analytics/analytics.service.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { type SwitchWarning, warningsOf } from './switch-warnings.js';

/** Warns of the calls that a switch would change, by the calls of the last 30 days. */
@Injectable()
export class SwitchWarnings {
  constructor(
    private readonly analytics: AnalyticsService,
    private readonly catalogue: CatalogueService,
  ) {}

  /** Returns the calls of a use case that a model would refuse, or get with changes. */
  async of(useCase: string, modelId: string): Promise<SwitchWarning[]> {
    const { model } = this.catalogue.selectabilityOf(modelId);
    return model ? warningsOf({ useCase, calls: await this.analytics.recentCallForms(useCase) }, model) : [];
  }
}
