import { Injectable } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const PREFIX = 'orchestrator_';

/** What a metric is called (less its prefix), what it says, and its labels: few values each, and nobody's name. */
export interface MetricDescription<Label extends string> {
  name: string;
  help: string;
  labels?: readonly Label[];
}

/** The metrics of one process, as Prometheus reads them. */
@Injectable()
export class Metrics {
  static readonly CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;
  private readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  counter<Label extends string>(description: MetricDescription<Label>): Counter<Label> {
    return new Counter(this.configured(description));
  }

  histogram<Label extends string>(
    description: MetricDescription<Label>,
    buckets: number[],
  ): Histogram<Label> {
    return new Histogram({ ...this.configured(description), buckets });
  }

  /** @param read asked each time that Prometheus comes: the values that there are now, and no others */
  gauge<Label extends string>(
    description: MetricDescription<Label>,
    read: () => Reading<Label>[] | Promise<Reading<Label>[]>,
  ): void {
    new Gauge({
      ...this.configured(description),
      async collect() {
        const readings = await read();
        this.reset();
        // Without labels a reset leaves a 0, which nobody has read.
        if (description.labels === undefined || description.labels.length === 0) this.remove();
        for (const { labels, value } of readings) this.set(labels, value);
      },
    });
  }

  /** @param read asked each time that Prometheus comes: what was counted so far, for counting where every call counts */
  total<Label extends string>(description: MetricDescription<Label>, read: () => Reading<Label>[]): void {
    new Counter({
      ...this.configured(description),
      collect() {
        this.reset();
        for (const { labels, value } of read()) this.inc(labels, value);
      },
    });
  }

  /** What there is to read, for the documents: a test compares. */
  described(): { name: string; type: string; labels: string[]; help: string }[] {
    const metrics = this.registry.getMetricsAsArray() as unknown as Described[];
    return metrics
      .filter(({ name }) => name.startsWith(PREFIX))
      .map((metric) => ({
        ...{ name: metric.name, help: metric.help, labels: metric.labelNames ?? [] },
        type: metric.constructor.name.toLowerCase(),
      }));
  }

  async text(): Promise<string> {
    return this.registry.metrics();
  }

  private configured<Label extends string>({ name, help, labels = [] }: MetricDescription<Label>) {
    return { name: `${PREFIX}${name}`, help, labelNames: [...labels], registers: [this.registry] };
  }
}

interface Described {
  name: string;
  help: string;
  labelNames?: string[];
}

export interface Reading<Label extends string> {
  labels: Partial<Record<Label, string>>;
  value: number;
}
