import { beforeEach, describe, expect, it } from 'vitest';
import type { Notification, PublishedNotification } from './notification.js';
import type { Recipient } from './recipient.js';
import { type Listener, Subscription, Subscriptions } from './subscriptions.js';

const OPERATOR: Recipient = { name: 'service:ops', userId: null };
const AUDITOR: Recipient = { name: 'service:audit', userId: null, allRecipients: true };
const user = (userId: string): Recipient => ({ name: `user:${userId}`, userId });

function subscriptionOf(recipient: Recipient) {
  const sent: number[] = [];
  const listener: Listener = {
    send: ({ seq }) => sent.push(seq),
    ready: () => undefined,
    drained: () => Promise.resolve(),
    isGone: false,
    cut: () => undefined,
  };
  return { subscription: new Subscription(recipient, listener), sent };
}

const numbered = (seq: number) => ({ seq }) as Notification;

describe('a subscription', () => {
  it('sends nothing before it is live', () => {
    const { subscription, sent } = subscriptionOf(OPERATOR);
    subscription.offer(numbered(1));
    expect(sent).toEqual([]);
    expect(subscription.position).toBe(0);
  });

  it('sends each number once and in order', () => {
    const { subscription, sent } = subscriptionOf(OPERATOR);
    subscription.live = true;
    for (const seq of [2, 2, 1, 3]) subscription.offer(numbered(seq));
    expect(sent).toEqual([2, 3]);
    expect(subscription.position).toBe(3);
  });
});

describe('subscriptions', () => {
  let all: Subscriptions;
  let [anna, annaToo, berta, operator, auditor]: Subscription[] = [];
  beforeEach(() => {
    all = new Subscriptions();
    const recipients = [user('anna'), user('anna'), user('berta'), OPERATOR, AUDITOR];
    const listening = recipients.map((recipient) => subscriptionOf(recipient).subscription);
    [anna, annaToo, berta, operator, auditor] = listening;
    for (const subscription of listening) all.add(subscription);
  });

  const meantBy = (
    audience: PublishedNotification['audience'],
    userId: string | null,
    reached: string[] = [],
  ) => [
    ...all.recipientsOf({ audience, useCaseSeq: null, notification: { userId } as Notification }, reached),
  ];

  it('of a user and of everybody receive what is for the user', () => {
    expect(meantBy('user', 'anna')).toEqual([auditor, anna, annaToo]);
    expect(meantBy('user', 'carla')).toEqual([auditor]);
  });

  it('of operators and of everybody receive what is for operators', () => {
    expect(meantBy('operators', null, ['anna'])).toEqual([auditor, operator]);
  });

  it('of users whom a switch of a use case reached receive it, and those of operators', () => {
    expect(meantBy('followers', null, ['berta', 'carla'])).toEqual([auditor, operator, berta]);
    expect(meantBy('followers', null)).toEqual([auditor, operator]);
  });
});

describe('the list of subscriptions', () => {
  it('knows the users in it until their last subscription has gone', () => {
    const all = new Subscriptions();
    const [one, other] = [
      subscriptionOf(user('anna')).subscription,
      subscriptionOf(user('anna')).subscription,
    ];
    all.add(one);
    all.add(other);
    expect(all.userIds).toEqual(['anna']);
    all.remove(one);
    expect(all.userIds).toEqual(['anna']);
    all.remove(one);
    expect(all.userIds).toEqual(['anna']);
    all.remove(other);
    expect(all.userIds).toEqual([]);
    all.remove(other);
    expect(all.isEmpty).toBe(true);
  });

  it.each([
    ['a user', user('anna')],
    ['an operator', OPERATOR],
    ['everybody', AUDITOR],
  ])('is empty before and after that of %s', (_, recipient) => {
    const all = new Subscriptions();
    expect(all.isEmpty).toBe(true);
    const { subscription } = subscriptionOf(recipient);
    all.add(subscription);
    expect(all.isEmpty).toBe(false);
    all.remove(subscription);
    expect(all.isEmpty).toBe(true);
  });
});
