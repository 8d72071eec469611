import { expect, it } from 'vitest';
import type { Notification } from './notification.js';
import { toNotificationView } from './notification-view.js';

const notification: Notification = {
  id: 'n-1',
  seq: 7,
  kind: 'switch',
  userId: 'anna',
  conversationId: 'conv-1',
  useCase: 'clinical',
  type: 'manual',
  title: 'Title',
  message: 'Message',
  modelId: 'eu.sonnet',
  modelName: 'Sonnet',
  provider: 'anthropic',
  reason: 'Cost',
  details: { direction: 'upgrade', from: 'Haiku', to: 'Sonnet' },
  silent: false,
  occurredAt: new Date('2026-11-22T12:00:00Z'),
  shownAt: null,
  acknowledgedAt: null,
};

it('shows a switch with its id, its details and without those that it lacks', () => {
  const { details: _, occurredAt: __, ...rest } = notification;
  expect(toNotificationView(notification)).toEqual({
    ...rest,
    direction: 'upgrade',
    from: 'Haiku',
    to: 'Sonnet',
    milestone: null,
    dueAt: null,
    days: null,
    verdict: null,
    budget: null,
    change: null,
    switchId: 'n-1',
    createdAt: '2026-11-22T12:00:00.000Z',
    shownAt: null,
    acknowledgedAt: null,
  });
});

it('shows what is no switch without the id of one', () => {
  const told: Notification = { ...notification, kind: 'validation', details: { verdict: 'failed' } };
  expect(toNotificationView(told)).toMatchObject({
    switchId: null,
    verdict: 'failed',
    direction: null,
    from: null,
    to: null,
  });
});

it('shows when it was seen', () => {
  const [shownAt, acknowledgedAt] = [new Date('2026-11-22T12:01:00Z'), new Date('2026-11-22T12:02:00Z')];
  expect(toNotificationView({ ...notification, shownAt, acknowledgedAt })).toMatchObject({
    shownAt: '2026-11-22T12:01:00.000Z',
    acknowledgedAt: '2026-11-22T12:02:00.000Z',
  });
});

it.each([
  ['upgrade', 'Upgraded from Haiku to Sonnet (Upgraded)...'],
  ['downgrade', 'Downgraded from Haiku to Sonnet (Upgraded)...'],
  ['lateral', 'Switched from Haiku to Sonnet (Upgraded)...'],
] as const)('calls a switch that is an %s so', (direction, message) => {
  const switched = { ...notification, message: 'Upgraded from Haiku to Sonnet (Upgraded)...' };
  expect(toNotificationView({ ...switched, details: { direction } }).message).toBe(message);
});

it('leaves the message of a switch that does not begin with "Upgraded"', () => {
  const message = 'Sonnet was Upgraded';
  const view = toNotificationView({ ...notification, message, details: { direction: 'downgrade' } });
  expect(view.message).toBe(message);
});

it('leaves the message of a switch whose direction is not known, and of anything else', () => {
  for (const message of ['Upgraded from A to B...', 'Sonnet ends in 30 days'])
    expect(toNotificationView({ ...notification, message, details: {} }).message).toBe(message);
});
