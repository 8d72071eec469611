import { Injectable } from '@nestjs/common';
import { Transactions } from '#libs/platform/database/transactions.js';
import { authorizeSwitch } from './authorize-switch.js';
import { IdempotencyService } from './idempotency.service.js';
import type { AppliedSwitch } from './scoped-switch.js';
import { ScopedSwitches } from './scoped-switches.js';
import type { Caller, SwitchCommand, SwitchOutcome } from './switch.js';
import { SwitchAnnouncer } from './switch-announcer.js';

/** Every switch of a model, whoever asks for it and however. */
@Injectable()
export class SwitchingService {
  constructor(
    private readonly transactions: Transactions,
    private readonly switches: ScopedSwitches,
    private readonly idempotency: IdempotencyService,
    private readonly announcer: SwitchAnnouncer,
  ) {}

  /**
   * Switches in one transaction: the new state, its event, the promise of its audit row and the stored answer are
   * committed together, and the answer comes after the commit. A switch that is refused writes nothing.
   * @throws AppError: forbidden, not_found, conflict, precondition_failed, unprocessable, unavailable
   */
  async execute(command: SwitchCommand, caller: Caller): Promise<SwitchOutcome> {
    const grant = authorizeSwitch(command, caller.principal);
    if (command.dryRun)
      return this.transactions.dryRun((tx) => this.switches.preview({ command, caller, grant, tx }));
    const applied = await this.announcer.announced(command, () =>
      this.transactions.run((tx) =>
        this.idempotency.once<AppliedSwitch>(caller, command, tx, () =>
          this.switches.apply({ command, caller, grant, tx }),
        ),
      ),
    );
    return applied.outcome;
  }
}
