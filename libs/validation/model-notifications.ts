import { randomUUID } from 'node:crypto';
import type { Model, UseCase } from '#libs/catalogue/catalogue.js';
import type { Reason } from '#libs/catalogue/selectability.js';
import { deduplicationId, type NewNotification } from '#libs/notifications/notification.js';
import type { LifecycleWarning, Milestone } from './lifecycle.js';

type NotificationContent = Pick<NewNotification, 'kind' | 'title' | 'message' | 'details' | 'occurredAt'> &
  Partial<Pick<NewNotification, 'id' | 'useCase' | 'reason'>>;

/** Notification of operators about a model. No person caused it, so that its type is `auto`. */
const ofModel = ({ id, name, provider }: Model, told: NotificationContent): NewNotification => ({
  id: randomUUID(),
  audience: 'operators',
  type: 'auto',
  modelId: id,
  modelName: name,
  provider,
  reason: null,
  silent: false,
  ...told,
});

const MILESTONES: Record<Milestone, { title: string; verb: string }> = {
  legacy: { title: 'AI Model Becomes Legacy', verb: 'becomes legacy' },
  extended_access: { title: 'AI Model Becomes Dearer', verb: 'goes into dearer extended access' },
  end_of_life: { title: 'AI Model Ends', verb: 'ends' },
};

/** @param users use cases that run on the model */
export function lifecycleNotification(
  model: Model,
  { milestone, days, at }: LifecycleWarning & { at: string },
  now: Date,
  users: UseCase[],
): NewNotification {
  const { title, verb } = MILESTONES[milestone];
  const when = days === 1 ? 'in 1 day' : `in ${days} days`;
  const used = users.length > 0 ? `; in use: ${users.map(({ name }) => name).join(', ')}` : '';
  return ofModel(model, {
    kind: 'lifecycle',
    title,
    message: `${model.name} ${verb} ${when}, on ${at.slice(0, 10)}${used}`,
    details: { milestone, days, dueAt: new Date(at).toISOString() },
    occurredAt: now,
  });
}

/** @param detail reason of the failure, in our own text */
export function validationNotification(
  model: Model,
  verdict: 'failed' | 'passed',
  detail: string | null,
  now: Date,
): NewNotification {
  const failed = verdict === 'failed';
  return ofModel(model, {
    kind: 'validation',
    title: failed ? 'AI Model Failed' : 'AI Model Recovered',
    message: failed
      ? `${model.name} failed its validation${detail ? ` (${detail})` : ''}`
      : `${model.name} answers again`,
    reason: failed ? detail : null,
    details: { verdict },
    occurredAt: now,
  });
}

/** Notification of a use case that needs an operator: repeated once a day until it is resolved. */
export function alertNotification(
  useCase: UseCase,
  model: Model,
  { code, detail }: Reason,
  now: Date,
): NewNotification {
  return ofModel(model, {
    id: deduplicationId('alert', useCase.name, model.id, code, now.toISOString().slice(0, 10)),
    kind: 'alert',
    useCase: useCase.name,
    title: 'AI Model Needs Attention',
    message: `${useCase.name} runs on ${model.name}, which cannot be selected (${detail})`,
    reason: detail,
    details: {},
    occurredAt: now,
  });
}
