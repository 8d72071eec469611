import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHANGE_EVENTS, type Notification, type NotificationDetails } from '../notification.js';
import { LANGUAGES, linesOf, textsOf, titleOf } from './channel-texts.js';
import { isAtLeast, TOPIC_URGENCIES, topicOf, URGENCIES } from './urgency.js';

const notification = (kind: string, details: NotificationDetails = {}, more: object = {}) =>
  ({
    kind,
    type: 'auto',
    title: 'Title',
    message: 'Message',
    modelId: 'm',
    modelName: 'Model',
    useCase: null,
    reason: null,
    details,
    ...more,
  }) as Notification;
const budget = (threshold: number) =>
  notification('alert', {
    budget: { threshold, limitUsd: '10', spentUsd: '5', from: '2026-01-01' },
  } as NotificationDetails);

it.each<[string, Notification]>([
  ['switch.manual', notification('switch', {}, { type: 'manual' })],
  ['switch.auto', notification('switch')],
  ['lifecycle.distant', notification('lifecycle', { days: 90 })],
  ['lifecycle.near', notification('lifecycle', { days: 45 })],
  ['validation.failed', notification('validation', { verdict: 'failed' })],
  ['validation.passed', notification('validation', { verdict: 'passed' })],
  ['alert.model', notification('alert')],
  ['alert.budget', budget(80)],
  ['alert.budget_spent', budget(100)],
  ['alert.delivery', notification('alert', {}, { modelId: '' })],
  ...CHANGE_EVENTS.map((event): [string, Notification] => [
    `change.${event}`,
    notification('change', { change: { id: 'c', event, useCases: [], dueAt: null } }),
  ]),
  ['other', notification('newer')],
  ['other', notification('change', { change: { event: 'newer' } } as unknown as NotificationDetails)],
])('%s is the topic of a notification, and has a text in each language', (topic, each) => {
  expect(topicOf(each)).toBe(topic);
  for (const language of LANGUAGES) expect(titleOf(each, textsOf(language))).not.toMatch(/[{}]|^$/);
});

it('the documentation has as many rows for each urgency as the table', () => {
  const page = readFileSync(new URL('../../../docs/notifications.md', import.meta.url), 'utf8');
  for (const urgency of URGENCIES) {
    const rows = page.match(new RegExp(`^\\| .* \\| \`${urgency}\` \\|$`, 'gm')) ?? [];
    expect(rows).toHaveLength(Object.values(TOPIC_URGENCIES).filter((each) => each === urgency).length);
  }
});

it('urgencies are in their order', () => {
  expect(isAtLeast('page', 'warn')).toBe(true);
  expect(isAtLeast('warn', 'warn')).toBe(true);
  expect(isAtLeast('info', 'warn')).toBe(false);
});

describe('the reason', () => {
  const english = textsOf('en');
  it('of a caller is shown only where the channel says so, of whatever kind it is', () => {
    for (const kind of ['switch', 'newer']) {
      const given = notification(kind, {}, { reason: 'of a patient', useCase: 'clinical' });
      expect(linesOf(given, english, false)).toEqual(['Use case: clinical']);
      expect(linesOf(given, english, true)).toEqual(['Use case: clinical', 'Reason: of a patient']);
      expect(titleOf(given, english)).not.toContain('patient');
    }
  });

  it('that is our own text is always shown', () => {
    const own = notification('validation', { verdict: 'failed' }, { reason: 'AccessDenied' });
    expect(linesOf(own, english, false)).toEqual(['Reason: AccessDenied']);
  });
});
