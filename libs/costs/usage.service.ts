import { Injectable } from '@nestjs/common';
import { ModelLatencyService } from '#libs/catalogue/model-latency.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { CostsRepository } from './costs.repository.js';
import { RollUpRepository } from './roll-up.repository.js';

/** Ten full batches: a tenth of a second, where a statement may take two. */
const CALLS_PER_STATEMENT = 1_000;
const MONTHS_AHEAD = 3;
/** Fewer say little of a model's speed. */
const MIN_CALLS = 20;

/** What the worker does with recorded calls. Each may run anywhere, at any time, as often as it likes. */
@Injectable()
export class UsageService {
  constructor(
    private readonly repository: RollUpRepository,
    private readonly costs: CostsRepository,
    private readonly latencies: ModelLatencyService,
    private readonly clock: Clock,
  ) {}

  /** Adds calls that are not counted yet to the roll-ups, each once. */
  async rollUp(): Promise<void> {
    while ((await this.repository.rollUp(CALLS_PER_STATEMENT)) > 0);
  }

  /** Renews what the last 30 days measured, for estimates and the objective `cost`, and how fast models answer, for `latency`. */
  async measure(): Promise<void> {
    await this.costs.measureUsage(this.clock.now());
    await this.latencies.update(await this.repository.speeds(this.clock.now(), MIN_CALLS));
  }

  /** The months to come first: only this one can have calls that have to move, which may fail. */
  async makePartitions(): Promise<void> {
    for (let month = MONTHS_AHEAD; month >= 0; month -= 1) await this.repository.makePartition(month);
  }
}
