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
    const last = await this.validations.lastDeepCheck(modelId);
    if (!last) return;
    const waited = (this.clock.now().getTime() - last.getTime()) / 1000;
    if (waited < ONCE_IN_SECONDS)
      throw new CheckedTooOftenError(modelId, Math.ceil(ONCE_IN_SECONDS - waited));
  }
}
