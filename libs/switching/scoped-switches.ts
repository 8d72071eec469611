import { Injectable } from '@nestjs/common';
import { CostsService } from '#libs/costs/costs.service.js';
import { ConversationSwitchHandler } from './conversation-switch.handler.js';
import type { SwitchOutcome } from './switch.js';
import type { AppliedSwitch, SwitchRequest } from './switch-request.js';
import { UseCaseSwitchHandler } from './use-case-switch.handler.js';

/** Finds out what a request is about, a conversation or a use case, and switches that. */
@Injectable()
export class ScopedSwitches {
  constructor(
    private readonly conversation: ConversationSwitchHandler,
    private readonly useCase: UseCaseSwitchHandler,
    private readonly costs: CostsService,
  ) {}

  async apply(request: SwitchRequest): Promise<AppliedSwitch> {
    const { command } = request;
    if (command.kind === 'recovery' || command.kind === 'release')
      return this.conversation.apply(command.conversationId, { ...request, command });
    if (command.kind !== 'return' && command.conversationId !== undefined)
      return this.conversation.apply(command.conversationId, { ...request, command });
    return this.useCase.apply({ ...request, command });
  }

  /** What the request would do, and what it would save. The caller rolls the transaction back. */
  async preview(request: SwitchRequest): Promise<SwitchOutcome> {
    const { outcome, event } = await this.apply(request);
    const { switchId: _, ...would } = outcome;
    if (!event) return { ...would, dryRun: true };
    const { savedUsd, horizon } = await this.costs.impactOf(event, request.tx);
    return { ...would, dryRun: true, costImpact: { savedUsd, horizon } };
  }
}
