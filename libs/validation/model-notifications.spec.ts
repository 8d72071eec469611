import { describe, expect, it } from 'vitest';
import { deduplicationId } from '#libs/notifications/notification.js';
import { aModel, aUseCase, NOW, SONNET } from '../../test/support/catalogue-fixture.js';
import type { Milestone } from './lifecycle.js';
import { alertNotification, lifecycleNotification, validationNotification } from './model-notifications.js';

const sonnet = aModel(SONNET, { name: 'Sonnet', provider: 'anthropic' });
const ABOUT = {
  audience: 'operators',
  type: 'auto',
  silent: false,
  occurredAt: NOW,
  modelId: SONNET,
  modelName: 'Sonnet',
  provider: 'anthropic',
};
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

describe('a lifecycle warning', () => {
  const warn = (milestone: Milestone, days: number, users: string[] = []) =>
    lifecycleNotification(
      sonnet,
      { milestone, days, threshold: 45, at: '2026-12-31T08:00:00+01:00' },
      NOW,
      users.map((name) => aUseCase(name, [])),
    );

  it('says what happens when, and where the model is in use', () => {
    expect(warn('end_of_life', 39, ['clinical', 'health'])).toEqual({
      ...ABOUT,
      id: expect.stringMatching(UUID),
      kind: 'lifecycle',
      reason: null,
      title: 'AI Model Ends',
      message: 'Sonnet ends in 39 days, on 2026-12-31; in use: clinical, health',
      details: { milestone: 'end_of_life', days: 39, dueAt: '2026-12-31T07:00:00.000Z' },
    });
  });

  it.each<[Milestone, title: string, message: string]>([
    ['legacy', 'AI Model Becomes Legacy', 'Sonnet becomes legacy in 1 day, on 2026-12-31'],
    [
      'extended_access',
      'AI Model Becomes Dearer',
      'Sonnet goes into dearer extended access in 1 day, on 2026-12-31',
    ],
    ['end_of_life', 'AI Model Ends', 'Sonnet ends in 1 day, on 2026-12-31'],
  ])('of %s has a title and a message of its kind', (milestone, title, message) => {
    expect(warn(milestone, 1)).toMatchObject({ title, message });
  });
});

describe('a validation', () => {
  it('says that a model failed, and why', () => {
    expect(validationNotification(sonnet, 'failed', 'access denied', NOW)).toEqual({
      ...ABOUT,
      id: expect.stringMatching(UUID),
      kind: 'validation',
      title: 'AI Model Failed',
      message: 'Sonnet failed its validation (access denied)',
      reason: 'access denied',
      details: { verdict: 'failed' },
    });
    expect(validationNotification(sonnet, 'failed', null, NOW)).toMatchObject({
      message: 'Sonnet failed its validation',
      reason: null,
    });
  });

  it('says that a model answers again, without a reason', () => {
    expect(validationNotification(sonnet, 'passed', 'access denied', NOW)).toMatchObject({
      title: 'AI Model Recovered',
      message: 'Sonnet answers again',
      reason: null,
      details: { verdict: 'passed' },
    });
  });
});

describe('an alert', () => {
  const reason = { code: 'cooling_down' as const, detail: 'it cools down' };
  const alert = (now: Date, { useCase = 'clinical', model = sonnet, code = reason.code as string } = {}) =>
    alertNotification(aUseCase(useCase, []), model, { ...reason, code: code as typeof reason.code }, now);

  it('names the use case, its model and the reason', () => {
    expect(alert(NOW)).toEqual({
      ...ABOUT,
      id: expect.stringMatching(UUID),
      kind: 'alert',
      useCase: 'clinical',
      title: 'AI Model Needs Attention',
      message: 'clinical runs on Sonnet, which cannot be selected (it cools down)',
      reason: 'it cools down',
      details: {},
    });
  });

  it('has an id that every release makes in the same way, so that an upgrade repeats none', () => {
    const id = deduplicationId('alert', 'clinical', SONNET, 'cooling_down', '2026-11-22');
    expect(alert(NOW).id).toBe(id);
  });

  it('is the same one for a day (UTC), and another one for all else', () => {
    const { id } = alert(new Date('2026-11-22T00:00:00Z'));
    expect(alert(new Date('2026-11-22T23:59:59.999Z')).id).toBe(id);
    const others = [
      alert(new Date('2026-11-23T00:00:00Z')),
      alert(NOW, { useCase: 'health' }),
      alert(NOW, { model: aModel('eu.other') }),
      alert(NOW, { code: 'end_of_life' }),
    ];
    expect(new Set([id, ...others.map((other) => other.id)]).size).toBe(5);
  });
});
