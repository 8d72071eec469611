import { describe, expect, it } from 'vitest';
import type { NotificationFilter } from '#libs/notifications/notification.js';
import { NotificationsRepository } from '#libs/notifications/notifications.repository.js';
import type { Recipient } from '#libs/notifications/recipient.js';
import { ConversationsRepository } from '#libs/switching/conversations.repository.js';
import { useRolledBack, type Within } from '../support/rolled-back.js';

const inTransaction = useRolledBack();
const AT = new Date('2026-11-22T12:00:00Z');
const LATER = new Date('2026-11-22T13:00:00Z');
const user = (userId: string): Recipient => ({ name: `user:${userId}`, userId });
const OPERATOR: Recipient = { name: 'service:console', userId: null };
const ids = (found: { id: string }[]) => found.map(({ id }) => Number(id.slice(-4)));
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Notification n is about switch n of the use case `health`, and has the number n. */
async function tellOfSwitches({ sql }: Within, first: number, last: number): Promise<void> {
  await sql(
    `INSERT INTO notifications (id, seq, kind, audience, use_case, use_case_seq, type, title, message, model_id, model_name,
       silent, occurred_at)
     SELECT ('00000000-0000-4000-8000-' || to_char(n, 'FM000000000000'))::uuid, n, 'switch', 'followers', 'health', n,
       'manual', 't', 'm', 'm', 'm', false, now() FROM generate_series($1::int, $2) n`,
    [first, last],
  );
}
async function tell(
  { sql }: Within,
  n: number,
  userId: string,
  more: { silent?: boolean; kind?: string } = {},
) {
  const { silent = false, kind = 'switch' } = more;
  await sql(
    `INSERT INTO notifications (id, seq, kind, audience, user_id, type, title, message, model_id, model_name, silent, occurred_at)
     VALUES ($1, $2, $3, 'user', $4, 'manual', 't', 'm', 'm', 'm', $5, now())`,
    [idOf(n), n, kind, userId, silent],
  );
}
/** A conversation of a user that follows `health` in these spans of switches. */
async function follow(
  { sql }: Within,
  userId: string,
  spans: [after: number, until: number | null][],
  id = userId,
): Promise<void> {
  await sql(`INSERT INTO ai_conversations (id, user_id, use_case) VALUES ($1, $2, 'health')`, [id, userId]);
  for (const [after, until] of spans)
    await sql(`INSERT INTO ai_conversation_follows VALUES ($1, 'health', $2, $3)`, [id, after, until]);
}
const listed = async ({ db }: Within, recipient: Recipient, filter: NotificationFilter = {}) =>
  ids(await new NotificationsRepository(db).list(recipient, filter, 100)).toSorted((a, b) => a - b);

/** Asks in each way which of the switches from 1 to 9 have reached a user. */
async function reachedOf(within: Within, userId: string): Promise<Record<string, number[]>> {
  const repository = new NotificationsRepository(within.db);
  const published = await repository.publishedAfter(0, 100);
  const streamed = await repository.followersOf(published, [userId, 'nobody']);
  const found: Record<string, number[]> = { found: [], streamed: [], pushed: [] };
  for (const each of published) {
    const { id } = each.notification;
    if (await repository.find(id, user(userId))) found.found!.push(...ids([{ id }]));
    if (streamed.get(id)?.includes(userId)) found.streamed!.push(...ids([{ id }]));
    if ((await repository.usersReachedBy(each, '', 100)).includes(userId))
      found.pushed!.push(...ids([{ id }]));
  }
  return { ...found, listed: await listed(within, user(userId)) };
}
const everywhere = (switches: number[]) => ({
  ...{ found: switches, streamed: switches, pushed: switches, listed: switches },
});

