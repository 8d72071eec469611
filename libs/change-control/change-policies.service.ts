import { Injectable } from '@nestjs/common';
import { UseCaseNotFoundError } from '#libs/catalogue/catalogue.errors.js';
import { assertUseCaseVersion } from '#libs/catalogue/catalogue-edit.js';
import { CatalogueWriter } from '#libs/catalogue/catalogue-writer.service.js';
import { assertUseCasesAllowed } from '#libs/platform/auth/key-limits.js';
import { actorOf } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Caller } from '#libs/switching/switch.js';
import { SwitchService } from '#libs/switching/switch.service.js';
import { ApprovalRights } from './approval-rights.service.js';
import { ChangeRequiredError, NoPersonsError } from './change-control.errors.js';
import { ChangeGate } from './change-gate.service.js';
import { ChangePoliciesRepository } from './change-policies.repository.js';
import type { ChangePolicy, UseCasePolicy } from './change-policy.js';
import { assertWindows } from './change-window.js';

/** Shows and sets the rules of use cases for their changes. */
@Injectable()
export class ChangePoliciesService {
  constructor(
    private readonly writer: CatalogueWriter,
    private readonly switching: SwitchService,
    private readonly policies: ChangePoliciesRepository,
    private readonly rights: ApprovalRights,
    private readonly gate: ChangeGate,
    private readonly clock: Clock,
  ) {}

  /** @throws UseCaseNotFoundError */
  async get(useCase: string): Promise<UseCasePolicy> {
    const [policy] = await this.policies.find([useCase]);
    if (!policy) throw new UseCaseNotFoundError(useCase);
    return policy;
  }

  /**
   * Sets the policy of a use case that is direct. That of a reviewed one is changed by a change request.
   * @throws UseCaseNotFoundError, StaleUseCaseError; ChangeRequiredError; NoPersonsError where nobody could approve;
   * FrozenError; InvalidInputError, WindowNeverOpenError
   */
  async set(useCase: string, policy: ChangePolicy, caller: Caller): Promise<UseCasePolicy> {
    assertUseCasesAllowed(caller.principal, useCase);
    const now = this.clock.now();
    assertWindows(policy.windows, now);
    const editor = { actor: actorOf(caller.principal), requestId: caller.requestId };
    await this.writer.change(editor, async (tx) => {
      // Holds the switches still: none may be decided by the policy before and committed after it.
      await this.switching.lockUseCases([useCase], tx);
      const [present] = await this.policies.find([useCase], tx);
      if (!present) throw new UseCaseNotFoundError(useCase);
      assertUseCaseVersion(caller.ifMatch, useCase, present);
      if (present.control === 'reviewed') throw new ChangeRequiredError([useCase], 'an edit of its policy');
      if (policy.control === 'reviewed' && !this.rights.hasApprovers) throw new NoPersonsError();
      await this.gate.assertNotFrozen([useCase], now, tx);
      await this.policies.save(useCase, policy, tx);
    });
    return this.get(useCase);
  }
}
