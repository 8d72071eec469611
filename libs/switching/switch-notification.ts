import type { ModelLabel } from '#libs/catalogue/catalogue.js';
import type { NewNotification } from '#libs/notifications/notification.js';
import { ENGLISH, fillIn } from '#libs/switch-texts/switch-texts.js';
import type { Direction, SwitchEvent, SwitchNotification, SwitchType } from './switch.js';

type NamedModel = Omit<ModelLabel, 'provider'>;

/**
 * Returns title and message with the wording of the existing apps, which say "Upgraded" for every switch; `direction` lets
 * a client use more exact words.
 */
export function notificationOf(
  type: SwitchType,
  from: NamedModel,
  to: NamedModel,
  reason?: string,
): SwitchNotification {
  const upgraded = fillIn(ENGLISH.switched.upgrade, { from: from.name, to: to.name });
  return {
    title: ENGLISH.title[type],
    message: `${upgraded}${reason ? ` (${reason})` : ''}...`,
    type,
    modelName: to.name,
    modelId: to.id,
    direction: directionOf(from, to),
    from: from.name,
    to: to.name,
    ...(reason && { reason }),
  };
}

/**
 * Returns the stored notification for its recipients: the owner of the conversation, or the followers of the use case.
 * @param models those of the event that still exist
 */
export function storedNotificationOf(event: SwitchEvent, models: ModelLabel[]): NewNotification {
  const modelOf = (id: string) =>
    models.find((model) => model.id === id) ?? { id, name: id, tier: null, provider: null };
  const to = modelOf(event.newModelId);
  const { modelName, direction, from } = notificationOf(event.type, modelOf(event.previousModelId), to);
  const content = {
    id: event.id,
    kind: 'switch' as const,
    conversationId: event.conversationId,
    useCase: event.useCase,
    type: event.type,
    title: event.notificationTitle,
    message: event.notificationMessage,
    modelId: to.id,
    modelName,
    provider: to.provider,
    reason: event.reason,
    details: { direction, from, to: modelName },
    silent: !event.notificationShown,
    occurredAt: event.occurredAt,
  };
  return event.scope === 'use_case'
    ? { ...content, audience: 'followers', useCase: event.useCase, useCaseSeq: event.seq }
    : { ...content, audience: 'user', userId: event.userId };
}

function directionOf(from: NamedModel, to: NamedModel): Direction {
  if (from.tier === null || to.tier === null || from.tier === to.tier) return 'lateral';
  return to.tier > from.tier ? 'upgrade' : 'downgrade';
}