describe('the switches of a use case reach a user', () => {
  it.each<[string, [number, number | null][], number[]]>([
    ['after the one at which the user began to follow, up to the one at which it ended', [[3, 5]], [4, 5]],
    ['without an end while the user follows', [[6, null]], [7, 8, 9]],
    ['never, where the user left before any', [[4, 4]], []],
    [
      'in each of the spans, and not between them',
      [
        [1, 2],
        [2, 2],
        [5, 6],
        [8, null],
      ],
      [2, 6, 9],
    ],
  ])('%s', async (_, spans, expected) => {
    await inTransaction(async (within) => {
      await tellOfSwitches(within, 1, 9);
      await follow(within, 'anna', spans);
      expect(await reachedOf(within, 'anna')).toEqual(everywhere(expected));
    })();
  });

  it(
    'if any of its conversations followed, from the first one on',
    inTransaction(async (within) => {
      await tellOfSwitches(within, 1, 9);
      for (const [id, after] of [
        ['a', 6],
        ['b', 4],
        ['c', 8],
      ] as const)
        await follow(within, 'anna', [[after, null]], id);
      await follow(within, 'anna', [[1, 2]], 'd');
      await follow(within, 'ben', [[0, null]]);
      expect(await reachedOf(within, 'anna')).toEqual(everywhere([2, 5, 6, 7, 8, 9]));
    }),
  );

  it(
    'of that use case alone',
    inTransaction(async (within) => {
      await tellOfSwitches(within, 1, 9);
      await within.sql(
        `INSERT INTO ai_conversations (id, user_id, use_case) VALUES ('c', 'carl', 'clinical')`,
      );
      await within.sql(`INSERT INTO ai_conversation_follows VALUES ('c', 'clinical', 0, NULL)`);
      expect(await reachedOf(within, 'carl')).toEqual(everywhere([]));
    }),
  );

  it(
    'in parts for webhooks, each user once and in their order',
    inTransaction(async (within) => {
      await tellOfSwitches(within, 1, 1);
      for (const name of ['cleo', 'anna', 'ben']) await follow(within, name, [[0, null]]);
      await follow(within, 'anna', [[0, null]], 'second-of-anna');
      const repository = new NotificationsRepository(within.db);
      const [published] = await repository.publishedAfter(0, 1);
      expect(await repository.usersReachedBy(published!, '', 2)).toEqual(['anna', 'ben']);
      expect(await repository.usersReachedBy(published!, 'ben', 1)).toEqual(['cleo']);
    }),
  );
});

describe('a conversation follows its use case', () => {
  const switchesSoFar = ({ sql }: Within, count: number) =>
    sql(`UPDATE use_cases SET switch_seq = $1 WHERE name = 'health'`, [count]);
  /** Pins the conversation, or unpins it. */
  const steps = (within: Within, id: string) => {
    const conversations = new ConversationsRepository(within.db);
    return {
      pin: () => conversations.endFollowing(id, within.tx),
      unpin: () => conversations.beginFollowing(id, 'health', within.tx),
    };
  };

  it(
    'again after it was pinned and unpinned without a switch between',
    inTransaction(async (within) => {
      await switchesSoFar(within, 3);
      await follow(within, 'anna', []);
      const { pin, unpin } = steps(within, 'anna');
      for (const step of [unpin, pin, unpin]) step();
      await tellOfSwitches(within, 1, 9);
      expect(await reachedOf(within, 'anna')).toEqual(everywhere([4, 5, 6, 7, 8, 9]));
    }),
  );

  it(
    'not while it is pinned, and what it had before stays',
    inTransaction(async (within) => {
      await switchesSoFar(within, 3);
      await follow(within, 'anna', []);
      await follow(within, 'ben', [[0, null]]);
      const { pin, unpin } = steps(within, 'anna');
      unpin();
      await switchesSoFar(within, 5);
      pin();
      await switchesSoFar(within, 7);
      unpin();
      await switchesSoFar(within, 8);
      pin();
      await tellOfSwitches(within, 1, 9);
      expect(await reachedOf(within, 'anna')).toEqual(everywhere([4, 5, 8]));
      expect(await listed(within, user('ben'))).toHaveLength(9);
    }),
  );
});

