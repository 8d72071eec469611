import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { BOOT_RETRY_MS, untilAnswered } from '#libs/platform/database/until-answered.js';
import { RetentionRepository, type RetentionRule } from './retention.repository.js';

/** Rows that one statement deletes. */
const BATCH = 2_000;

/** Deletes what is older than it has to be kept. */
@Injectable()
export class RetentionService implements OnApplicationBootstrap {
  private readonly logger = new Logger('Retention');
  private rules: RetentionRule[] = [];
  /** Pause between two attempts to read the rules at boot. */
  retryMs = BOOT_RETRY_MS;

  constructor(
    private readonly repository: RetentionRepository,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_DAYS'>,
  ) {}

  /** @throws Error that names a fault of RETENTION_DAYS */
  async onApplicationBootstrap(): Promise<void> {
    const settings = this.env.RETENTION_DAYS;
    const rules = await untilAnswered(() => this.repository.rules(), this.retryMs);
    const problems = Object.entries(settings).flatMap(([table, days]) => problemWith(table, days, rules));
    if (problems.length > 0) throw new Error(`RETENTION_DAYS is not usable: ${problems.join('; ')}`);
    this.rules = rules.map((rule) => ({ ...rule, days: settings[rule.table] ?? rule.days }));
  }

  /** Lists the rules in effect, by table. Tables without a rule are kept for ever. */
  effectiveRules(): readonly RetentionRule[] {
    return this.rules;
  }

  /** Safe to run concurrently on several workers. A table whose rows cannot be deleted does not block the others. */
  async enforce(): Promise<void> {
    for (const rule of this.rules)
      await this.expire(rule).catch(({ message }: Error) =>
        this.logger.error(`${rule.table}: old rows were not deleted, and the next run retries: ${message}`),
      );
  }

  private async expire({ table, days }: RetentionRule): Promise<void> {
    let expired = 0;
    if (days > 0)
      for (let batch = 1; batch > 0; expired += batch)
        batch = await this.repository.expire(table, days, BATCH);
    if (expired > 0)
      this.logger.log(`${table}: ${expired} rows or months older than ${days} days were deleted`);
  }
}

function problemWith(table: string, days: number, rules: RetentionRule[]): string[] {
  const rule = rules.find((each) => each.table === table);
  if (!rule) return [`${table} is not one of ${rules.map((each) => each.table).join(', ')}`];
  const isTooShort = days > 0 && days < rule.atLeast;
  return isTooShort ? [`${table} must be kept for at least ${rule.atLeast} days; 0 means permanently`] : [];
}
