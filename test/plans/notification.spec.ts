import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NotificationsRepository } from '#libs/notifications/notifications.repository.js';
import { fillWithNotifications, NOTIFICATION_TABLES } from '../support/large-history.js';
import { PlannedDatabase } from '../support/planned-database.js';
import { explainAll } from '../support/recorded-plans.js';

let database: PlannedDatabase;
beforeAll(async () => {
  database = await PlannedDatabase.filled(fillWithNotifications, NOTIFICATION_TABLES);
});
afterAll(() => database?.close());

describe('notifications are read by an index', () => {
  const notifications = () => new NotificationsRepository(database.db);
  const operator = { name: 'service:console', userId: null };
  const follower = { name: 'user:user-77', userId: 'user-77' };
  const busy = { name: 'user:user-many', userId: 'user-many' };
  const nobody = { name: 'user:nobody', userId: 'nobody' };
  it.each<[string, () => Promise<unknown[]>, { found: number; mostPages: number }]>([
    ['a user', () => notifications().list(follower, {}, 51), { found: 51, mostPages: 2_000 }],
    [
      'a user, halfway',
      () => notifications().list(follower, {}, 51, 50_000),
      { found: 25, mostPages: 2_000 },
    ],
    [
      'a user, what is not acknowledged',
      () => notifications().list(follower, { unacknowledged: true }, 51),
      { found: 51, mostPages: 2_500 },
    ],
    // Whose 20,000 conversations take three pages each in the indexes that have it all.
    ['a busy user', () => notifications().list(busy, {}, 51), { found: 51, mostPages: 70_000 }],
    [
      'a busy user, what is not acknowledged',
      () => notifications().list(busy, { unacknowledged: true }, 1_000),
      { found: 10 + 126, mostPages: 70_000 },
    ],
    [
      'a busy user, alerts',
      () => notifications().list(busy, { kind: 'alert' }, 51),
      { found: 0, mostPages: 70_000 },
    ],
    ['a user nobody knows', () => notifications().list(nobody, {}, 51), { found: 0, mostPages: 20 }],
    ['operators', () => notifications().list(operator, {}, 51), { found: 51, mostPages: 300 }],
    [
      'operators, of a kind that there was not',
      () => notifications().list(operator, { kind: 'alert' }, 51),
      { found: 0, mostPages: 2_500 },
    ],
  ])('a page for %s', async (_, list, { found, mostPages }) => {
    expect(await list()).toHaveLength(found);
    const plan = await database.planOf(list);
    expect(plan.scanned).toEqual([]);
    expect(plan.pages).toBeLessThanOrEqual(mostPages);
  });

  it.each([
    ['whether somebody has it', follower],
    ['whether operators have it', operator],
  ])('%s', async (_, recipient) => {
    const [{ id }] = await database.db.query(
      `SELECT id FROM notifications WHERE audience = 'followers' ORDER BY seq DESC LIMIT 1`,
    );
    const plan = await database.planOf(() => notifications().find(id, recipient));
    expect(plan.scanned).toEqual([]);
    expect(plan.pages).toBeLessThanOrEqual(1_000);
  });

  const listening = Array.from({ length: 200 }, (_, n) => `user-${n}`);
  it.each<[string, () => Promise<unknown>, number]>([
    ['how far it has come', () => notifications().newestSeq(), 10],
    ['what is new for all', () => notifications().publishedAfter(99_900, 25), 30],
    ['what a user has missed', () => notifications().listAfter(follower, 99_000, 25), 2_000],
    ['what operators have missed', () => notifications().listAfter(operator, 90_000, 25), 300],
  ])('for streams: %s', async (_, read, mostPages) => {
    const plan = await database.planOf(read);
    expect(plan.scanned).toEqual([]);
    expect(plan.pages).toBeLessThanOrEqual(mostPages);
  });

  it('for streams: whom of 200 users a switch has reached, looking at no others', async () => {
    const published = (await notifications().publishedAfter(99_700, 300)).filter(
      ({ audience }) => audience === 'followers',
    );
    expect(published).toHaveLength(2);
    const found = await notifications().followersOf(published, listening);
    expect([...found.keys()]).toHaveLength(2);
    const plan = await database.planOf(() => notifications().followersOf(published, listening));
    expect(plan.scanned).toEqual([]);
    // 50 conversations each, for two switches.
    expect(plan.pages).toBeLessThanOrEqual(2 * 200 * 50 * 5);
  });

  it('what is to be published', async () => {
    const plans = [await database.planOf(() => notifications().hasUnpublished())];
    database.recorder.take();
    await database.db.transaction((tx) => notifications().publish(1_000, tx));
    plans.push(...(await explainAll(database.db, database.recorder.take(), { run: true })));
    for (const { scanned, pages } of plans) {
      expect(scanned.filter((table) => NOTIFICATION_TABLES.includes(table))).toEqual([]);
      expect(pages).toBeLessThanOrEqual(50);
    }
    expect(plans).toHaveLength(3);
  });
});
