import { describe, expect, it } from 'vitest';
import type { PublishedNotification } from '../notification.js';
import type { NotificationsRepository } from '../notifications.repository.js';
import type { Cursor, Feed } from './webhook.js';
import { WebhookMessages } from './webhook-messages.js';

type Audience = PublishedNotification['audience'];
const published = (seq: number, audience: Audience, more: object = {}) =>
  ({
    audience,
    useCaseSeq: audience === 'followers' ? seq : null,
    notification: {
      id: `n-${seq}`,
      seq,
      kind: 'switch',
      userId: audience === 'user' ? 'anna' : null,
      silent: false,
      occurredAt: new Date(0),
      shownAt: null,
      acknowledgedAt: null,
      details: {},
      ...more,
    },
  }) as PublishedNotification;
const users = (count: number) =>
  Array.from({ length: count }, (_, n) => `user-${String(n).padStart(4, '0')}`);

/** Reads a feed as a webhook does. @returns for each step the users that it names, and the position after it */
async function steps(
  found: PublishedNotification[],
  {
    feed = 'users',
    cursor = {},
    reached = [],
  }: { feed?: Feed; cursor?: Partial<Cursor>; reached?: string[] } = {},
) {
  const repository = {
    publishedAfter: async (seq: number, limit: number) =>
      found.filter(({ notification }) => notification.seq > seq).slice(0, limit),
    usersReachedBy: async (_: PublishedNotification, after: string, limit: number) =>
      reached.filter((user) => user > after).slice(0, limit),
  };
  const messages = new WebhookMessages(repository as unknown as NotificationsRepository);
  const seen = [];
  for await (const step of messages.after(feed, { position: 0, afterUser: '', ...cursor })) {
    const content = step.message && JSON.parse(step.message.body).data;
    seen.push({ id: step.message?.id, seq: content?.seq, to: content?.recipients, ...step.cursor });
  }
  return seen;
}

describe('a webhook for users', () => {
  it('gets switches of use cases and of single users, and passes over the others', async () => {
    const feed = [
      published(1, 'operators'),
      published(2, 'user'),
      published(3, 'user', { silent: true }),
      published(4, 'followers'),
      published(5, 'operators'),
    ];
    expect(await steps(feed, { reached: ['anna', 'ben'] })).toMatchObject([
      { id: 'n-2', to: ['anna'], position: 2, afterUser: '' },
      { seq: 4, to: ['anna', 'ben'], position: 4, afterUser: '' },
      { id: undefined, position: 5, afterUser: '' },
    ]);
  });

  it('gets a crowd in parts, and is behind the notification only with the last part', async () => {
    const crowd = users(1_200);
    const seen = await steps([published(1, 'followers')], { reached: crowd });
    expect(seen.map(({ to, position, afterUser }) => [to?.length, position, afterUser])).toEqual([
      [500, 0, crowd[499]],
      [500, 0, crowd[999]],
      [200, 1, ''],
      [undefined, 1, ''],
    ]);
    expect(seen.flatMap(({ to }) => to ?? [])).toEqual(crowd);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(4);
  });

  it('continues within a crowd where it was, and begins the next one with its first user', async () => {
    const crowd = users(600);
    const seen = await steps([published(1, 'followers'), published(2, 'followers')], {
      reached: crowd,
      cursor: { afterUser: crowd[499]! },
    });
    expect(seen.map(({ seq, to }) => [seq, to?.length])).toEqual([
      [1, 100],
      [2, 500],
      [2, 100],
      [undefined, undefined],
    ]);
  });

  it('is behind a crowd of exactly one part', async () => {
    const seen = await steps([published(1, 'followers')], { reached: users(500) });
    expect(seen.at(-1)).toMatchObject({ position: 1, afterUser: '' });
    expect(seen.filter(({ to }) => to)).toHaveLength(1);
  });
});

it('a webhook for operators gets all but single users, without names', async () => {
  const feed = [published(1, 'operators'), published(2, 'user'), published(3, 'followers')];
  expect(await steps(feed, { feed: 'operators', reached: ['anna'] })).toMatchObject([
    { id: 'n-1', to: null, position: 1 },
    { id: 'n-3', to: null, position: 3 },
    { id: undefined, position: 3 },
  ]);
});

it('where nothing is new there is no step', async () => {
  expect(await steps([published(1, 'user')], { cursor: { position: 1 } })).toEqual([]);
});
