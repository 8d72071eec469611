import { Injectable } from '@nestjs/common';
import { ModelLatencyService } from '#libs/catalogue/model-latency.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { CostsRepository } from './costs.repository.js';
import { RollUpRepository } from './roll-up.repository.js';

/** Ten full batches: a tenth of a second, while a statement may take two. */
const CALLS_PER_STATEMENT = 1_000;
const MONTHS_AHEAD = 3;
/** Minimum of calls for a meaningful latency of a model. */
const MIN_CALLS = 20;

/** Maintains roll-ups and measurements. Each method is idempotent and may run on any instance. */
@Injectable()
export class UsageService {
  constructor(
    private readonly repository: RollUpRepository,
    private readonly costs: CostsRepository,
    private readonly latencies: ModelLatencyService,
    private readonly clock: Clock,
  ) {}

  /** Adds calls that are not counted yet to the roll-ups, each exactly once. */
  async rollUp(): Promise<void> {
    while ((await this.repository.rollUp(CALLS_PER_STATEMENT)) > 0);
  }

  /**
   * Updates the usage of the last 30 days, for estimates and the objective `cost`, and the latencies, for `latency`.
   */
  async measure(): Promise<void> {
    await this.costs.measureUsage(this.clock.now());
    await this.latencies.update(await this.repository.speeds(this.clock.now(), MIN_CALLS));
  }

  /** Creates future months first: only the current one can have calls to move, which may fail. */
  async makePartitions(): Promise<void> {
    for (let month = MONTHS_AHEAD; month >= 0; month -= 1) await this.repository.makePartition(month);
  }
}
