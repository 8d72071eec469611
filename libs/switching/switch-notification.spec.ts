import { describe, expect, it } from 'vitest';
import { aModel } from '../../test/support/catalogue-fixture.js';
import type { SwitchEvent } from './switch.js';
import { notificationOf, storedNotificationOf } from './switch-notification.js';

const sonnet = aModel('eu.sonnet', { name: 'Claude 3.5 Sonnet', tier: 80 });
const lite = aModel('eu.amazon.nova-lite-v1:0', { name: 'Amazon Nova Lite', tier: 20 });

describe('the notification of a switch', () => {
  it('has the fields and the wording of the document, and says honestly where it leads', () => {
    expect(notificationOf('manual', sonnet, lite, 'Cost optimization')).toEqual({
      title: 'Switching AI Model',
      message: 'Upgraded from Claude 3.5 Sonnet to Amazon Nova Lite (Cost optimization)...',
      type: 'manual',
      modelName: 'Amazon Nova Lite',
      modelId: 'eu.amazon.nova-lite-v1:0',
      direction: 'downgrade',
      from: 'Claude 3.5 Sonnet',
      to: 'Amazon Nova Lite',
      reason: 'Cost optimization',
    });
  });

  it('has another title where nobody chose', () => {
    expect(notificationOf('auto', sonnet, lite)).toMatchObject({
      title: 'Auto-Switching AI Model',
      type: 'auto',
    });
  });

  it.each([undefined, ''])('has no parentheses and no reason where the reason is %j', (reason) => {
    const notification = notificationOf('auto', lite, sonnet, reason);
    expect(notification.message).toBe('Upgraded from Amazon Nova Lite to Claude 3.5 Sonnet...');
    expect(notification).not.toHaveProperty('reason');
  });

  it.each([
    [20, 80, 'upgrade'],
    [80, 20, 'downgrade'],
    [50, 50, 'lateral'],
    [0, 1, 'upgrade'],
    [null, 80, 'lateral'],
    [80, null, 'lateral'],
    [null, null, 'lateral'],
  ])('from tier %j to tier %j is called %s', (from, to, direction) => {
    const notification = notificationOf('auto', { ...sonnet, tier: from }, { ...lite, tier: to });
    expect(notification.direction).toBe(direction);
  });
});

describe('what is stored of it', () => {
  const event: SwitchEvent = {
    id: '11111111-1111-4111-8111-111111111111',
    scope: 'conversation',
    conversationId: 'conv-1',
    useCase: 'clinical',
    seq: 4,
    userId: 'user-1',
    actor: 'user:user-1',
    onBehalfOf: null,
    action: 'manual_switch',
    type: 'manual',
    firstAssignment: false,
    previousModelId: sonnet.id,
    newModelId: lite.id,
    previousPriceVersion: 1,
    newPriceVersion: 2,
    reason: 'Cost optimization',
    notificationShown: true,
    notificationTitle: 'as it was',
    notificationMessage: 'and will be',
    requestId: 'r',
    occurredAt: new Date('2026-11-22T12:00:00Z'),
    basis: null,
    changeId: null,
    approvedBy: null,
  };

  it('says what was said at the switch, to the owner of the conversation', () => {
    expect(storedNotificationOf(event, [sonnet, { ...lite, name: 'renamed since' }])).toMatchObject({
      id: event.id,
      audience: 'user',
      userId: 'user-1',
      title: 'as it was',
      message: 'and will be',
      modelId: lite.id,
      details: { direction: 'downgrade', from: 'Claude 3.5 Sonnet' },
      silent: false,
    });
  });

  it('is for followers if a use case was switched; silent if it is not shown', () => {
    const shared = { ...event, scope: 'use_case' as const, conversationId: null, notificationShown: false };
    const stored = storedNotificationOf(shared, [sonnet, lite]);
    expect(stored).toMatchObject({ audience: 'followers', useCase: 'clinical', useCaseSeq: 4, silent: true });
    expect(stored).not.toHaveProperty('userId');
  });

  it('names a model by its id that has left the catalogue meanwhile', () => {
    expect(storedNotificationOf(event, [])).toMatchObject({
      modelName: lite.id,
      provider: null,
      details: { direction: 'lateral', from: sonnet.id, to: lite.id },
    });
  });
});
