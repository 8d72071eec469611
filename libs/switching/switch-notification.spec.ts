import { describe, expect, it } from 'vitest';
import { aModel } from '../../test/support/catalogue-fixture.js';
import { notificationOf } from './switch-notification.js';

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
