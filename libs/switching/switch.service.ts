import { Injectable } from '@nestjs/common';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { OutcomeUnknownError } from '#libs/platform/errors/errors.js';
import { authorizeSwitch } from './authorize-switch.js';
import { IdempotencyService } from './idempotency.service.js';
import { ScopedSwitches } from './scoped-switches.js';
import type { Caller, SwitchCommand, SwitchOutcome } from './switch.js';
import { SwitchAnnouncer } from './switch-announcer.js';
import type { AppliedSwitch, SwitchRequest } from './switch-request.js';
import { SwitchOutcomeUnknownError } from './switching.errors.js';

/** Every switch of a model, whoever asks for it and however. */
@Injectable()
export class SwitchService {
  constructor(
    private readonly transactions: Transactions,
    private readonly switches: ScopedSwitches,
    private readonly idempotency: IdempotencyService,
    private readonly announcer: SwitchAnnouncer,
  ) {}

  /**
   * Switches in one transaction: the new state, its event, the promise of its audit row and the stored answer are
   * committed together, and the answer comes after the commit. A switch that is refused writes nothing.
   * @throws AppError: forbidden, not_found, conflict, precondition_failed, unprocessable, unavailable;
   * SwitchOutcomeUnknownError where it may be done
   */
  async execute(command: SwitchCommand, caller: Caller): Promise<SwitchOutcome> {
    const grant = authorizeSwitch(command, caller.principal);
    if (command.dryRun)
      return this.transactions.dryRun((tx) => this.switches.preview({ command, caller, grant, tx }));
    const applied = await this.announcer.announced(command, () => this.commit({ command, caller, grant }));
    return applied.outcome;
  }

  private async commit(request: Omit<SwitchRequest, 'tx'>): Promise<AppliedSwitch> {
    const { command, caller } = request;
    let done: AppliedSwitch | undefined;
    const apply = async (tx: Transaction) => {
      done = await this.switches.apply({ ...request, tx });
      return done;
    };
    try {
      return await this.transactions.run((tx) => this.idempotency.once(caller, command, tx, () => apply(tx)));
    } catch (error) {
      if (!(error instanceof OutcomeUnknownError)) throw error;
      throw new SwitchOutcomeUnknownError(error, caller.idempotencyKey, done?.event?.id);
    }
  }
}
