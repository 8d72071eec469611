import { expect, it } from 'vitest';
import { type Activity, merge, sourcesBehind } from './activity.js';
import { directionOf, operatorText } from './operator-text.js';

const at = (minute: number) => `2026-11-30T10:${String(minute).padStart(2, '0')}:00.000Z`;
const switched = (minute: number, requestId: string) =>
  ({ kind: 'switch', at: at(minute), item: { id: `s${minute}`, requestId } }) as Activity;
const told = (minute: number) =>
  ({ kind: 'notification', at: at(minute), item: { id: `n${minute}` } }) as Activity;

it('counts the switches of one request as one row, at the time of the newest', () => {
  const switches = [switched(9, 'move'), switched(8, 'other'), switched(7, 'move')];
  const rows = merge([
    { items: switches, hasMore: false },
    { items: [told(8)], hasMore: false },
  ]);
  expect(rows.map(({ id, at: time, count, isOpen }) => [id, time, count, isOpen])).toEqual([
    ['request move', at(9), 2, false],
    ['request other', at(8), 1, false],
    ['notification n8', at(8), 1, false],
  ]);
});

it('counts the attempts to deliver a message to a webhook as one row', () => {
  const attempted = (minute: number, webhookId: string, state: string) =>
    ({
      kind: 'delivery',
      at: at(minute),
      item: { id: minute, webhookId, messageId: 'm', state },
    }) as Activity;
  const failed = [attempted(8, 'a', 'failed'), attempted(7, 'b', 'failed'), attempted(6, 'a', 'failed')];
  const rows = merge([
    { items: failed, hasMore: false },
    { items: [attempted(9, 'a', 'recovered')], hasMore: false },
  ]);
  expect(rows.map(({ newest, count }) => [newest.kind === 'delivery' && newest.item.state, count])).toEqual([
    ['recovered', 3],
    ['failed', 1],
  ]);
});

it('shows nothing older than what every source has loaded', () => {
  const switches = { items: [switched(9, 'move'), switched(8, 'move')], hasMore: true };
  const notifications = { items: [told(9), told(5)], hasMore: true };
  const rows = merge([switches, notifications]);
  expect(rows.map(({ id, isOpen }) => [id, isOpen])).toEqual([
    ['request move', true],
    ['notification n9', false],
  ]);
  expect(sourcesBehind([switches, notifications])).toEqual([switches]);
});

it('words a switch by its direction', () => {
  const notification = { kind: 'switch', from: 'Sonnet', to: 'Haiku', message: 'Upgraded …' } as const;
  expect(operatorText({ ...notification, direction: directionOf(3, 2), reason: null })).toBe(
    'Moved from Sonnet to Haiku (downgrade)',
  );
});
