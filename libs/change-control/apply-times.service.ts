import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { NotYetError } from './change-control.errors.js';
import type { ChangePolicy } from './change-policy.js';
import { FrozenError } from './change-time.errors.js';
import { isOpen, opensNext } from './change-window.js';
import { holds } from './freeze.js';
import { FreezesRepository } from './freezes.repository.js';

/** Checks the times that people want changes to be applied at. */
@Injectable()
export class ApplyTimes {
  constructor(
    private readonly freezes: FreezesRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Refuses a time at which the change could not be applied.
   * @param policies of its use cases
   * @throws InvalidInputError for a time that is past; FrozenError; NotYetError with the next time of a window
   */
  async assertPossible(
    applyAt: Date,
    useCases: readonly string[],
    policies: readonly ChangePolicy[],
  ): Promise<void> {
    if (applyAt <= this.clock.now())
      throw new InvalidInputError([{ field: 'applyAt', message: 'must be ahead' }]);
    const [freeze] = await this.freezes.holding(useCases, applyAt);
    if (freeze) throw new FrozenError(useCases.find((name) => holds(freeze, name, applyAt))!, freeze);
    const closed = policies.find(
      ({ control, windows }) => control === 'reviewed' && !isOpen(windows, applyAt),
    );
    if (closed) throw new NotYetError('window_closed', opensNext(closed.windows, applyAt));
  }
}
