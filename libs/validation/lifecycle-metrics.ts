import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Model } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { Metrics, type Reading } from '#libs/platform/telemetry/metrics.js';
import { type Upcoming, upcoming, warningsOf } from './lifecycle.js';

const LABELS = ['model_id', 'milestone'] as const;
const DAY_MS = 86_400_000;
type Label = (typeof LABELS)[number];

/** Exports end dates of the models that conversations can be on. */
@Injectable()
export class LifecycleMetrics implements OnModuleInit {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge(
      { name: 'model_lifecycle_days', help: 'Days until a model reaches a milestone.', labels: LABELS },
      () => this.readings((dates) => dates),
    );
    this.metrics.gauge(
      {
        name: 'model_ended_days',
        help: 'Days since the end of life of models that are still available or in use.',
        labels: ['model_id'],
      },
      () => this.ended(),
    );
    this.metrics.gauge(
      { name: 'model_validation', help: 'Model health, as sweeps found it.', labels: ['model_id', 'status'] },
      () => this.verdicts(),
    );
    this.metrics.gauge(
      {
        name: 'model_lifecycle_warning_days',
        help: 'The warning that is due for a milestone: 180, 90, 45 or 14 days before it.',
        labels: LABELS,
      },
      () =>
        this.readings((dates) =>
          warningsOf(dates).map(({ milestone, threshold }) => ({ milestone, days: threshold })),
        ),
    );
  }

  private ended(): Reading<'model_id'>[] {
    const now = this.catalogue.policy().now.getTime();
    return this.modelsInReach().flatMap(({ id, lifecycle }) => {
      const since = now - Date.parse(lifecycle.endOfLifeAt ?? '');
      return since >= 0 ? [{ labels: { model_id: id }, value: Math.floor(since / DAY_MS) }] : [];
    });
  }

  private verdicts(): Reading<'model_id' | 'status'>[] {
    return this.modelsInReach().map(({ id, validationStatus }) => ({
      labels: { model_id: id, status: validationStatus },
      value: 1,
    }));
  }

  private readings(
    figuresOf: (dates: Upcoming[]) => Pick<Upcoming, 'milestone' | 'days'>[],
  ): Reading<Label>[] {
    const { now } = this.catalogue.policy();
    return this.modelsInReach().flatMap((model) =>
      figuresOf(upcoming(model, now)).map(({ milestone, days }) => ({
        labels: { model_id: model.id, milestone },
        value: days,
      })),
    );
  }

  private modelsInReach(): Model[] {
    const { models, useCases } = this.catalogue.snapshot();
    const active = new Set(useCases.map(({ activeModelId }) => activeModelId));
    return models.filter(({ id, available }) => available || active.has(id));
  }
}