describe('what was shown is not acknowledged by that', () => {
  it.each<[string, Recipient, number]>([
    ['of a user alone', user('anna'), 1],
    ['of a follower', user('ben'), 2],
    ['of an operator', OPERATOR, 2],
  ])('%s', async (_, recipient, n) => {
    await inTransaction(async (within) => {
      await tell(within, 1, 'anna');
      await tellOfSwitches(within, 2, 2);
      await follow(within, 'ben', [[1, 2]]);
      const repository = new NotificationsRepository(within.db);
      const unacknowledged = () => listed(within, recipient, { unacknowledged: true });
      await repository.saveReceipt(idOf(n), recipient, AT, false);
      expect(await unacknowledged()).toEqual([n]);
      expect(await repository.find(idOf(n), recipient)).toMatchObject({ shownAt: AT, acknowledgedAt: null });
      await repository.saveReceipt(idOf(n), recipient, LATER, true);
      await repository.saveReceipt(idOf(n), recipient, new Date(), true);
      await repository.saveReceipt(idOf(n), recipient, new Date(), false);
      expect(await unacknowledged()).toEqual([]);
      expect(await listed(within, recipient)).toEqual([n]);
      expect(await repository.find(idOf(n), recipient)).toMatchObject({ shownAt: AT, acknowledgedAt: LATER });
    })();
  });

  it(
    'and what one has acknowledged is not acknowledged for others',
    inTransaction(async (within) => {
      await tellOfSwitches(within, 1, 1);
      await tell(within, 2, 'anna');
      for (const name of ['anna', 'ben']) await follow(within, name, [[0, null]]);
      const repository = new NotificationsRepository(within.db);
      await repository.saveReceipt(idOf(1), user('ben'), AT, true);
      // A receipt of another user must not mark it as read.
      await repository.saveReceipt(idOf(2), user('ben'), AT, true);
      expect(await listed(within, user('anna'), { unacknowledged: true })).toEqual([1, 2]);
      expect(await listed(within, OPERATOR, { unacknowledged: true })).toEqual([1]);
    }),
  );
});

describe('a page', () => {
  const page = (within: Within) => {
    const repository = new NotificationsRepository(within.db);
    return {
      back: async (before: number, limit = 2) => ids(await repository.list(user('anna'), {}, limit, before)),
      on: async (after: number, limit = 2) => ids(await repository.listAfter(user('anna'), after, limit)),
      all: async (after: number) =>
        (await repository.publishedAfter(after, 2)).map(({ notification }) => notification.seq),
    };
  };

  it(
    'begins behind its position, in both directions, and has what is nearest to it',
    inTransaction(async (within) => {
      for (const n of [1, 3, 5, 7]) await tell(within, n, 'anna');
      await tellOfSwitches(within, 2, 2);
      await tellOfSwitches(within, 6, 6);
      await follow(within, 'anna', [[0, null]]);
      const { back, on, all } = page(within);
      expect([await back(6), await back(3, 10)]).toEqual([
        [5, 3],
        [2, 1],
      ]);
      expect([await on(2), await on(5, 10)]).toEqual([
        [3, 5],
        [6, 7],
      ]);
      expect(await all(2)).toEqual([3, 5]);
    }),
  );

  it(
    'has silent ones only where they are asked for, and never what was missed of them',
    inTransaction(async (within) => {
      await tell(within, 1, 'anna', { silent: true });
      await tell(within, 2, 'anna', { kind: 'alert' });
      expect(await listed(within, user('anna'))).toEqual([2]);
      expect(await listed(within, user('anna'), { includeSilent: true })).toEqual([1, 2]);
      expect(await listed(within, user('anna'), { includeSilent: true, kind: 'switch' })).toEqual([1]);
      expect(await page(within).on(0)).toEqual([2]);
    }),
  );

  it.each([
    ['before the table was analyzed', 'SELECT 1'],
    [
      'with statistics of an empty table, which make PostgreSQL run subqueries once for each row',
      'ANALYZE notifications',
    ],
  ])('is published in the order in which things happened, %s', async (_, prepare) => {
    await inTransaction(async (within) => {
      const repository = new NotificationsRepository(within.db);
      await within.sql(prepare);
      for (const n of [1, 2, 3]) await tell(within, n, 'anna');
      await within.sql(
        `UPDATE notifications SET seq = NULL, occurred_at = now() - interval '1 hour' * right(id::text, 1)::int`,
      );
      const order = async () =>
        ids(await within.sql('SELECT id FROM notifications WHERE seq > 0 ORDER BY seq'));
      expect([await repository.publish(2, within.tx), await order()]).toEqual([2, [3, 2]]);
      expect(await repository.hasUnpublished()).toBe(true);
      expect([await repository.publish(2, within.tx), await order()]).toEqual([1, [3, 2, 1]]);
      expect([await repository.hasUnpublished(), await repository.publish(2, within.tx)]).toEqual([false, 0]);
    })();
  });
});
