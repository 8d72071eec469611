import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { CheckedTooOftenError } from './validation.errors.js';
import { ValidationsRepository } from './validations.repository.js';

const ONCE_IN_SECONDS = 10;

/** One deep check of a model at a time, for the whole fleet. */
@Injectable()
export class DeepCheckLimit {
  constructor(
    private readonly validations: ValidationsRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws CheckedTooOftenError */
  async demand(modelId: string): Promise<void> {
    const now = this.clock.now();
    const next = new Date(now.getTime() + ONCE_IN_SECONDS * 1000);
    const free = await this.validations.takeDeepCheck(modelId, now, next);
    if (free === null) return;
    throw new CheckedTooOftenError(modelId, Math.max(1, Math.ceil((free.getTime() - now.getTime()) / 1000)));
  }
}
