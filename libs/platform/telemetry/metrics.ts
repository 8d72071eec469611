import { Injectable } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const PREFIX = 'orchestrator_';

/** Name of a metric (without its prefix), its help text, and its labels: few values each, and no names of persons. */
export interface MetricDescription<Label extends string> {
  name: string;
  help: string;
  labels?: readonly Label[];
}

/** Metrics of one process for Prometheus. */
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

  /** @param read called on each scrape; returns all current values */
  gauge<Label extends string>(
    description: MetricDescription<Label>,
    read: () => Reading<Label>[] | Promise<Reading<Label>[]>,
  ): void {
    new Gauge({
      ...this.configured(description),
      async collect() {
        const readings = await read();
        this.reset();
        // Without labels a reset leaves a 0 that was never read.
        if (description.labels === undefined || description.labels.length === 0) this.remove();
        for (const { labels, value } of readings) this.set(labels, value);
      },
    });
  }

  /** @param read called on each scrape; returns counts so far, for counters on hot paths */
  total<Label extends string>(description: MetricDescription<Label>, read: () => Reading<Label>[]): void {
    new Counter({
      ...this.configured(description),
      collect() {
        this.reset();
        for (const { labels, value } of read()) this.inc(labels, value);
      },
    });
  }

  /** Lists the metrics for the documents: a test compares. */
  described(): { name: string; type: string; labels: string[]; help: string }[] {
    const metrics = this.registry.getMetricsAsArray() as unknown as Described[];
    return metrics
      .filter(({ name }) => name.startsWith(PREFIX))
      .map((metric) => ({
        name: metric.name,
        help: metric.help,
        labels: metric.labelNames ?? [],
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
