import { Injectable } from '@nestjs/common';
import type { Caller, ManualSwitch, SwitchEvent, SwitchOutcome } from './switch.js';
import { SwitchService } from './switch.service.js';
import { SwitchEventsRepository } from './switch-events.repository.js';
import { NothingToUndoError, SwitchNotFoundError, SwitchSupersededError } from './switching.errors.js';

export interface UndoOptions {
  reason?: string | undefined;
  /** Undefined: that of the switch. */
  showNotification?: boolean | undefined;
}

/** Undoes a switch by another switch of its scope, back to the model before it. */
@Injectable()
export class SwitchUndoService {
  constructor(
    private readonly events: SwitchEventsRepository,
    private readonly switching: SwitchService,
  ) {}

  /**
   * Needs the rights for a switch of the scope. The command follows from the switch alone, so that a replay with the
   * same Idempotency-Key is the same request.
   * @throws SwitchNotFoundError, NothingToUndoError; SwitchSupersededError if the scope was switched since; the errors
   * of a switch
   */
  async undo(id: string, options: UndoOptions, caller: Caller): Promise<SwitchOutcome> {
    const event = await this.events.find(id);
    if (!event) throw new SwitchNotFoundError(id);
    if (event.firstAssignment) throw new NothingToUndoError(id);
    try {
      return await this.switching.execute(await this.commandFor(event, options), caller);
    } catch (error) {
      if (!(error instanceof SwitchSupersededError)) throw error;
      const last = (await this.events.lastOfScope(event)) ?? event;
      throw new SwitchSupersededError({ switchId: last.id, actor: last.actor, at: last.occurredAt });
    }
  }

  private async commandFor(event: SwitchEvent, options: UndoOptions): Promise<ManualSwitch> {
    const { id, conversationId, useCase, seq, previousModelId } = event;
    const before = conversationId === null ? null : await this.events.ofConversation(conversationId, seq - 1);
    return {
      kind: 'manual',
      ...(conversationId === null ? { useCase } : { conversationId, mustExist: true }),
      modelId: previousModelId,
      undoes: { seq, followed: before?.action !== 'manual_switch' },
      reason: options.reason ?? `Undo of the switch ${id}`,
      showNotification: options.showNotification ?? event.notificationShown,
      dryRun: false,
    };
  }
}
