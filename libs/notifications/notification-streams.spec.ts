import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Notification, PublishedNotification } from './notification.js';
import type { NotificationSignal } from './notification-signal.js';
import { NotificationStreams } from './notification-streams.service.js';
import type { NotificationsRepository } from './notifications.repository.js';
import type { Recipient } from './recipient.js';
import type { Listener } from './subscriptions.js';

const user = (userId: string): Recipient => ({ name: `user:${userId}`, userId });
const operator: Recipient = { name: 'service:console', userId: null };

/** Content of PostgreSQL; each query can be held back after it has read. */
class FakeRepository {
  readonly asked: string[] = [];
  followers: string[] = [];
  away = false;
  private readonly stored: PublishedNotification[] = [];
  private readonly gates = new Map<string, Promise<void>>();

  publish(audience: PublishedNotification['audience'], userId: string | null = null): number {
    const seq = this.stored.length + 1;
    const notification = { id: `n-${seq}`, seq, userId, useCase: 'clinical', silent: false } as Notification;
    this.stored.push({ notification, audience, useCaseSeq: audience === 'followers' ? seq : null });
    return seq;
  }

  holdBack(question: string): () => void {
    let open = () => {};
    this.gates.set(question, new Promise((resolve) => (open = resolve)));
    return () => {
      this.gates.delete(question);
      open();
    };
  }

  newestSeq = () => this.answer('newestSeq', this.stored.length);
  publishedAfter = (seq: number, limit: number) =>
    this.answer('publishedAfter', this.stored.slice(seq, seq + limit));
  listAfter = ({ userId }: Recipient, after: number, limit: number) => {
    const theirs = this.stored.filter(({ audience, notification }) =>
      audience === 'user'
        ? notification.userId === userId
        : userId === null || this.followers.includes(userId),
    );
    const missed = theirs.map(({ notification }) => notification).filter(({ seq }) => seq > after);
    return this.answer('listAfter', missed.slice(0, limit));
  };
  followersOf = (switches: PublishedNotification[], userIds: string[]) =>
    this.answer(
      'followersOf',
      new Map(
        switches.map(({ notification }) => [
          notification.id,
          userIds.filter((userId) => this.followers.includes(userId)),
        ]),
      ),
    );

  private async answer<T>(question: string, seen: T): Promise<T> {
    this.asked.push(question);
    if (this.away) throw new Error('connect ECONNREFUSED');
    await this.gates.get(question);
    return seen;
  }
}

class FakeListener implements Listener {
  readonly received: number[] = [];
  readyAt: number | undefined;
  isGone = false;
  drainages = 0;
  send = ({ seq }: Notification) => void this.received.push(seq);
  ready = (seq: number) => {
    this.readyAt = seq;
  };
  drained = async () => {
    this.drainages += 1;
  };
  cut = () => {
    this.isGone = true;
  };
}

let repository: FakeRepository;
let notify: () => void;
let streams: NotificationStreams;
beforeEach(() => {
  Logger.overrideLogger(false);
  repository = new FakeRepository();
  const signal = { onNotify: (handler: () => void) => (notify = handler) };
  streams = new NotificationStreams(
    repository as unknown as NotificationsRepository,
    signal as unknown as NotificationSignal,
  );
  streams.onModuleInit();
});
afterEach(() => streams.onModuleDestroy());

async function listen(recipient: Recipient, after: number | null = null): Promise<FakeListener> {
  const listener = new FakeListener();
  streams.subscribe(recipient, listener, after);
  await vi.waitFor(() => expect(listener.readyAt).toBeDefined());
  return listener;
}
const until = (check: () => void) => vi.waitFor(check, { interval: 1 });

it('passes on to whom it concerns, in order', async () => {
  repository.followers = ['anna'];
  const [anna, ben, console] = [
    await listen(user('anna')),
    await listen(user('ben')),
    await listen(operator),
  ];
  repository.publish('user', 'anna');
  repository.publish('followers');
  repository.publish('user', 'ben');
  repository.publish('operators');
  notify();
  await until(() => expect(console!.received).toEqual([2, 4]));
  expect(anna!.received).toEqual([1, 2]);
  expect(ben!.received).toEqual([3]);
});

it('asks nothing while nobody listens', async () => {
  notify();
  const leave = streams.subscribe(operator, new FakeListener(), null);
  await until(() => expect(repository.asked).toEqual(['newestSeq']));
  leave();
  notify();
  await new Promise(setImmediate);
  expect(repository.asked).toEqual(['newestSeq']);
});

it.each(['newestSeq', 'listAfter'])(
  'loses nothing that is passed on while %s is under way',
  async (question) => {
    const witness = await listen(user('anna'));
    repository.publish('user', 'anna');
    notify();
    await until(() => expect(witness.received).toEqual([1]));
    const resume = repository.holdBack(question);
    const late = new FakeListener();
    streams.subscribe(user('anna'), late, 0);
    await until(() => expect(repository.asked.at(-1)).toBe(question));
    repository.publish('user', 'anna');
    notify();
    await until(() => expect(witness.received).toEqual([1, 2]));
    expect(late.received).toEqual([]);
    resume();
    await until(() => expect(late.received).toEqual([1, 2]));
    repository.publish('user', 'anna');
    notify();
    await until(() => expect(late.received).toEqual([1, 2, 3]));
    expect(witness.received).toEqual([1, 2, 3]);
  },
);

it('gives nothing twice to who joins while the same is passed on', async () => {
  repository.followers = ['anna'];
  const witness = await listen(user('anna'));
  const resume = repository.holdBack('followersOf');
  repository.publish('followers');
  notify();
  await until(() => expect(repository.asked.at(-1)).toBe('followersOf'));
  const late = await listen(user('anna'), 0);
  expect(late.received).toEqual([1]);
  resume();
  await until(() => expect(witness.received).toEqual([1]));
  expect(late.received).toEqual([1]);
});

it('reads again what could not be passed on, and gives nothing twice', async () => {
  repository.followers = ['anna'];
  const anna = await listen(user('anna'));
  repository.publish('followers');
  repository.followersOf = vi
    .fn(repository.followersOf)
    .mockRejectedValueOnce(new Error('connect ECONNREFUSED')) as never;
  notify();
  await until(() => expect(repository.followersOf).toHaveBeenCalledTimes(1));
  const joined = await listen(user('anna'), 0);
  expect([anna.received, joined.received]).toEqual([[], [1]]);
  notify();
  await until(() => expect(anna.received).toEqual([1]));
  expect(joined.received).toEqual([1]);
});

it('gives who has missed much a page at a time, each when there is room for it', async () => {
  for (let n = 0; n < 60; n += 1) repository.publish('user', 'anna');
  const anna = await listen(user('anna'), 0);
  expect(anna.received).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
  expect(anna.drainages).toBe(2);
});

it('disconnects a reader that cannot get what it has missed: it will reconnect', async () => {
  repository.away = true;
  const listener = new FakeListener();
  streams.subscribe(operator, listener, 3);
  await until(() => expect(listener.isGone).toBe(true));
});
