import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Model } from '#libs/catalogue/catalogue.js';
import type { Reason } from '#libs/catalogue/selectability.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { OutboxService } from '#libs/platform/outbox/outbox.service.js';
import type { SwitchGrant } from './authorize-switch.js';
import type {
  Caller,
  SwitchAction,
  SwitchBasis,
  SwitchCommand,
  SwitchEvent,
  SwitchNotification,
  SwitchType,
} from './switch.js';
import { SwitchEventsRepository } from './switch-events.repository.js';
import { notificationOf } from './switch-notification.js';
import { recordSwitch } from './switching.jobs.js';

const ACTIONS: Record<SwitchCommand['kind'], { action: SwitchAction; type: SwitchType }> = {
  manual: { action: 'manual_switch', type: 'manual' },
  auto: { action: 'auto_switch', type: 'auto' },
  fallback: { action: 'fallback_switch', type: 'auto' },
  recovery: { action: 'auto_switch', type: 'auto' },
  unpin: { action: 'auto_switch', type: 'auto' },
};

/** A change of an effective model, about to be committed. */
export interface Change {
  command: SwitchCommand;
  caller: Pick<Caller, 'requestId'>;
  grant: Pick<SwitchGrant, 'actor' | 'onBehalfOf'>;
  before: Model;
  after: Model;
  /** Of an unpin: reason against the pinned model. */
  unfit?: Reason;
  subject: Pick<SwitchEvent, 'scope' | 'conversationId' | 'useCase' | 'seq' | 'userId' | 'firstAssignment'>;
  at: Date;
  /** Of a use case, or of a conversation that a change moves: why it was allowed. */
  basis?: SwitchBasis;
}

/** Writes the event of a switch, and the outbox entry of its audit row, in the transaction of the switch. */
@Injectable()
export class SwitchEventRecorder {
  constructor(
    private readonly events: SwitchEventsRepository,
    private readonly outbox: OutboxService,
  ) {}

  async record(
    change: Change,
    tx: Transaction,
  ): Promise<{ event: SwitchEvent; notification: SwitchNotification }> {
    const recorded = eventOf(change);
    this.events.insert(recorded.event, tx);
    await this.outbox.enqueue(recordSwitch.name, recorded.event.id, tx);
    return recorded;
  }

  /** Writes many at a time, each with the same columns as `record`. @returns their events, in the same order */
  async recordAll(changes: readonly Change[], tx: Transaction): Promise<SwitchEvent[]> {
    const events = changes.map((change) => eventOf(change).event);
    this.events.insertAll(events, tx);
    const ids = events.map(({ id }) => id);
    await this.outbox.enqueueAll(recordSwitch.name, ids, tx);
    return events;
  }
}

function eventOf(change: Change): { event: SwitchEvent; notification: SwitchNotification } {
  const { command, caller, grant, before, after } = change;
  const { action, type } = ACTIONS[command.kind];
  const reason = reasonOf(change);
  const notification = notificationOf(type, before, after, reason);
  const event: SwitchEvent = {
    ...change.subject,
    id: randomUUID(),
    actor: grant.actor,
    onBehalfOf: grant.onBehalfOf,
    action,
    type,
    previousModelId: before.id,
    newModelId: after.id,
    previousPriceVersion: before.price.version,
    newPriceVersion: after.price.version,
    reason: reason ?? null,
    notificationShown: command.showNotification,
    notificationTitle: notification.title,
    notificationMessage: notification.message,
    requestId: caller.requestId,
    occurredAt: change.at,
    ...basisOf(change),
  };
  return { event, notification };
}

const basisOf = ({ basis }: Change) => ({
  basis: basis?.kind ?? null,
  changeId: basis?.changeId ?? null,
  approvedBy: basis && basis.changeId !== null ? [...basis.approvedBy] : null,
});

function reasonOf({ command, before, after, unfit, subject }: Change): string | undefined {
  if (command.kind === 'unpin')
    return unfit?.code === 'not_a_candidate'
      ? `${before.name} is no candidate of ${subject.useCase}, which is reviewed`
      : `${before.name} cannot be selected any more`;
  if (command.kind === 'recovery') return `${after.name} is healthy again`;
  return 'reason' in command ? command.reason : undefined;
}
